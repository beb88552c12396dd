package dev.quayside.app;

import dev.quayside.cli.QuaysideCommand;

/** Starts Quayside: the window without arguments, the command line with a verb. */
public final class Main {

  private Main() {}

  /**
   * Runs the verb that {@code arguments} names.
   *
   * @param arguments the words of the command line, without the program's name
   */
  public static void main(String[] arguments) {
    QuaysideCommand command =
        new QuaysideCommand(
            options -> new LiveSession(new LiveParts(options.engine(), options.context(), options.home())));
    int code = command.commandLine().execute(arguments);
    Runtime.getRuntime().exit(code);
  }
}
