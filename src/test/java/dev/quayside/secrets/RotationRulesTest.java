package dev.quayside.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.stack.env.EnvFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A value that stands under another name too is found, wherever that is. */
class RotationRulesTest {

  private static EnvFile file(String name, String text) {
    return EnvFile.parse(Path.of(name), text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theSameValueUnderAnotherNameIsNamed() {
    try (EnvFile file = file("a", "KEY=abc\nOTHER=abd\nCOPY='abc'\n")) {
      assertThat(RotationRules.twin("KEY", file, List.of(file))).isEqualTo("COPY");
      assertThat(RotationRules.twin("OTHER", file, List.of(file))).isNull();
    }
  }

  @Test
  void theSameValueInAnotherFileIsNamedToo() {
    try (EnvFile file = file("a", "KEY=abc\n");
        EnvFile other = file("b", "X=1\nKEY_OF_A_CLIENT=\"abc\"\n")) {
      assertThat(RotationRules.twin("KEY", file, List.of(file, other)))
          .isEqualTo("KEY_OF_A_CLIENT");
    }
  }
}
