package dev.quayside.telemetry.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.engine.Container;
import dev.quayside.engine.EngineInfo;
import dev.quayside.engine.EngineSnapshot;
import dev.quayside.engine.demo.DemoEngine;
import dev.quayside.telemetry.ContainerSamples;
import dev.quayside.telemetry.GpuReading;
import dev.quayside.telemetry.Telemetry;
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

    assertThat(LocalTelemetry.folders(HOME, engine("/data/docker", true), containers))
        .containsExactlyInAnyOrder(HOME, Path.of("/data/docker"), Path.of("/srv/stack"));
  }

  @Test
  void anEngineThatDoesNotSayWhereItKeepsItsDataAddsNoGuess() {
    assertThat(LocalTelemetry.folders(HOME, engine("", true), List.of())).containsExactly(HOME);
    assertThat(LocalTelemetry.folders(HOME, engine("C:\\\\data", true), List.of()))
        .containsExactly(HOME);
  }

  @Test
  void foldersOfAnEngineOnAnotherMachineAreNotLookedForOnOurs() {
    List<Container> containers = List.of(inFolder("/srv/stack"));

    assertThat(LocalTelemetry.folders(HOME, engine("/data/docker", false), containers))
        .containsExactly(HOME);
  }

  @Test
  void aFolderThatThisProcessCannotNameIsLeftOut() {
    assertThat(LocalTelemetry.folders(HOME, engine("", true), List.of(inFolder("/a\0b"))))
        .containsExactly(HOME);
  }

  @Test
  void containersThatCannotBeMeasuredCostNeitherHostNorGpusNorOurselves() {
    DemoEngine demo = new DemoEngine(InstantSource.system(), later -> {});
    EngineSnapshot snapshot = demo.feed().latest();
    try (LocalTelemetry telemetry =
        new LocalTelemetry(
            () -> {
              throw new IllegalStateException("this sampler is broken");
            },
            Map.of("PATH", "/nowhere", "HOME", "/no\0name"),
            InstantSource.system(),
            System::nanoTime)) {
      Telemetry.Readings readings = telemetry.sweep(snapshot);
      assertThat(readings.containers().source()).isEqualTo(ContainerSamples.Source.NONE);
      assertThat(readings.host()).isNotNull();
      // OSHI wakes on a thread of its own; what the kernel tells is there at once.
      assertThat(readings.host().cores()).isPositive();
      assertThat(readings.gpus()).isNotInstanceOf(GpuReading.Failed.class);
      assertThat(readings.self().residentBytes()).isPresent();
    }
  }

  private static EngineInfo engine(String folder, boolean local) {
    return new EngineInfo("unix:///x", "1", "1.41", "os", "name", "2", folder, false, local, "");
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
