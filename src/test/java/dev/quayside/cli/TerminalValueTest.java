package dev.quayside.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A value comes from a file or standard input, whole or not at all. */
class TerminalValueTest {

  @TempDir Path folder;

  private static String read(byte[] input) throws ProblemException {
    try (Secret value = new TerminalValue(new ByteArrayInputStream(input)).read(null, "A")) {
      return value.withChars(String::new);
    }
  }

  private String ofFile(byte[] content) throws Exception {
    Path file = Files.write(folder.resolve("value"), content);
    try (Secret value = new TerminalValue(InputStream.nullInputStream()).read(file, "A")) {
      return value.withChars(String::new);
    }
  }

  @Test
  void oneLineEndDoesNotBelongToTheValue() throws Exception {
    assertThat(read("x\n".getBytes(StandardCharsets.UTF_8))).isEqualTo("x");
    assertThat(read("x\r\n".getBytes(StandardCharsets.UTF_8))).isEqualTo("x");
    assertThat(read("zo\u00eb\n\n".getBytes(StandardCharsets.UTF_8))).isEqualTo("zo\u00eb\n");
    assertThat(ofFile("x".getBytes(StandardCharsets.UTF_8))).isEqualTo("x");
    assertThat(read(new byte[0])).isEmpty();
  }

  @Test
  void whatIsNoTextIsRefusedAndNotStoredAsSomethingElse() {
    byte[] latin = "p\u00e4s\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> ofFile(latin))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> {
              assertThat(refused.problem().code()).isEqualTo("ENV-NO-VALUE");
              assertThat(refused.problem().happened()).contains("UTF-8");
            });
    assertThatThrownBy(() -> read(latin)).isInstanceOf(ProblemException.class);
  }

  @Test
  void aMissingFileAndOneThatIsTooLongAreRefused() {
    assertThatThrownBy(() ->
            new TerminalValue(InputStream.nullInputStream()).read(folder.resolve("none"), "A"))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> read(new byte[64 * 1024 + 1])).isInstanceOf(ProblemException.class);
  }
}
