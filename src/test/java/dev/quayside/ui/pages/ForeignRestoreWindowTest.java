package dev.quayside.ui.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.backup.BackupCreation;
import dev.quayside.backup.BackupShelf;
import dev.quayside.backup.BackupVerification;
import dev.quayside.backup.ForeignArchives;
import dev.quayside.backup.Preview;
import dev.quayside.backup.Restore;
import dev.quayside.common.Home;
import dev.quayside.common.StepBoundary;
import dev.quayside.journal.Journal;
import dev.quayside.pgp.Gnupg;
import dev.quayside.ui.backups.BackupsPage;
import dev.quayside.ui.backups.EngineBackupDesk;
import dev.quayside.ui.backups.EngineForeignDesk;
import dev.quayside.ui.backups.ScriptedBackups;
import dev.quayside.ui.shell.PageSpec;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.ThemeChoice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that {@code tar}, {@code gpg} and {@code pg_dump} make, in the window: really read and
 * unpacked, while the stacks they go over are scripted.
 */
@Tag("window")
class ForeignRestoreWindowTest {

  private static final int[] SMALL = {1280, 800};
  private static final int[] LARGE = {1920, 1080};
  private static final String PASSPHRASE = "open sesame";

  @TempDir private Path folder;
  private final ScriptedDialogs dialogs = new ScriptedDialogs();
  private final ScriptedBackups scripted = new ScriptedBackups();
  private Gnupg gpg;
  private EngineBackupDesk desk;

  @BeforeEach
  void setUp() throws Exception {
    gpg = new Gnupg();
    Home home =
        new Home(folder.resolve("config"), folder.resolve("state"), folder.resolve("cache"));
    home.create();
    InstantSource time = InstantSource.system();
    Journal journal = Journal.open(home, time);
    BackupShelf shelf = new BackupShelf(home);
    desk =
        new EngineBackupDesk(
            stack -> {
              throw new AssertionError("nothing is saved");
            },
            new BackupCreation(home, journal, time, StepBoundary.none())::run,
            shelf,
            new Preview(home),
            new BackupVerification(shelf, time),
            new Restore(home, journal, time, StepBoundary.none()),
            new EngineForeignDesk(
                () -> new ForeignArchives(home, journal, time, StepBoundary.none())),
            scripted.landings(),
            scripted.drills(),
            scripted.schedules(),
            scripted.keys());
  }

  @AfterEach
  void end() throws Exception {
    gpg.close();
  }

  private PageStage open() throws Exception {
    PageStage stage =
        PageStage.open(engine ->
            List.of(
                new PageSpec(
                    "backups",
                    "Backups",
                    Icon.BACKUPS,
                    workbench -> new BackupsPage(PageStage.with(workbench, dialogs), desk))));
    PageStage.run(() -> stage.shell().workbench().stacks().choose("llm-infrastructure"));
    return stage;
  }

  private void restore(PageStage stage, Path file) throws Exception {
    dialogs.files.add(file);
    stage.press("backups.restore-file");
  }

  private void unlock(PageStage stage, String passphrase) throws Exception {
    stage.type("restore-passphrase", passphrase);
    stage.press("restore-open");
  }

