package dev.quayside.app;

import java.nio.file.Path;
import javafx.application.Application;

/** Starts the window. Does not extend Application, which the launcher demands on a class path. */
final class WindowMain {

  private WindowMain() {}

  public static void main(String[] arguments) {
    Logging.withoutClassPathWarning();
    WindowRendering.choose(Path.of("/dev"), System.getProperties());
    Application.launch(WindowApp.class, arguments);
  }
}
