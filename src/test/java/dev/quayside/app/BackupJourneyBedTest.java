package dev.quayside.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.bed.Bed;
import dev.quayside.bed.BedStack;
import dev.quayside.common.Settings;
import dev.quayside.common.SettingsStore;
import dev.quayside.ui.backups.BackupsPage;
import dev.quayside.ui.backups.StandingNotes;
import dev.quayside.ui.overview.OverviewPage;
import dev.quayside.ui.pages.PageStage;
import dev.quayside.ui.pages.ScriptedDialogs;
import dev.quayside.ui.shell.PageSpec;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.ThemeChoice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Makes a backup in the window, restores it over the running stack and undoes that again. */
@Tag("bed")
class BackupJourneyBedTest {

  private static final int[] SMALL = {1280, 800};
  private static final String COMPOSE =
      """
      services:
        db:
          image: postgres:15
          environment: {POSTGRES_USER: app, POSTGRES_PASSWORD: made-up, POSTGRES_DB: app}
          healthcheck: {test: [CMD, pg_isready, -h, 127.0.0.1, -U, app], interval: 1s, retries: 60}
        web:
          image: quayside-bed/plain:1
          volumes: ["./data:/data"]
          depends_on: [db]
          stop_grace_period: 1s
          healthcheck: {test: [CMD, "true"], interval: 1s, retries: 2}
      """;

  private final Bed bed = Bed.required();
  private final ScriptedDialogs dialogs = new ScriptedDialogs();
  @TempDir private Path folder;
  private BedStack stack;

  @BeforeEach
  void start() throws Exception {
    stack = bed.stack(COMPOSE, folder);
    Files.writeString(
        Files.createDirectory(stack.directory().resolve("data")).resolve("file"), "saved");
    stack.compose("up", "-d", "--wait");
    sql("create table t (x text); insert into t values ('saved')");
  }

  @AfterEach
  void stop() throws Exception {
    stack.close();
  }

  @Test
  void aRowThatWasSavedComesBackAndTheRowFromBeforeComesBackAfterUndo() throws Exception {
    String project = stack.directory().getFileName().toString();
    Path backups = Files.createDirectory(folder.resolve("backups"));
    try (Opened opened = open()) {
      PageStage stage = opened.stage;
      PageStage.await(
          "the stack", () -> stage.shell().workbench().stacks().names().contains(project));
      PageStage.run(() -> stage.shell().workbench().stacks().choose(project));
      stage.press("backups-first");
      dialogs.files.add(backups);
      stage.press("create-target-choose");
      stage.type("create-passphrase", "open sesame");
      stage.type("create-passphrase-again", "open sesame");
      stage.picture("real-backup-create", SMALL, ThemeChoice.LIGHT);
      stage.press("create-go");
      TableView<?> table = stage.node("backups-table");
      PageStage.await("the archive", () -> table.getItems().size() == 1);
      assertThat(folder.resolve("launched")).content().contains("backup apart");

      sql("update t set x = 'live'");
      Files.writeString(stack.directory().resolve("data/file"), "live");
      PageStage.run(() -> table.getSelectionModel().select(0));
      stage.press("backups.restore-chosen");
      stage.type("restore-passphrase", "open sesame");
      stage.press("restore-open");
      stage.node("restore-listed");
      stage.picture("real-restore-target", SMALL, ThemeChoice.LIGHT);
      stage.press("restore-plan");
      stage.node("restore-land");
      stage.picture("real-restore-planned", SMALL, ThemeChoice.LIGHT);
      assertState("live");
      stage.press("restore-land");
      stage.node("restore-landed");
      stage.picture("real-restore-landed", SMALL, ThemeChoice.LIGHT);
      assertState("saved");
      stage.press("restore-close");
      PageStage.await("the banner", () -> stage.shows("landing-undo-" + project));

      PageStage.run(() -> stage.shell().workbench().navigator().show("overview"));
      PageStage.await("the banner", () -> stage.shows("overview-standing"));
      stage.picture("real-overview-pending", SMALL, ThemeChoice.DARK);
      stage.press("landing-undo-" + project);
      PageStage.await("undone", () -> !stage.shows("overview-standing"));
      assertState("live");
      PageStage.run(() -> stage.shell().workbench().navigator().show("backups"));
      aDumpOfOthersComesAndGoes(stage, project);
      assertThat(dialogs.confirmations).hasSize(2);
      assertThat(dialogs.problems).isEmpty();
    }
  }

