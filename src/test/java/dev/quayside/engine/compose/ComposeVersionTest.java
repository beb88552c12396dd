package dev.quayside.engine.compose;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComposeVersionTest {

  @ParameterizedTest
  @CsvSource({
    "2.24.4, true",
    "2.24.3, false",
    "2.26.1-4, true",
    "v2.40.0, true",
    "1.29.2, false",
    "3.0.0, true",
    "2.24.10, true"
  })
  void knowsWhatIsNewEnough(String text, boolean sufficient) {
    assertThat(ComposeVersion.read(text).sufficient()).isEqualTo(sufficient);
  }

  @ParameterizedTest
  @CsvSource({"''", "docker", "2.24", "2.x.1"})
  void doesNotGuessAVersion(String text) {
    assertThat(ComposeVersion.read(text)).isNull();
  }
}
