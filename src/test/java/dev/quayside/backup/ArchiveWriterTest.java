package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.backup.tar.TarEntry;
import dev.quayside.common.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What no reader would take is not written either, so that no archive is made in vain. */
class ArchiveWriterTest {

  private ArchiveWriter writer;

  @BeforeEach
  void setUp() throws Exception {
    writer =
        new ArchiveWriter(
            new ByteArrayOutputStream(),
            Compression.GZIP,
            Forge.plan(1 << 20, 1000),
            new Meter(Progress.none(), 1));
    writer.folder("databases");
    writer.folder("databases/db");
  }

  @AfterEach
  void tearDown() {
    writer.abandon();
  }

  @Test
  void twoDumpsAtOnePlaceAreRefusedWhenTheyAreWritten() throws Exception {
    dump();
    assertThatThrownBy(this::dump)
        .isInstanceOfSatisfying(
            ArchiveException.class,
            e -> assertThat(e.reason()).isEqualTo(ArchiveException.Reason.DUPLICATE));
  }

  private void dump() throws IOException {
    SegmentOutput output = writer.stream("databases/db/app.dump");
    output.write(1);
    output.complete();
  }

  @Test
  void anEntryWithoutItsFolderIsRefusedWhenItIsWritten() {
    assertThatThrownBy(() -> writer.entry(TarEntry.folder("files/x", Forge.TIME)))
        .isInstanceOfSatisfying(
            ArchiveException.class,
            e -> assertThat(e.reason()).isEqualTo(ArchiveException.Reason.MISPLACED));
  }

  @Test
  void moreThanAReaderListsIsNotListed() throws Exception {
    String longPath = "p".repeat(4000);
    for (long listed = 0; listed <= Ledger.MOST_LISTED; listed += 4000) {
      writer.ledger().skipped(longPath);
    }
    assertThatThrownBy(() -> writer.folder("files"))
        .isInstanceOfSatisfying(
            ArchiveException.class,
            e -> assertThat(e.reason()).isEqualTo(ArchiveException.Reason.TOO_MUCH));
  }
}
