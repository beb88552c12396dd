package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.backup.foreign.ContentKind;
import dev.quayside.common.Progress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compression comes off as often as somebody does it on purpose, and damage of it is said. */
class UnwrappedTest {

  private static final byte[] TEXT =
      "select 1;\n".repeat(2_000).getBytes(StandardCharsets.US_ASCII);

  private boolean cancelled;

  @ParameterizedTest
  @EnumSource(Compression.class)
  void whatIsInsideIsRecognisedAndComesWhole(Compression compression) throws Exception {
    ContentKind layer = compression == Compression.ZSTD ? ContentKind.ZSTD : ContentKind.GZIP;
    assertContent(TEXT, TEXT);
    assertContent(TEXT, packed(compression, TEXT), layer);
    assertContent(
        TEXT, packed(Compression.GZIP, packed(compression, TEXT)), ContentKind.GZIP, layer);
    byte[] one = {'x'};
    assertContent(one, packed(compression, one), layer);
  }

  private void assertContent(byte[] expected, byte[] file, ContentKind... layers)
      throws IOException {
    try (Unwrapped unwrapped = unwrapped(file)) {
      assertThat(unwrapped.kind()).isEqualTo(ContentKind.SQL);
      assertThat(unwrapped.layers()).containsExactly(layers);
      assertThat(unwrapped.stream().available()).isPositive();
      assertThat(unwrapped.stream().read()).isEqualTo(expected[0]);
      byte[] piece = new byte[7];
      int got = unwrapped.stream().read(piece, 2, 3);
      assertThat(got).isEqualTo(expected.length == 1 ? -1 : 3);
      byte[] rest = unwrapped.stream().readAllBytes();
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.write(expected[0]);
      all.write(piece, 2, Math.max(got, 0));
      all.writeBytes(rest);
      assertThat(all.toByteArray()).isEqualTo(expected);
      unwrapped.requireEnd();
    }
    try (Unwrapped unwrapped = unwrapped(file)) {
      assertThat(unwrapped.rest()).isEqualTo(expected.length);
      assertThat(unwrapped.stream().read()).isEqualTo(-1);
    }
  }

  @Test
  void aThirdLayerIsLeftAlone() throws Exception {
    byte[] twice = packed(Compression.GZIP, packed(Compression.ZSTD, TEXT));
    try (Unwrapped unwrapped = unwrapped(packed(Compression.GZIP, twice))) {
      assertThat(unwrapped.kind()).isEqualTo(ContentKind.ZSTD);
      assertThat(unwrapped.layers()).containsExactly(ContentKind.GZIP, ContentKind.GZIP);
    }
  }

  @Test
  void whatFollowsAfterTheContentIsRefused() throws Exception {
    for (Compression compression : Compression.values()) {
      byte[] packed = packed(compression, TEXT);
      byte[] followed = Arrays.copyOf(packed, packed.length + 20);
      assertThatThrownBy(
              () -> {
                try (Unwrapped unwrapped = unwrapped(followed)) {
                  unwrapped.rest();
                  unwrapped.requireEnd();
                }
              })
          .isInstanceOfSatisfying(
              ArchiveException.class,
              e -> assertThat(e.reason()).isEqualTo(ArchiveException.Reason.BAD_COMPRESSION));
    }
    try (Unwrapped unread = unwrapped(packed(Compression.GZIP, TEXT))) {
      assertThatThrownBy(unread::requireEnd).isInstanceOf(ArchiveException.class);
    }
  }

  @Test
  void theFileIsReadToItsEndAndClosed() throws Exception {
    AtomicInteger closed = new AtomicInteger();
    InputStream source =
        new FilterInputStream(new ByteArrayInputStream(packed(Compression.GZIP, TEXT))) {
          @Override
          public void close() {
            closed.incrementAndGet();
          }
        };
    Unwrapped unwrapped = Unwrapped.of(source, 1, meter());
    unwrapped.drain();
    assertThat(source.read()).isEqualTo(-1);
    unwrapped.close();
    assertThat(closed).hasPositiveValue();
  }

  @Test
  void itStopsWhenItIsToldTo() throws Exception {
    Unwrapped unwrapped = unwrapped(TEXT);
    assertThat(unwrapped.stream().readNBytes(5_000)).hasSize(5_000);
    cancelled = true;
    assertThatThrownBy(unwrapped::rest).isInstanceOf(CancelledException.class);
    assertThatThrownBy(() -> unwrapped.stream().read()).isInstanceOf(CancelledException.class);
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void damagedCompressionIsToldApartFromTroubleBelowIt(Compression compression) throws Exception {
    byte[] packed = packed(compression, Workbench.random(300_000, 3));
    byte[] damaged = packed.clone();
    damaged[packed.length / 2] ^= 0x55;
    damaged[packed.length / 2 + 1] ^= 0x55;
    byte[] cut = Arrays.copyOf(packed, packed.length / 2);
    for (byte[] bad : new byte[][] {damaged, cut}) {
      assertThatThrownBy(
              () -> CompressionStreams.input(new ByteArrayInputStream(bad)).readAllBytes())
          .isInstanceOfSatisfying(
              ArchiveException.class,
              e -> assertThat(e.reason()).isEqualTo(ArchiveException.Reason.BAD_COMPRESSION));
    }
    SourceException trouble = new SourceException(new IOException("disk"));
    for (int at : new int[] {2, 6, packed.length / 2}) {
      InputStream failing =
          new SequenceInputStream(
              new ByteArrayInputStream(packed, 0, at),
              new InputStream() {
                @Override
                public int read() throws IOException {
                  throw trouble;
                }
              });
      assertThatThrownBy(() -> CompressionStreams.input(failing).readAllBytes())
          .as("%d", at)
          .isSameAs(trouble);
    }
    assertThatThrownBy(() -> CompressionStreams.input(new ByteArrayInputStream(TEXT)))
        .isInstanceOf(ArchiveException.class);
    assertThatThrownBy(() -> CompressionStreams.input(new ByteArrayInputStream(new byte[1])))
        .isInstanceOf(ArchiveException.class);
  }

  @Test
  void singleBytesComeAsTheyAre() throws Exception {
    byte[] bytes = {0, (byte) 0xFF, 7};
    InputStream in =
        CompressionStreams.input(new ByteArrayInputStream(packed(Compression.ZSTD, bytes)));
    assertThat(in.read()).isZero();
    assertThat(in.read()).isEqualTo(0xFF);
    assertThat(in.read()).isEqualTo(7);
    assertThat(in.read()).isEqualTo(-1);
  }

  private Unwrapped unwrapped(byte[] file) throws IOException {
    return Unwrapped.of(new ByteArrayInputStream(file), file.length, meter());
  }

  private Meter meter() {
    return new Meter(
        new Progress() {
          @Override
          public void step(int number, int total, String text) {}

          @Override
          public void bytes(long done, long total) {}

          @Override
          public void line(String text) {}

          @Override
          public boolean cancelled() {
            return cancelled;
          }
        },
        1);
  }

  private static byte[] packed(Compression compression, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = CompressionStreams.output(compression, bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }
}
