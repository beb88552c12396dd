package dev.quayside.ui.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.backup.BackupCreation;
import dev.quayside.backup.BackupScope;
import dev.quayside.backup.BackupShelf;
import dev.quayside.backup.BackupVerification;
import dev.quayside.backup.ForeignArchives;
import dev.quayside.backup.Preview;
import dev.quayside.backup.Restore;
import dev.quayside.common.Home;
import dev.quayside.common.StepBoundary;
import dev.quayside.journal.Journal;
import dev.quayside.ui.backups.BackupsPage;
import dev.quayside.ui.backups.EngineBackupDesk;
import dev.quayside.ui.backups.EngineForeignDesk;
import dev.quayside.ui.backups.ScriptedBackups;
import dev.quayside.ui.shell.PageSpec;
import dev.quayside.ui.theme.Icon;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javafx.scene.control.TableView;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole way through the window with the real operations: make, verify, restore, and compare
 * what came back.
 */
@Tag("window")
class BackupJourneyWindowTest {

  private static final String PASSPHRASE = "open sesame";

  @TempDir Path folder;

  private EngineBackupDesk desk(Path data) throws Exception {
    Home home =
        new Home(folder.resolve("config"), folder.resolve("state"), folder.resolve("cache"));
    home.create();
    InstantSource time = InstantSource.system();
    Journal journal = Journal.open(home, time);
    BackupShelf shelf = new BackupShelf(home);
    return new EngineBackupDesk(
        stack ->
            new BackupScope(
                stack,
                "generic",
                List.of(new BackupScope.Folder("data", data)),
                List.of(),
                List.of(),
                List.of(),
                List.of()),
        new BackupCreation(home, journal, time, StepBoundary.none())::run,
        shelf,
        new Preview(home),
        new BackupVerification(shelf, time),
        new Restore(home, journal, time, StepBoundary.none()),
        new EngineForeignDesk(() -> new ForeignArchives(home, journal, time, StepBoundary.none())),
        new ScriptedBackups().landings(),
        new ScriptedBackups().drills(),
        new ScriptedBackups().schedules(),
        new ScriptedBackups().keys());
  }

  @Test
  void whatIsRestoredEqualsWhatWasSavedAndAFlippedByteIsFound() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data/deep"));
    Files.writeString(data.resolve("note_with_underscores.txt"), "keep me");
    // Does not compress, so that the damage below lies behind the head that the preview reads.
    byte[] blob = new byte[2_000_000];
    new Random(1).nextBytes(blob);
    Files.write(data.resolve("blob"), blob);
    Path backups = Files.createDirectories(folder.resolve("backups"));
    Path target = folder.resolve("restored");
    ScriptedDialogs dialogs = new ScriptedDialogs();
    EngineBackupDesk desk = desk(data.getParent());
    try (PageStage stage =
        PageStage.open(engine ->
            List.of(
                new PageSpec(
                    "backups",
                    "Backups",
                    Icon.BACKUPS,
                    workbench -> new BackupsPage(PageStage.with(workbench, dialogs), desk))))) {
      PageStage.run(() -> stage.shell().workbench().stacks().choose("dream-server"));
      stage.press("backups-first");
      dialogs.files.add(backups);
      stage.press("create-target-choose");
      stage.type("create-passphrase", PASSPHRASE);
      stage.type("create-passphrase-again", PASSPHRASE);
      stage.press("create-go");
      TableView<?> table = stage.node("backups-table");
      PageStage.await("one archive", () -> table.getItems().size() == 1);
      Path archive = only(backups);

      restore(stage, dialogs, archive, target);
      stage.node("restore-done");
      stage.press("restore-close");
      assertThat(dialogs.problems).isEmpty();
      assertThat(find(target, "note_with_underscores.txt")).hasContent("keep me");
      assertThat(find(target, "blob")).hasBinaryContent(blob);

      byte[] bytes = Files.readAllBytes(archive);
      bytes[bytes.length * 3 / 4] ^= 1;
      Path damaged = Files.write(backups.resolve("damaged.pgp"), bytes);
      dialogs.files.add(damaged);
      stage.press("backups.restore-file");
      stage.type("restore-passphrase", PASSPHRASE);
      stage.press("restore-open");
      stage.node("restore-not-verified");
      stage.press("restore-verify");
      stage.node("restore-failed");
      stage.press("restore-close");
    }
    try (Stream<Path> kept = Files.walk(folder.resolve("state"))) {
      for (Path file : kept.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(PASSPHRASE);
      }
    }
  }

  private static void restore(PageStage stage, ScriptedDialogs dialogs, Path archive, Path target)
      throws Exception {
    dialogs.files.add(archive);
    stage.press("backups.restore-file");
    stage.type("restore-passphrase", "not the passphrase");
    stage.press("restore-open");
    stage.node("restore-wrong");
    stage.type("restore-passphrase", PASSPHRASE);
    stage.press("restore-open");
    stage.node("restore-listed");
    stage.press("restore-folder");
    stage.press("restore-verify");
    stage.node("restore-verified");
    dialogs.files.add(target);
    stage.press("restore-choose");
  }

  private static Path only(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".tar.zst.gpg"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static Path find(Path folder, String name) throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.endsWith(name)).findFirst().orElseThrow();
    }
  }
}
