package dev.quayside.app;

import dev.quayside.ui.alerts.AlertsPage;
import dev.quayside.ui.backups.BackupsPage;
import dev.quayside.ui.backups.StandingNotes;
import dev.quayside.ui.environment.EnvironmentPage;
import dev.quayside.ui.incidents.IncidentsPage;
import dev.quayside.ui.journal.JournalPage;
import dev.quayside.ui.logs.LogsPage;
import dev.quayside.ui.overview.OverviewPage;
import dev.quayside.ui.secrets.SecretsPage;
import dev.quayside.ui.security.SecurityPage;
import dev.quayside.ui.services.ServicesPage;
import dev.quayside.ui.settings.SettingsBackend;
import dev.quayside.ui.settings.SettingsPage;
import dev.quayside.ui.shell.PageSpec;
import dev.quayside.ui.stack.StackPage;
import java.util.List;

/** Lists the pages in the order of the rail. */
final class WindowPages {

  private WindowPages() {}

  static List<PageSpec> of(WindowParts parts) {
    return List.of(
        OverviewPage.spec(
            parts.overview(), workbench -> new StandingNotes(workbench, parts.backups())),
        ServicesPage.spec(parts.services()),
        LogsPage.spec(parts.logs()),
        StackPage.spec(parts.stack()),
        EnvironmentPage.spec(parts.environment()),
        SecretsPage.spec(parts.secrets()),
        BackupsPage.spec(parts.backups()),
        SecurityPage.spec(),
        AlertsPage.spec(),
        IncidentsPage.spec(),
        SettingsPage.spec(new SettingsBackend(parts.settings(), parts.home(), version())),
        JournalPage.spec(parts.journal()));
  }

  private static String version() {
    String built = WindowPages.class.getPackage().getImplementationVersion();
    return built == null ? "development" : built;
  }
}
