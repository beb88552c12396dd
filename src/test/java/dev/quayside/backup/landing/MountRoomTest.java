package dev.quayside.backup.landing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Room is asked of a disk, and not of each place on it. */
class MountRoomTest {

  private static final String FREE_BLOCKS = Long.toString(1L << 20); // 1 GiB
  private static final long MOST = 600L << 20;

  private final List<String> said = new ArrayList<>();
  private final MountRoom room = new MountRoom(new Said(said));

  private record Said(List<String> lines) implements Progress {

    @Override
    public void step(int number, int total, String text) {}

    @Override
    public void bytes(long done, long total) {}

    @Override
    public void line(String text) {
      lines.add(text);
    }

    @Override
    public boolean cancelled() {
      return false;
    }
  }

  @Test
  void twoPlacesOnOneDiskAreAddedUp() throws Exception {
    room.take("one", "2049", FREE_BLOCKS, MOST);
    assertRefused("2049", MOST);
    assertThat(said).isEmpty();
  }

  @Test
  void disksDoNotShareTheirRoom() {
    assertThatCode(
            () -> {
              room.take("one", "2049", FREE_BLOCKS, MOST);
              room.take("two", "2050", FREE_BLOCKS, MOST);
            })
        .doesNotThrowAnyException();
  }

  @Test
  void aClaimBeyondAllNumbersDoesNotFit() {
    assertRefused("2049", Long.MAX_VALUE);
  }

  @Test
  void unknownRoomIsSaid() throws Exception {
    room.take("one", "2049", "-", MOST);
    assertThat(said).singleElement().asString().contains("one");
  }

  private void assertRefused(String disk, long bytes) {
    assertThatThrownBy(() -> room.take("two", disk, FREE_BLOCKS, bytes))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().code()).isEqualTo("LANDING-MOUNT-ROOM"));
  }
}
