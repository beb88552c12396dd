package dev.quayside.bed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("bed")
class BedTest {

  private static final String TWO_SERVICES =
      """
      services:
        open:
          image: quayside-bed/plain:1
          ports: ["18990:8080"]
        closed:
          image: quayside-bed/plain:1
          ports: ["127.0.0.1:18991:8080"]
      """;

  @Test
  void aStackIsReachableFromTheLanOnlyWhereItIsPublishedToIt(@TempDir Path folder)
      throws Exception {
    var bed = Bed.required();
    try (var stack = bed.stack(TWO_SERVICES, folder).up()) {
      assertThat(stack.containers()).hasSize(2);
      Bed.await(
          "the open service answers the LAN",
          Duration.ofSeconds(20),
          () -> bed.statusOnLan(URI.create("http://192.168.77.1:18990/")) == 200);
      assertThat(bed.statusOnLan(URI.create("http://192.168.77.1:18991/"))).isZero();
      assertThat(bed.asUser("docker", "ps", "-q").lines()).hasSizeGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void aFixtureLeavesNothingBehind(@TempDir Path folder) throws Exception {
    var bed = Bed.required();
    var stack = bed.fixture("a", folder).up();
    assertThat(stack.arguments()).startsWith("-f", "docker-compose.yml");
    assertThat(bed.docker("ps", "-a", "--format", "{{.Names}}").lines())
        .contains("router", "llama_0");
    stack.close();
    assertThat(bed.docker("ps", "-a", "--format", "{{.Names}}").lines())
        .doesNotContain("router", "llama_0");
  }

  @Test
  void aConditionThatNeverHoldsFailsTheTestByName() {
    assertThatThrownBy(() -> Bed.await("pigs fly", Duration.ofMillis(10), () -> false))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("pigs fly");
  }
}
