package dev.quayside.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.bed.Bed;
import dev.quayside.bed.BedStack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    "b2, true, 1, 1, 2",
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

      Map<Storm.Kind, Integer> compared =
          new StormProof(bed, operator, Files.createDirectory(folder.resolve("proof"))).of(project);

      assertThat(compared.getOrDefault(Storm.Kind.POSTGRES, 0)).isEqualTo(servers);
      assertThat(compared.getOrDefault(Storm.Kind.REDIS, 0)).isEqualTo(caches);
      assertThat(compared.getOrDefault(Storm.Kind.SQLITE, 0)).isEqualTo(databases);
      assertThat(compared.get(Storm.Kind.FILE)).isPositive();
    }
  }
}
