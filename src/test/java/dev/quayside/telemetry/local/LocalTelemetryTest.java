package dev.quayside.telemetry.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.engine.Container;
import dev.quayside.engine.demo.DemoEngine;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalTelemetryTest {

  private static final Path HOME = Path.of("/home/somebody");

  @Test
  void theFoldersOfInterestAreTheUsersTheEnginesAndThoseOfTheStacks() {
    List<Container> containers =
        List.of(inFolder("/srv/stack"), inFolder("/srv/stack"), inFolder("relative"));

    assertThat(LocalTelemetry.folders(HOME, "/data/docker", containers))
        .containsExactlyInAnyOrder(HOME, Path.of("/data/docker"), Path.of("/srv/stack"));
  }

  @Test
  void anEngineThatDoesNotSayWhereItKeepsItsDataAddsNoGuess() {
    assertThat(LocalTelemetry.folders(HOME, "", List.of())).containsExactly(HOME);
    assertThat(LocalTelemetry.folders(HOME, "C:\\\\data", List.of())).containsExactly(HOME);
  }

  private static Container inFolder(String folder) {
    Container any =
        new DemoEngine(InstantSource.fixed(Instant.EPOCH), later -> {}).list().getFirst();
    return new Container(
        any.id(),
        any.name(),
        any.image(),
        any.imageId(),
        any.state(),
        any.health(),
        any.created(),
        any.ports(),
        Map.of("com.docker.compose.project.working_dir", folder),
        any.networks(),
        any.facts());
  }
}
