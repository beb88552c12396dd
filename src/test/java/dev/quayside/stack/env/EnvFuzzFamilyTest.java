package dev.quayside.stack.env;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.catalogue.EnvReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Fuzzes scanner and editor against the real readers for an hour. */
@Tag("full")
@Tag("full-fuzz-env")
class EnvFuzzFamilyTest {

  private static final Duration WHOLE =
      Duration.ofSeconds(Long.getLong("quayside.fuzz-seconds", 3600));

  @TempDir Path folder;

  @Test
  void nothingTheEditorWritesIsReadDifferently() throws Exception {
    EnvFuzz fuzz = new EnvFuzz(folder, Long.getLong("quayside.seed", 1));
    long end = System.nanoTime() + WHOLE.toNanos();
    int rounds = 0;
    while (System.nanoTime() < end) {
      fuzz.models(500);
      fuzz.compose(500, 20 * (rounds + 1));
      fuzz.edits(500);
      fuzz.tidy();
      rounds++;
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("rounds", rounds);
    figures.put("written", fuzz.written());
    figures.put("refused", fuzz.refused());
    figures.put("files that Compose refused as told", fuzz.composeRefused());
    for (EnvReader reader : EnvReader.values()) {
      figures.put("model held for " + reader, fuzz.modelled(reader));
      figures.put("read back by " + reader, fuzz.readBack(reader));
    }
    Path target = Files.createDirectories(Path.of("target/full"));
    Files.write(
        target.resolve("fuzz-env.json"), JsonMapper.builder().build().writeValueAsBytes(figures));
    assertThat(fuzz.written()).isPositive();
  }
}
