package dev.quayside.app;

import dev.quayside.cli.QuaysideCommand;
import java.util.List;

/** Starts Quayside: the window without a verb, the command line with one. */
public final class Main {

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
    QuaysideCommand command = new QuaysideCommand(Sessions::open);
    Runtime.getRuntime().exit(command.execute(arguments));
  }
}