  private Path encrypted(String name, byte[] content, String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("--passphrase-file", gpg.passphraseFile(PASSPHRASE)));
    arguments.addAll(List.of(more));
    arguments.add("-c");
    return Files.write(
        folder.resolve(name), gpg.succeed(content, arguments.toArray(String[]::new)));
  }

  private byte[] tar() throws Exception {
    Path data = Files.createDirectories(folder.resolve("made/data/deep"));
    Files.writeString(data.resolve("note"), "keep me");
    Files.createSymbolicLink(data.resolve("out"), Path.of("/etc/passwd"));
    for (int i = 0; i < 14; i++) {
      Files.writeString(folder.resolve("made/file-" + i), "x".repeat(i));
    }
    Path packed = folder.resolve("packed");
    Process tar =
        new ProcessBuilder("tar", "-czf", packed.toString(), ".")
            .directory(folder.resolve("made").toFile())
            .start();
    assertThat(tar.waitFor()).isZero();
    return Files.readAllBytes(packed);
  }

  private static boolean disabled(PageStage stage, String id) throws Exception {
    ButtonBase button = stage.node(id);
    return PageStage.call(button::isDisabled);
  }

  @Test
  void aTarByGpgIsShownWithWhatNobodyProvesAndUnpackedOnAYes() throws Exception {
    Path file = encrypted("dream-backup.tar.gz.gpg", tar());
    Path target = folder.resolve("restored");
    try (PageStage stage = open()) {
      restore(stage, file);
      unlock(stage, "open barley");
      stage.node("restore-wrong");
      unlock(stage, PASSPHRASE);
      stage.node("restore-no-seal");
      assertThat(disabled(stage, "restore-unpack")).isTrue();
      stage.picture("foreign-tar", SMALL, ThemeChoice.LIGHT);
      stage.picture("foreign-tar-dark", LARGE, ThemeChoice.DARK);
      stage.press("restore-known-maker");
      dialogs.files.add(target);
      stage.press("restore-unpack");
      stage.node("restore-unpacked");
      stage.picture("foreign-unpacked", SMALL, ThemeChoice.DARK);
      assertThat(target.resolve("data/deep/note")).hasContent("keep me");
      assertThat(target.resolve("data/deep/out")).doesNotExist();
      stage.press("restore-close");
      assertThat(dialogs.problems).isEmpty();
    }
  }

  @Test
  void aPlainDumpTakesThePlaceOfTheChosenDatabaseOnceTheStackIsNamed() throws Exception {
    Path file =
        Files.writeString(folder.resolve("n8n.sql"), "create table t (x int);\nselect 1;\n");
    try (PageStage stage = open()) {
      restore(stage, file);
      ChoiceBox<?> databases = stage.node("restore-database");
      assertThat(disabled(stage, "restore-plan")).isTrue();
      stage.picture("foreign-dump", SMALL, ThemeChoice.LIGHT);
      ChoiceBox<String> stacks = stage.node("restore-stack");
      assertThat(PageStage.call(stacks::getValue)).isEqualTo("llm-infrastructure");
      PageStage.run(() -> stacks.setValue("local-llm-stack"));
      stage.node("dump-nowhere");
      PageStage.run(() -> stacks.setValue("llm-infrastructure"));
      PageStage.await("others", () -> !stage.shows("dump-nowhere"));
      ChoiceBox<?> again = stage.node("restore-database");
      assertThat(again).isNotSameAs(databases);
      PageStage.run(() -> again.getSelectionModel().select(0));
      stage.press("restore-plan");
      TextField name = stage.node("restore-typed");
      Button land = stage.node("restore-land");
      assertThat(PageStage.call(land::isDisabled)).isTrue();
      stage.picture("foreign-planned", SMALL, ThemeChoice.LIGHT);
      stage.picture("foreign-planned-dark", LARGE, ThemeChoice.DARK);
      PageStage.run(() -> name.setText("llm-infrastructur"));
      assertThat(PageStage.call(land::isDisabled)).isTrue();
      PageStage.run(() -> name.setText("llm-infrastructure"));
      stage.press("restore-land");
      stage.node("restore-landed");
      stage.press("restore-close");
      stage.press("landing-undo-llm-infrastructure");
      PageStage.await("undone", () -> !stage.shows("backups-standing"));
      assertThat(scripted.asked)
          .containsSubsequence(
              "databases llm-infrastructure",
              "plan llm-infrastructure postgres/n8n",
              "land llm-infrastructure",
              "undo llm-infrastructure");
      assertThat(dialogs.problems).isEmpty();
    }
  }

  @Test
  void whatIsRefusedIsRefusedInTheWordsOfTheVerbs() throws Exception {
    Path evil = encrypted("evil.sql.gpg", "\\! touch /tmp/evil\n".getBytes());
    Path old = encrypted("old.gpg", tar(), "--rfc2440");
    try (PageStage stage = open()) {
      restore(stage, evil);
      unlock(stage, PASSPHRASE);
      Labeled title = stage.node("restore-refused");
      assertThat(PageStage.call(title::getText))
          .isEqualTo("The SQL holds a command to the program that would send it");
      stage.picture("foreign-refused", SMALL, ThemeChoice.LIGHT);
      stage.press("restore-close");
      restore(stage, old);
      unlock(stage, PASSPHRASE);
      Labeled wrong = stage.node("restore-wrong");
      assertThat(PageStage.call(wrong::getText)).isEqualTo("The file has no integrity protection");
      stage.picture("foreign-no-integrity", SMALL, ThemeChoice.DARK);
    }
  }
}
