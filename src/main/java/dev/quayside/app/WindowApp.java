package dev.quayside.app;

import dev.quayside.common.Messages;
import dev.quayside.exposure.status.Pace;
import dev.quayside.ui.logs.LogsPage;
import dev.quayside.ui.overview.OverviewPage;
import dev.quayside.ui.services.ServicesPage;
import dev.quayside.ui.shell.PageSpec;
import dev.quayside.ui.shell.Shell;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.ThemeManager;
import java.time.InstantSource;
import java.util.List;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;

/** Opens the window. */
public final class WindowApp extends Application {

  @Override
  public void start(Stage stage) {
    WindowOptions options = WindowOptions.of(getParameters().getRaw());
    WindowParts parts =
        WindowParts.demo(InstantSource.system(), url -> getHostServices().showDocument(url));
    parts.status().pace(Pace.VISIBLE);
    ThemeManager theme = new ThemeManager();
    Shell shell =
        new Shell(
            parts.status(),
            pages(parts),
            theme,
            parts.clock(),
            options.demo(),
            parts.retry(),
            Platform::exit);
    Scene scene = new Scene(shell.root(), 1280, 800);
    theme.dress(scene);
    shell.install(scene);
    stage.setTitle("Quayside");
    stage.setScene(scene);
    stage.show();
  }

  /** Lists the pages in the order of the rail. */
  static List<PageSpec> pages(WindowParts parts) {
    return List.of(
        OverviewPage.spec(parts.overview()),
        ServicesPage.spec(parts.services()),
        new PageSpec(
            "logs",
            Messages.of("logs").get("title"),
            Icon.LOGS,
            workbench -> new LogsPage(workbench, parts.logs())));
  }
}
