package dev.quayside.backup.landing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A load is ended while there is room, also where the next look would come too late. */
class LoadRoomTest {

  private static final long GB = 1L << 30;
  private static final long MB = 1L << 20;

  @Test
  void aTwentiethIsLeftToTheOthers() {
    LoadWatch.Room room = new LoadWatch.Room();
    assertThat(room.scarce(100 * GB, 20 * GB)).isFalse();
    assertThat(room.scarce(100 * GB, 13 * GB)).isFalse();
    assertThat(room.scarce(100 * GB, 9 * GB)).as("next at 5 GB").isFalse();
    assertThat(room.scarce(100 * GB, 8 * GB)).isFalse();
    assertThat(room.scarce(100 * GB, 5 * GB - 1)).isTrue();
  }

  @Test
  void whatWouldBeGoneAtTheNextLookIsGone() {
    LoadWatch.Room room = new LoadWatch.Room();
    assertThat(room.scarce(100 * GB, 20 * GB)).isFalse();
    assertThat(room.scarce(100 * GB, 12 * GB)).as("next at 4 GB").isTrue();
  }

  @Test
  void whatComesBackIsNoReasonToEnd() {
    LoadWatch.Room room = new LoadWatch.Room();
    assertThat(room.scarce(700 * MB, 650 * MB)).isFalse();
    assertThat(room.scarce(700 * MB, 500 * MB)).isFalse();
    assertThat(room.scarce(700 * MB, 640 * MB)).isFalse();
    assertThat(room.scarce(700 * MB, 482 * MB)).as("next at 324 MB, half is 325").isTrue();
  }
}
