package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.backup.tar.RawPath;
import dev.quayside.backup.tar.TarEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is unpacked behind the reader comes in order, and its failures reach the reader. */
class BehindSinkTest {

  /** Notes what it is given, and fails at the file called {@code bad}. */
  private static final class Noting implements ArchiveSink {

    private final List<String> seen = new ArrayList<>();

    @Override
    public void plan(ArchivePlan plan) {
      seen.add("plan");
    }

    @Override
    public void folder(TarEntry entry) {
      seen.add("folder " + entry.path());
    }

    @Override
    public OutputStream file(TarEntry entry) throws IOException {
      if (entry.path().toString().equals("bad")) {
        throw new TargetException(new IOException("no room"));
      }
      return new ByteArrayOutputStream() {
        @Override
        public void close() {
          seen.add(entry.path() + "=" + toString(StandardCharsets.UTF_8));
        }
      };
    }

    @Override
    public void hardLink(TarEntry entry) {
      seen.add("link " + entry.path());
    }

    @Override
    public void symbolicLink(TarEntry entry) {
      seen.add("symbolic " + entry.path());
    }

    @Override
    public OutputStream segment(RawPath joined, TarEntry segment, boolean first)
        throws IOException {
      return file(segment);
    }
  }

  private final Noting noting = new Noting();

  private static void write(ArchiveSink sink, String path, String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    try (OutputStream out = sink.file(TarEntry.plain(path, bytes.length, Forge.TIME))) {
      out.write(bytes, 0, bytes.length);
      // The reader uses its buffer again at once.
      java.util.Arrays.fill(bytes, (byte) 'x');
    }
  }

  @Test
  void everythingComesInTheOrderInWhichItWasRead() throws Exception {
    List<String> expected = new ArrayList<>(List.of("plan", "folder f"));
    try (BehindSink behind = new BehindSink(noting)) {
      behind.plan(Forge.plan(1, 1));
      behind.folder(TarEntry.folder("f", Forge.TIME));
      for (int i = 0; i < 2000; i++) {
        write(behind, "f/" + i, "content " + i);
        expected.add("f/" + i + "=content " + i);
      }
      behind.settle();
      assertThat(noting.seen).isEqualTo(expected);
    }
  }

  @Test
  void whatTheSinkThrowsReachesTheReaderAndNothingComesAfterIt() throws Exception {
    try (BehindSink behind = new BehindSink(noting)) {
      write(behind, "good", "1");
      behind.settle();
      assertThatThrownBy(
              () -> {
                write(behind, "bad", "2");
                write(behind, "later", "3");
                behind.settle();
              })
          .isInstanceOf(TargetException.class);
      assertThatThrownBy(behind::settle).isInstanceOf(TargetException.class);
    }
    assertThat(noting.seen).containsExactly("good=1");
  }

  @Test
  void aLittleBeforeALargePieceDoesNotMakeItTooLargeToWait() throws Exception {
    try (BehindSink behind = new BehindSink(noting)) {
      write(behind, "little", "1");
      try (OutputStream out = behind.file(TarEntry.plain("large", 8 << 20, Forge.TIME))) {
        out.write(new byte[8 << 20], 0, 8 << 20);
      }
      behind.settle();
    }
    assertThat(noting.seen).hasSize(2);
  }

  @Test
  void moreContentThanMayWaitPassesThrough() throws Exception {
    byte[] block = new byte[3 << 20];
    try (BehindSink behind = new BehindSink(noting);
        OutputStream out = behind.file(TarEntry.plain("large", 30L << 20, Forge.TIME))) {
      for (int i = 0; i < 10; i++) {
        out.write(block, 0, block.length);
      }
      out.close();
      behind.settle();
    }
    assertThat(noting.seen).hasSize(1);
    assertThat(noting.seen.getFirst()).hasSize("large=".length() + (30 << 20));
  }
}
