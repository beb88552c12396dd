package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.Secret;
import dev.quayside.pgp.PgpEncryption;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever wants only some contents of an archive gets these, whole and in order. */
class ArchiveReadingTest {

  @TempDir private Path folder;
  private Path archive;
  private ArchiveReading reading;

  @BeforeEach
  void setUp() throws Exception {
    Workbench bench = new Workbench(folder.resolve("bench"));
    archive = folder.resolve("a.gpg");
    reading = new ArchiveReading(new BackupShelf(bench.home));
    byte[] joined = {'1', '1', '2'};
    byte[] content =
        Forge.begun()
            .folder("databases/pg")
            .folder("databases/pg/a.dump.segments")
            .file("databases/pg/a.dump.segments/000001", "11")
            .file("databases/pg/a.dump.segments/000002", "2")
            .stream("databases/pg/a.dump", 2, 3, joined)
            .folder("databases/pg/b.dump.segments")
            .file("databases/pg/b.dump.segments/000001", "3")
            .stream("databases/pg/b.dump", 1, 1, new byte[] {'3'})
            .folder("files/data/d")
            .file("files/data/one", "one")
            .file("files/data/two", "two")
            .hardLink("files/data/three", "files/data/one")
            .symbolicLink("files/data/four", "one")
            .finished();
    write(content);
  }

  private void write(byte[] content) throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    try (Secret secret = Secret.owning(Workbench.PASSPHRASE.toCharArray());
        OutputStream out = PgpEncryption.toPassphrase(message, secret)) {
      out.write(content);
    }
    Files.write(archive, message.toByteArray());
  }

  @Test
  void aDumpThatComesLastIsClosedToo() throws Exception {
    write(
        Forge.begun()
            .folder("databases/pg")
            .folder("databases/pg/a.dump.segments")
            .file("databases/pg/a.dump.segments/000001", "1")
            .stream("databases/pg/a.dump", 1, 1, new byte[] {'1'})
            .finished());
    List<String> got = new ArrayList<>();
    var _ = read((path, size) -> new Noting(path, got));
    assertThat(got).containsExactly("databases/pg/a.dump", "1 closed");
  }

  @Test
  void dumpsComeJoinedAndEachContentIsClosedBeforeTheNextBegins() throws Exception {
    List<String> got = new ArrayList<>();

    ArchiveReading.Whole whole = read((path, size) -> new Noting(path + " " + size, got));

    assertThat(got)
        .containsExactly(
            "databases/pg/a.dump -1",
            "112 closed",
            "databases/pg/b.dump -1",
            "3 closed",
            "files/data/one 3",
            "one closed",
            "files/data/two 3",
            "two closed");
    assertThat(whole.plan()).isEqualTo(Forge.plan(1 << 20, 1000));
    assertThat(whole.origin()).isEqualTo(Origin.PASSPHRASE_HOLDER);
  }

  @Test
  void whatIsNotWantedIsPassedOver() throws Exception {
    List<String> got = new ArrayList<>();
    var _ =
        read((path, size) ->
            path.endsWith("b.dump") || path.endsWith("two") ? new Noting(path, got) : null);
    assertThat(got)
        .containsExactly("databases/pg/b.dump", "3 closed", "files/data/two", "two closed");
  }

  @Test
  void aReceiverThatFailsEndsTheReading() {
    assertThatThrownBy(() ->
            read((path, size) -> {
              throw new IOException("No space left on device");
            }))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().code()).isEqualTo("BACKUP-DISK-FULL"));
  }

  @Test
  void namesOfArchivesAreSafeInEveryShell() {
    Instant time = Instant.parse("2026-11-22T10:20:30Z");
    assertThat(ArchiveName.of("my stack/ü", time, Compression.GZIP))
        .isEqualTo("my%20stack%2F%C3%BC-20261122T102030Z.tar.gz.gpg");
    assertThat(ArchiveName.safe("..a.b_c-9")).isEqualTo("%2E.a.b_c-9");
    assertThat(ArchiveName.safe("\u007F~")).isEqualTo("%7F%7E");
    assertThat(ArchiveName.safe("")).isEqualTo("stack");
  }

  private ArchiveReading.Whole read(ArchiveReading.Receiver receiver) throws ProblemException {
    return reading.read(archive, Workbench.unlocking(), receiver, Progress.none());
  }

  /** Notes when it begins and what came until it was closed. */
  private static final class Noting extends OutputStream {

    private final List<String> notes;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    Noting(String name, List<String> notes) {
      this.notes = notes;
      notes.add(name);
    }

    @Override
    public void write(int single) {
      content.write(single);
    }

    @Override
    public void close() {
      notes.add(content + " closed");
    }
  }
}
