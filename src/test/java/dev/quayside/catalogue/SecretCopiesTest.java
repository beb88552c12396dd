package dev.quayside.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The files that are said to hold a copy, against the fixtures that were written from the facts.
 */
class SecretCopiesTest {

  private static final Path FIXTURES =
      Path.of(System.getProperty("quayside.repository", "."), "src/bed/fixtures");

  private static final Set<SecretCopy.Kind> FILES =
      Set.of(SecretCopy.Kind.ENV, SecretCopy.Kind.YAML, SecretCopy.Kind.JSON, SecretCopy.Kind.TEXT);

  /** Variables that a stack of this kind may have and the fixture has not. */
  private static final Set<String> OPTIONAL =
      Set.of(
          "ANTHROPIC_API_KEY in .env",
          "OPENAI_API_KEY in .env",
          "TOGETHER_API_KEY in .env",
          "MINIMAX_API_KEY in .env",
          "TARGET_API_KEY in .env",
          "LITELLM_LEMONADE_API_KEY in .env");

  private final Catalogue catalogue = Catalogue.load();

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "llm-infrastructure; ''; a; n8n-data/config",
        "dream-server; v1; b1; data/dashboard-api-key.txt data/n8n/config"
            + " data/openclaw/home/openclaw.json",
        "dream-server; ods; b2; data/dashboard-api-key.txt data/hermes/config.yaml data/n8n/config"
            + " data/privacy-shield/shield_api_key data/tailscale/*"
            + " data/token-spy/token-spy-api-key.txt",
        "local-llm-stack; ''; c; data/librechat/.env"
      })
  void eachFileHoldsItsKeyOrIsMadeWhileTheStackRuns(
      String kind, String era, String fixture, String madeLater) throws IOException {
    Path root = FIXTURES.resolve(fixture).resolve("stack");
    Set<String> absent = new TreeSet<>();
    Set<String> without = new TreeSet<>();
    for (CataloguedSecret secret : catalogue.kind(kind, era).secrets()) {
      for (SecretCopy copy : secret.storedIn()) {
        if (!FILES.contains(copy.kind())) {
          continue;
        }
        Path file = root.resolve(copy.path());
        if (copy.path().contains("*") || !Files.exists(file)) {
          absent.add(copy.path());
        } else if (!Files.readString(file).contains(lastPart(copy.key()))) {
          without.add(copy.key() + " in " + copy.path());
        }
      }
    }
    assertThat(absent).containsExactly(madeLater.split(" "));
    assertThat(without).isSubsetOf(OPTIONAL);
  }

  private static String lastPart(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }
}
