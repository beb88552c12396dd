package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.quayside.common.Problem;
import dev.quayside.common.Secret;
import dev.quayside.pgp.PgpDecryption;
import dev.quayside.pgp.PgpException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each cause of trouble has its own words, with what the operator needs in them. */
class ArchiveProblemsTest {

  @TempDir private Path folder;

  @Test
  void whatStoppedTheWorkIsSaid() {
    Path file = folder.resolve("a.gpg");
    IOException disk = new IOException("disk");
    assertThat(code(new CancelledException(), file)).isEqualTo("BACKUP-CANCELLED");
    assertThat(code(new SourceException(disk), file)).isEqualTo("BACKUP-SOURCE-FAILED");
    assertThat(code(new TargetException(disk), file)).isEqualTo("BACKUP-TARGET-FAILED");
    assertThat(code(new TargetException(disk, true), file)).isEqualTo("BACKUP-TARGET-GONE");
    IOException full = new IOException("No space left on device");
    assertThat(code(new TargetException(full), file)).isEqualTo("BACKUP-DISK-FULL");
    for (ArchiveException.Reason reason : ArchiveException.Reason.values()) {
      ArchiveException refused = new ArchiveException(reason, "detail");
      assertThat(code(refused, file)).startsWith("BACKUP-");
      assertThat(ArchiveProblems.fault(refused))
          .isEqualTo(reason != ArchiveException.Reason.NEWER_FORMAT);
    }
    assertThat(ArchiveProblems.fault(disk)).isFalse();
  }

  @Test
  void theFileAndTheDetailAreNamed() {
    Path file = folder.resolve("a.gpg");
    Problem problem = ArchiveProblems.of(new IOException("odd answer"), file);
    assertThat(problem.title() + problem.happened()).contains(file.toString());
    assertThat(problem.detail()).contains("odd answer");
    assertThat(ArchiveProblems.of(new IOException(), file).detail()).isEqualTo("IOException");
    Problem room = ArchiveProblems.of("BACKUP-NO-ROOM", file, "7 TB", "3 kB");
    assertThat(room.title() + room.happened()).contains("7 TB").contains("3 kB");
    assertThat(ArchiveProblems.of(new RefusedException(room), file)).isEqualTo(room);
  }

  @Test
  void anEmptyFileIsSaidToBeEmpty() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.gpg"));
    Path text = Files.writeString(folder.resolve("text.gpg"), "no archive");
    assertThat(code(refusal(""), empty)).isEqualTo("BACKUP-EMPTY-FILE");
    assertThat(code(refusal("no archive"), text)).isEqualTo("BACKUP-NOT-OPENPGP");
    assertThat(code(refusal("no archive"), folder.resolve("gone"))).isEqualTo("BACKUP-NOT-OPENPGP");
    assertThat(code(new IOException("disk"), empty)).isEqualTo("BACKUP-TARGET-FAILED");
    assertThat(ArchiveProblems.fault(refusal("no archive"))).isTrue();
  }

  private static PgpException refusal(String message) {
    return catchThrowableOfType(
        PgpException.class,
        () -> {
          try (Secret passphrase = Secret.owning("x".toCharArray())) {
            PgpDecryption.withPassphrase(
                    new ByteArrayInputStream(message.getBytes(StandardCharsets.UTF_8)), passphrase)
                .close();
          }
        });
  }

  private static String code(IOException e, Path file) {
    return ArchiveProblems.of(e, file).code();
  }
}
