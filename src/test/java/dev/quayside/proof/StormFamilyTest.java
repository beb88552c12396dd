package dev.quayside.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.bed.Bed;
import dev.quayside.bed.BedStack;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Saves each fixture while everything in it is written to, once as root and once as uid 12345 in
 * group {@code docker}: no integrity error, and nothing that was committed is lost.
 */
@Tag("full")
@Tag("full-backup-fixtures")
class StormFamilyTest {

  private final Bed bed = Bed.required();
  @TempDir private Path folder;
  @TempDir private Path shared;

  @ParameterizedTest
  @CsvSource({
    "a, false, 1, 0, 1",
    "a, true, 1, 0, 1",
    "b1, false, 1, 1, 2",
    "b1, true, 1, 1, 2",
    "b2, true, 0, 0, 2",
    "c, false, 0, 0, 0",
    "c, true, 0, 0, 0",
  })
  void nothingThatWasCommittedIsMissing(
      String name, boolean unprivileged, int servers, int caches, int databases) throws Exception {
    Operator operator =
        unprivileged ? Operator.unprivileged(bed, shared) : Operator.here(bed, shared);
    try (BedStack fixture = bed.fixture(name, folder).up()) {
      if (unprivileged) {
        operator.own(folder);
      }
      String project =
          bed.docker(
                  "inspect",
                  "-f",
                  "{{index .Config.Labels \"com.docker.compose.project\"}}",
                  fixture.containers().getFirst())
              .strip();

      Path settings = fixture.directory().resolve("n8n-data/config");
      if (Files.exists(settings)) {
        storeCredential(JsonMapper.shared().readTree(settings).get("encryptionKey").asString());
      }

      Path proof = Files.createDirectory(folder.resolve("proof"));
      if (unprivileged) {
        operator.own(proof);
      }

      Map<Storm.Kind, Integer> compared = new StormProof(bed, operator, proof).of(project);

      assertThat(compared.getOrDefault(Storm.Kind.POSTGRES, 0)).isEqualTo(servers);
      assertThat(compared.getOrDefault(Storm.Kind.REDIS, 0)).isEqualTo(caches);
      assertThat(compared.getOrDefault(Storm.Kind.SQLITE, 0)).isEqualTo(databases);
      assertThat(compared.get(Storm.Kind.FILE)).isPositive();
    }
  }

  /** The stand-in stores something that no key opens; n8n stores what its own key opens. */
  private void storeCredential(String key) throws Exception {
    Process openssl =
        new ProcessBuilder(
                "openssl",
                "enc",
                "-aes-256-cbc",
                "-md",
                "md5",
                "-salt",
                "-a",
                "-A",
                "-pass",
                "stdin")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var input = openssl.getOutputStream()) {
      input.write((key + "\n{\"token\":\"made up\"}").getBytes(StandardCharsets.UTF_8));
    }
    String stored = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    assertThat(openssl.waitFor(20, TimeUnit.SECONDS)).isTrue();
    // Fails as long as there is none: the stand-in makes the table before it stores something.
    String update =
        "with done as (update credentials_entity set data = '"
            + stored.strip()
            + "' returning 1) select 1 / count(*) from done";
    Bed.await("the stand-in has its tables", Duration.ofSeconds(60), () -> updated(update));
  }

  private boolean updated(String update) throws Exception {
    String psql = "psql -qX -U $POSTGRES_USER -d $POSTGRES_DB -c \"$0\"";
    try {
      bed.docker("exec", "postgres", "sh", "-c", psql, update);
      return true;
    } catch (AssertionError notYet) {
      return false;
    }
  }
}