  /** What {@code pg_dump} wrote takes the place of the database, which comes back after undo. */
  private void aDumpOfOthersComesAndGoes(PageStage stage, String project) throws Exception {
    String live = stack.compose("exec", "-T", "db", "pg_dump", "-U", "app", "app");
    dialogs.files.add(
        Files.writeString(folder.resolve("app.sql"), live.replace("\nlive\n", "\ndumped\n")));
    stage.press("backups.restore-file");
    ChoiceBox<?> databases = stage.node("restore-database");
    PageStage.run(() -> databases.getSelectionModel().select(0));
    stage.press("restore-plan");
    TextField name = stage.node("restore-typed");
    stage.picture("real-dump-planned", SMALL, ThemeChoice.LIGHT);
    PageStage.run(() -> name.setText(project));
    stage.press("restore-land");
    stage.node("restore-landed");
    assertThat(sql("select x from t")).isEqualTo("dumped");
    stage.press("restore-close");
    stage.press("landing-undo-" + project);
    PageStage.await("undone", () -> !stage.shows("backups-standing"));
    assertState("live");
  }

  private void assertState(String expected) throws Exception {
    assertThat(sql("select x from t")).isEqualTo(expected);
    assertThat(stack.directory().resolve("data/file")).hasContent(expected);
  }

  private String sql(String text) throws Exception {
    return stack
        .compose("exec", "-T", "db", "psql", "-U", "app", "-d", "app", "-Atqc", text)
        .strip();
  }

  /** Starts this program as the launcher does, and leaves a mark. */
  private Path launcher() throws Exception {
    Path launcher =
        Files.writeString(
            folder.resolve("launcher"),
            "#!/bin/sh\necho \"$@\" >>'%s'\nexec '%s' -XX:+UseSerialGC -cp '%s' %s \"$@\"\n"
                .formatted(
                    folder.resolve("launched"),
                    ProcessHandle.current().info().command().orElseThrow(),
                    System.getProperty("java.class.path"),
                    Main.class.getName()));
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    return launcher;
  }

  private Opened open() throws Exception {
    Map<String, String> environment = new HashMap<>(bed.environment());
    environment.put(OwnCommand.LAUNCHER, launcher().toString());
    LiveParts parts =
        new LiveParts(
            "unix://" + bed.socket(),
            null,
            folder.resolve("home"),
            _ -> Settings.usual(),
            environment);
    parts.home().create();
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    WindowParts window =
        LiveWindow.parts(parts, SettingsStore.open(parts.home(), timer), url -> {});
    PageStage stage =
        PageStage.open(
            parts.status(),
            engine ->
                List.of(
                    new PageSpec(
                        "backups",
                        "Backups",
                        Icon.BACKUPS,
                        workbench ->
                            new BackupsPage(PageStage.with(workbench, dialogs), window.backups())),
                    OverviewPage.spec(
                        window.overview(),
                        workbench ->
                            new StandingNotes(
                                PageStage.with(workbench, dialogs), window.backups()))));
    return new Opened(stage, parts, timer);
  }

  private record Opened(PageStage stage, LiveParts parts, ScheduledExecutorService timer)
      implements AutoCloseable {

    @Override
    public void close() throws Exception {
      stage.close();
      parts.close();
      timer.shutdownNow();
    }
  }
}
