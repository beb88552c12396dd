package dev.quayside.app;

import dev.quayside.cli.QuaysideCommand;
import java.util.List;
import java.util.function.IntSupplier;
import org.slf4j.LoggerFactory;

/** Starts Quayside: the window without a verb, the command line with one. */
public final class Main {

  private static final int INTERNAL_ERROR = 70;

  private Main() {}

  /**
   * Opens the window, or runs the verb that {@code arguments} names and ends with its exit code.
   *
   * @param arguments the words of the command line, without the program's name
   */
  public static void main(String[] arguments) {
    WindowOptions options = WindowOptions.of(List.of(arguments));
    Logging.toFile(options);
    if (WindowOptions.accepts(List.of(arguments))) {
      Logging.openBeside();
      WindowMain.main(arguments);
      return;
    }
    Runtime.getRuntime().exit(status(() -> new QuaysideCommand(Sessions::open).execute(arguments)));
  }

  /** Returns the exit status of {@code verb}; a mistake that nobody has caught has one too. */
  static int status(IntSupplier verb) {
    try {
      return verb.getAsInt();
    } catch (Throwable mistake) {
      // Also errors of the machine, such as a lack of memory: 1 would say that nothing was changed.
      LoggerFactory.getLogger(Main.class).error("the verb broke off", mistake);
      // Told as the JVM would tell it, which only the exit status was wrong for.
      Thread here = Thread.currentThread();
      here.getUncaughtExceptionHandler().uncaughtException(here, mistake);
      return INTERNAL_ERROR;
    }
  }
}
