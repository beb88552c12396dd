package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Health;
import dev.quayside.engine.RuntimeFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Stores get time to write what they keep in memory, and it is noticed if that was not enough. */
class StopGraceTest {

  @Test
  void storesGetMinutesAndOthersTheirOwnTime() {
    for (String store : List.of("redis:7", "docker.io/valkey/valkey@sha256:0", "my/Mongo:8")) {
      assertThat(StopGrace.of(container(store, 0, false)))
          .as(store)
          .isEqualTo(Duration.ofMinutes(5));
    }
    assertThat(StopGrace.of(container("redis.example/nginx:1", 0, false))).isNull();
  }

  @Test
  void aStoreThatWasKilledHasNotWrittenAll() {
    Duration all = Duration.ofMinutes(5);
    assertThat(StopGrace.cutShort(container("redis:7", 137, false), all)).isTrue();
    assertThat(StopGrace.cutShort(container("redis:7", 0, true), Duration.ZERO)).isTrue();
    assertThat(StopGrace.cutShort(container("redis:7", 0, false), all)).isFalse();
    assertThat(StopGrace.cutShort(container("redis:7", 143, false), all)).isFalse();
    assertThat(StopGrace.cutShort(container("redis:7", 137, false), Duration.ofSeconds(1)))
        .as("its image asks for it")
        .isFalse();
    assertThat(StopGrace.cutShort(container("nginx", 137, false), all))
        .as("keeps nothing, and may just not know the signal")
        .isFalse();
  }

  private static Container container(String image, int exitCode, boolean outOfMemory) {
    RuntimeFacts facts =
        new RuntimeFacts(
            OptionalLong.empty(),
            Instant.EPOCH,
            Instant.EPOCH,
            OptionalInt.of(exitCode),
            outOfMemory,
            0,
            OptionalDouble.empty(),
            OptionalLong.empty(),
            "net",
            false);
    return new Container(
        new ContainerId("one"),
        "one",
        image,
        "",
        ContainerState.EXITED,
        Health.NONE,
        Instant.EPOCH,
        List.of(),
        Map.of(),
        List.of(),
        facts);
  }
}
