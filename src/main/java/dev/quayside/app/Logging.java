package dev.quayside.app;

import dev.quayside.common.Home;
import java.io.IOException;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * Sends the log to a file in Quayside's own folder, which nobody else can read. Has to run before
 * anything logs. Where the folder cannot be made there is no log, and whatever needs the folder
 * says so itself.
 */
final class Logging {

  private static final String FOLDER = "quayside.log.folder";

  // Kept: a logger that nobody holds is collected, and its filter with it.
  private static final java.util.logging.Logger TOOLKIT =
      java.util.logging.Logger.getLogger("javafx");

  private Logging() {}

  /**
   * Keeps one warning of the toolkit off the terminal: that it lies on the class path (JavaFX 26,
   * {@code com.sun.javafx.application.PlatformImpl}), where this program puts it on purpose.
   * Everything else it says is shown.
   */
  static void withoutClassPathWarning() {
    TOOLKIT.setFilter(record ->
        record.getMessage() == null
            || !record.getMessage().startsWith("Unsupported JavaFX configuration"));
  }

  static void toFile(WindowOptions options) {
    Map<String, String> environment = Map.copyOf(System.getenv());
    Home home = Home.locate(options.home(), environment, Home.ofUser(environment));
    try {
      home.create();
      System.setProperty(FOLDER, home.state().toString());
    } catch (IOException e) {
      System.setProperty(FOLDER, "");
    }
  }

  /** Begins to read the configuration of the log, which the window's first frame need not await. */
  static void openBeside() {
    Thread.ofPlatform()
        .daemon()
        .name("log-opener")
        .start(() -> {
          var _ = LoggerFactory.getILoggerFactory();
        });
  }
}
