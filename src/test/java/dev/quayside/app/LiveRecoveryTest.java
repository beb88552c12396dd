package dev.quayside.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Home;
import dev.quayside.common.Settings;
import dev.quayside.common.SettingsStore;
import dev.quayside.journal.Journal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What kills left is put in order as far as it can be, whatever else is in the way. */
class LiveRecoveryTest {

  @TempDir Path folder;

  /** Leaves what a restore leaves that was killed while it unpacked. */
  private Path killedRestore(Home home) throws Exception {
    String id = "11111111-2222-3333-4444-555555555555";
    Path staging = folder.resolve(".restored-" + id + ".quayside-staging");
    Files.createDirectory(staging);
    Files.writeString(staging.resolve(".env"), "SECRET=1");
    String intent =
        Journal.open(home, InstantSource.system())
            .begin("backup.restore", "demo", Map.of("id", id))
            .id();
    Path records = Files.createDirectories(home.state().resolve("backup/unfinished"));
    Files.writeString(
        records.resolve(id + ".json"),
        """
        {"work":"RESTORE","id":"%s","temporary":"%s","target":"%s","folder":%d,
         "intent":"%s","subject":"demo"}
        """
            .formatted(
                id,
                staging.toUri().toString().replaceAll("/$", ""),
                folder.resolve("restored").toUri(),
                (long) Files.getAttribute(folder, "unix:ino"),
                intent));
    return staging;
  }

  @Test
  void anEngineThatIsAwayAndABrokenRecordKeepARestoreFromNothing() throws Exception {
    Path place = Files.createDirectory(folder.resolve("home"));
    Home home = Home.locate(place, Map.of(), folder);
    home.create();
    Path staging = killedRestore(home);
    Files.writeString(home.state().resolve("backup/unfinished/broken.json"), "{");
    Files.createDirectories(home.state().resolve("rotations/begun"));

    List<Recovered> told;
    try (LiveParts parts =
        new LiveParts("unix:///nowhere/docker.sock", null, place, _ -> Settings.usual())) {
      told = parts.recover();
    }

    assertThat(staging).doesNotExist();
    assertThat(told)
        .extracting(Recovered::ended)
        .containsExactlyInAnyOrder(
            Recovered.Ended.PUT_BACK, Recovered.Ended.STUCK, Recovered.Ended.STUCK);
    assertThat(told).allMatch(one -> !one.text().isBlank());
  }

  @Test
  void theWindowSweepsWhatAKilledRestoreLeftWithoutAnEngine() throws Exception {
    Path place = Files.createDirectory(folder.resolve("home"));
    Home home = Home.locate(place, Map.of(), folder);
    home.create();
    Path staging = killedRestore(home);

    try (LiveParts parts =
            new LiveParts("unix:///nowhere/docker.sock", null, place, _ -> Settings.usual());
        var timer = Executors.newSingleThreadScheduledExecutor();
        var settings = SettingsStore.open(home, timer)) {
      WindowParts window = LiveWindow.parts(parts, settings, url -> {});
      assertThat(window.sweep().run())
          .extracting(Recovered::ended)
          .containsExactly(Recovered.Ended.PUT_BACK);
      assertThat(window.recovery().run()).isEmpty();
    }
    assertThat(staging).doesNotExist();
  }
}
