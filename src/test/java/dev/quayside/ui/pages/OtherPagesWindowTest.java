package dev.quayside.ui.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Home;
import dev.quayside.common.SettingsStore;
import dev.quayside.journal.Journal;
import dev.quayside.ui.alerts.AlertsPage;
import dev.quayside.ui.incidents.IncidentsPage;
import dev.quayside.ui.journal.JournalBackend;
import dev.quayside.ui.journal.JournalPage;
import dev.quayside.ui.security.SecurityPage;
import dev.quayside.ui.settings.SettingsBackend;
import dev.quayside.ui.settings.SettingsPage;
import dev.quayside.ui.shell.PageSpec;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.ThemeChoice;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import javafx.scene.control.TableView;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("window")
class OtherPagesWindowTest {

  private static final int[] SMALL = {1280, 800};

  @TempDir Path folder;

  @Test
  void settingsJournalAndThePagesThatAreNotSetUpShowThemselves() throws Exception {
    Home home =
        new Home(folder.resolve("config"), folder.resolve("state"), folder.resolve("cache"));
    home.create();
    Journal journal = Journal.open(home, InstantSource.system());
    journal
        .begin("rotate", "dream-server", Map.of("secret", "LITELLM_KEY"))
        .done(Map.of("proof", "old value refused"));
    journal
        .begin("backup", "dream-server", Map.of("to", "/backups"))
        .failed(Map.of("problem", "no room"));
    try (var timer = Executors.newSingleThreadScheduledExecutor();
        SettingsStore store = SettingsStore.open(home, timer);
        PageStage stage =
            PageStage.open(engine ->
                List.of(
                    new PageSpec(
                        "security", "Security", Icon.SECURITY, workbench -> new SecurityPage()),
                    new PageSpec("alerts", "Alerts", Icon.ALERTS, workbench -> new AlertsPage()),
                    new PageSpec(
                        "incidents", "Incidents", Icon.INCIDENTS, workbench -> new IncidentsPage()),
                    new PageSpec(
                        "journal",
                        "Journal",
                        Icon.JOURNAL,
                        workbench ->
                            new JournalPage(
                                workbench, new JournalBackend(journal::entries, journal::verify))),
                    new PageSpec(
                        "settings",
                        "Settings",
                        Icon.SETTINGS,
                        workbench ->
                            new SettingsPage(
                                workbench, new SettingsBackend(store, home, "0.1.0")))))) {
      stage.picture("security", SMALL, ThemeChoice.LIGHT);
      PageStage.run(() -> stage.shell().show("alerts"));
      stage.picture("alerts", SMALL, ThemeChoice.DARK);
      PageStage.run(() -> stage.shell().show("journal"));
      TableView<?> table = stage.node("journal-table");
      PageStage.await("entries", () -> table.getItems().size() == 4);
      stage.press("journal.verify");
      stage.picture("journal", SMALL, ThemeChoice.LIGHT);
      PageStage.run(() -> stage.shell().show("settings"));
      stage.pictures("settings");
      stage.press("settings-theme-dark");
      assertThat(PageStage.call(() -> stage.shell().workbench().theme().choice().get()))
          .isEqualTo(ThemeChoice.DARK);
      stage.press("settings-licences");
      stage.picture("settings-licences", SMALL, ThemeChoice.LIGHT);
    }
  }
}
