package dev.quayside.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.backup.PassphraseSource.Purpose;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TerminalPassphraseTest {

  @TempDir private Path folder;

  private String read(TerminalPassphrase source) throws ProblemException {
    try (Secret secret = source.passphrase(Purpose.OPEN)) {
      return secret.withChars(String::new);
    }
  }

  @Test
  void onlyTheFirstLineOfTheFileCounts() throws Exception {
    Path file = Files.writeString(folder.resolve("p"), "grüße mit leerzeichen \r\nsecond\n");
    assertThat(read(new TerminalPassphrase(file, null, null))).isEqualTo("grüße mit leerzeichen ");
  }

  @Test
  void aFileWithoutLineEndIsReadWhole() throws Exception {
    Path file = Files.writeString(folder.resolve("p"), "abc");
    assertThat(read(new TerminalPassphrase(file, null, null))).isEqualTo("abc");
  }

  @Test
  void anEmptyFirstLineIsRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("p"), "\nabc");
    assertThatThrownBy(() -> read(new TerminalPassphrase(file, null, null)))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().happened()).contains("empty"));
  }

  @Test
  void aMissingFileIsNamed() {
    Path file = folder.resolve("missing");
    assertThatThrownBy(() -> read(new TerminalPassphrase(file, null, null)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().happened()).contains(file.toString()));
  }

  @Test
  void theCredentialOfSystemdIsUsedWhereNoFileWasNamed() throws Exception {
    Files.writeString(folder.resolve("quayside-passphrase"), "from systemd\n");
    assertThat(read(new TerminalPassphrase(null, folder, null))).isEqualTo("from systemd");
  }
}
