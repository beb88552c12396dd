package dev.quayside.stack.env;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Bytes of a value are collected, cut and forgotten. */
class BytesTest {

  @Test
  void whatIsAddedIsThereWhateverItsLength() {
    try (Bytes bytes = new Bytes()) {
      for (int i = 0; i < 300; i++) {
        bytes.add((byte) i);
      }
      assertThat(bytes.length()).isEqualTo(300);
      byte[] exact = bytes.exact();
      assertThat(exact).hasSize(300);
      assertThat(exact[299]).isEqualTo((byte) 299);
      assertThat(exact[64]).isEqualTo((byte) 64);
      bytes.cut(2);
      assertThat(bytes.exact()).containsExactly(0, 1);
      bytes.add((byte) 9);
      assertThat(bytes.exact()).containsExactly(0, 1, 9);
    }
  }

  @Test
  void nothingIsLeftWhenItIsClosed() {
    Bytes bytes = new Bytes();
    bytes.add((byte) 7);
    bytes.close();
    assertThat(bytes.length()).isZero();
    assertThat(bytes.exact()).isEmpty();
  }
}
