package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.backup.tar.RawPath;
import dev.quayside.backup.tar.TarEntry;
import dev.quayside.common.Progress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A dump, whose length nobody knows before its end, comes back whole however it was written. */
class DumpSegmentsTest {

  private final ByteArrayOutputStream message = new ByteArrayOutputStream();
  private boolean cancelled;
  private ArchiveWriter writer;

  @BeforeEach
  void setUp() throws Exception {
    Progress progress =
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
        };
    writer =
        new ArchiveWriter(
            message, Compression.ZSTD, Forge.plan(40 << 20, 1000), new Meter(progress, 1));
    writer.folder("databases");
    writer.folder("databases/db");
  }

  @AfterEach
  void tearDown() {
    writer.abandon();
  }

  @Test
  void dumpsOfEverySizeComeBackWhole() throws Exception {
    Map<String, byte[]> dumps = new LinkedHashMap<>();
    dumps.put("databases/db/small.dump", content(1));
    dumps.put("databases/db/long.dump", content(Segments.LENGTH + 3));
    dumps.put("databases/db/full.dump", content(Segments.LENGTH));
    for (Map.Entry<String, byte[]> each : dumps.entrySet()) {
      write(each.getKey(), each.getValue());
    }

    Seal seal = writer.finish();

    assertThat(seal.streams()).extracting(Seal.SealedStream::segments).containsExactly(1, 2, 1);
    assertThat(seal.streams())
        .extracting(Seal.SealedStream::size)
        .containsExactly(1L, Segments.LENGTH + 3L, (long) Segments.LENGTH);
    assertThat(seal.streams())
        .extracting(Seal.SealedStream::sha256)
        .containsExactlyElementsOf(
            dumps.values().stream()
                .map(each -> HexFormat.of().formatHex(Sha256.of(each)))
                .toList());
    Collected collected = new Collected();
    ArchiveReader.Contents contents =
        new ArchiveReader(new ByteArrayInputStream(message.toByteArray()), collected).read();
    assertThat(contents.seal()).isEqualTo(seal);
    assertThat(collected.read).isEqualTo(contents.plan());
    assertThat(collected.streams.keySet()).isEqualTo(dumps.keySet());
    dumps.forEach((path, content) ->
        assertThat(Arrays.equals(collected.streams.get(path).toByteArray(), content))
            .as(path)
            .isTrue());
  }

  @Test
  void aDumpStopsWhenItIsToldTo() throws Exception {
    SegmentOutput output = writer.stream("databases/db/app.dump");
    output.write(new byte[10], 0, 10);
    cancelled = true;
    assertThatThrownBy(() -> output.write(new byte[10], 0, 10))
        .isInstanceOf(CancelledException.class);
  }

  @Test
  void onlyWhatWasWrittenAsAFileCanBeRepeatedByALink() throws Exception {
    write("databases/db/small.dump", content(1));
    writer.folder("files");
    writer.bytes("files/a", content(5), 3);
    assertThat(writer.hasFile(RawPath.of("files/a"))).isTrue();
    assertThat(writer.hasFile(RawPath.of("files/b"))).isFalse();
    assertThat(writer.hasFile(RawPath.of("files"))).isFalse();
  }

  private void write(String path, byte[] content) throws IOException {
    SegmentOutput output = writer.stream(path);
    output.write(content[0]);
    for (int from = 1; from < content.length; from += 3_000_001) {
      output.write(content, from, Math.min(3_000_001, content.length - from));
    }
    assertThat(output.size()).isEqualTo(content.length);
    output.complete();
  }

  /** Returns bytes that differ from one segment to the next. */
  private static byte[] content(int size) {
    byte[] content = new byte[size];
    for (int i = 0; i < size; i += 1000) {
      content[i] = (byte) (i / 1000 + i / 7_000_000 + 1);
    }
    content[size - 1] = 77;
    return content;
  }

  /** Keeps the dumps, each segment where the reader says that it belongs. */
  private static final class Collected implements ArchiveSink {

    private final Map<String, ByteArrayOutputStream> streams = new LinkedHashMap<>();
    private ArchivePlan read;

    @Override
    public void plan(ArchivePlan plan) {
      read = plan;
    }

    @Override
    public void folder(TarEntry entry) {}

    @Override
    public OutputStream file(TarEntry entry) throws IOException {
      throw new IOException("no files here");
    }

    @Override
    public void hardLink(TarEntry entry) {}

    @Override
    public void symbolicLink(TarEntry entry) {}

    @Override
    public OutputStream segment(RawPath joined, TarEntry segment, boolean first)
        throws IOException {
      if (first != !streams.containsKey(joined.toString())) {
        throw new IOException("not the first segment");
      }
      return streams.computeIfAbsent(joined.toString(), path -> new ByteArrayOutputStream());
    }
  }
}
