package dev.quayside.stack.env;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.catalogue.EnvReader;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lets bash, Compose and python-dotenv read what the editor wrote; the Node package too where the
 * machine has it.
 */
@Tag("bed")
class EnvReadersBedTest {

  private static final long SEED = 20261128;

  @TempDir Path folder;

  @Test
  void whatIsWrittenIsReadBackExactlyByEveryReaderOrWasRefused() throws Exception {
    EnvFuzz fuzz = new EnvFuzz(folder, SEED);
    fuzz.edits(400);
    assertThat(fuzz.written()).isGreaterThan(100);
    assertThat(fuzz.refused()).isGreaterThan(20);
    assertThat(fuzz.readBack(EnvReader.COMPOSE)).isGreaterThan(50);
    assertThat(fuzz.readBack(EnvReader.SHELL)).isGreaterThan(20);
    assertThat(fuzz.readBack(EnvReader.PYTHON_DOTENV)).isGreaterThan(20);
  }

  @Test
  void theModelsSayWhatTheProgramsSay() throws Exception {
    EnvFuzz fuzz = new EnvFuzz(folder, SEED + 1);
    fuzz.models(400);
    assertThat(fuzz.modelled(EnvReader.SHELL)).isGreaterThan(40);
    assertThat(fuzz.modelled(EnvReader.PYTHON_DOTENV)).isGreaterThan(200);
  }

  @Test
  void theModelOfComposeSaysWhatComposeSaysAndWhichFilesItRefuses() throws Exception {
    EnvFuzz fuzz = new EnvFuzz(folder, SEED + 2);
    fuzz.compose(600, 25);
    assertThat(fuzz.modelled(EnvReader.COMPOSE)).isGreaterThan(200);
    assertThat(fuzz.composeRefused()).isEqualTo(25);
  }
}
