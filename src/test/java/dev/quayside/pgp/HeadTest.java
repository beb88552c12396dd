package dev.quayside.pgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The head of a message is read so far and no farther, and kept as it was read. */
class HeadTest {

  private static final byte[] BYTES = {1, 2, 3, 4, (byte) 0xFF, 6, 7, 8, 9, 10};

  @Test
  void aHeadIsReadToItsLimitByteByByteAndInPieces() throws Exception {
    LimitedHead single = limited(3);
    assertThat(single.read()).isEqualTo(1);
    assertThat(single.read()).isEqualTo(2);
    assertThat(single.exceeded()).isFalse();
    assertThat(single.read()).isEqualTo(3);
    assertThat(single.exceeded()).isTrue();
    assertThatThrownBy(single::read).isInstanceOf(IOException.class);

    LimitedHead pieces = limited(5);
    byte[] target = new byte[8];
    assertThat(pieces.read(target, 1, 2)).isEqualTo(2);
    assertThat(pieces.read(target, 3, 5)).isEqualTo(3);
    assertThat(target).containsExactly(0, 1, 2, 3, 4, 0xFF, 0, 0);
    assertThatThrownBy(() -> pieces.read(target, 0, 1)).isInstanceOf(IOException.class);
  }

  @Test
  void whatComesAfterTheHeadIsNotLimited() throws Exception {
    LimitedHead head = limited(3);
    assertThat(head.read()).isEqualTo(1);
    head.end();
    assertThat(head.readNBytes(5)).hasSize(5);
    assertThat(head.read()).isEqualTo(7);
    assertThat(head.readAllBytes()).hasSize(3);
    assertThat(head.exceeded()).isFalse();
    assertThat(head.markSupported()).isFalse();
  }

  @Test
  void theHeadIsKeptAsItWasReadAndNothingMore() throws Exception {
    RecordedHead head = new RecordedHead(new ByteArrayInputStream(BYTES));
    byte[] target = new byte[4];
    assertThat(head.read()).isEqualTo(1);
    assertThat(head.read(target, 1, 3)).isEqualTo(3);
    assertThat(head.read()).isEqualTo(0xFF);
    assertThat(head.end()).containsExactly(1, 2, 3, 4, 0xFF);
    assertThat(head.read()).isEqualTo(6);
    assertThat(head.readAllBytes()).hasSize(4);
    assertThat(head.end()).hasSize(5);
    assertThat(head.markSupported()).isFalse();
  }

  @Test
  void theEndIsNoPartOfAHead() throws Exception {
    RecordedHead head = new RecordedHead(new ByteArrayInputStream(new byte[] {0}));
    assertThat(head.read()).isZero();
    assertThat(head.read()).isEqualTo(-1);
    assertThat(head.read(new byte[2], 0, 2)).isEqualTo(-1);
    assertThat(head.end()).containsExactly(0);
  }

  private static LimitedHead limited(int limit) {
    return new LimitedHead(new ByteArrayInputStream(BYTES), limit);
  }
}
