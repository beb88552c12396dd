package dev.quayside.cli;

import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.EngineSnapshot;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Carries what every verb needs: the session, the terminal, and one place where problems become
 * exit codes.
 */
abstract class Verb implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  private @Nullable Interruptible interruptible;

  /** Does the work of the verb. */
  abstract ExitCode run(Session session, Terminal terminal)
      throws ProblemException, EngineUnreachable;

  /**
   * Returns whether the verb changes anything; before such a verb, what a kill cut off is put in
   * order.
   */
  boolean changes() {
    return false;
  }

  /** Returns whether a signal is answered in words, and waited for until things are in order. */
  boolean stopsInOrder() {
    return changes();
  }

  /** Throws a {@link ParameterException} where an option's value cannot be meant. */
  void checkUsage() {}

  @Override
  public final Integer call() {
    checkUsage();
    CommandLine line = commandLine();
    QuaysideCommand root = (QuaysideCommand) line.getCommandSpec().root().userObject();
    ScreenWidth screen = new ScreenWidth(Path.of("/proc/self/fd/1"), System.getenv());
    Terminal terminal =
        new Terminal(
            line.getOut(),
            line.getErr(),
            root.options().json(),
            ZoneId.systemDefault(),
            screen::columns);
    if (!stopsInOrder()) {
      return root.withSession(terminal, session -> run(session, terminal)).code();
    }
    try (Interruptible watching = Interruptible.watching(terminal)) {
      interruptible = watching;
      return root.withSession(
              terminal,
              session -> {
                if (changes()) {
                  watching.begin();
                  session.recover().forEach(terminal::note);
                  watching.pause();
                }
                return run(session, terminal);
              })
          .code();
    }
  }

  /** Returns what stops the operation in order; only for verbs that do so. */
  final Interruptible interruptible() {
    return Objects.requireNonNull(interruptible);
  }

  /** Returns what ends the verb with the usage and {@code text} before anything is done. */
  final ParameterException usage(String key, Object... arguments) {
    return new ParameterException(commandLine(), Messages.of("cli").get(key, arguments));
  }

  /** Does the same with a text about environment files. */
  final ParameterException envUsage(String key, Object... arguments) {
    return new ParameterException(commandLine(), Messages.of("env").get(key, arguments));
  }

  private CommandLine commandLine() {
    if (spec == null) {
      throw new IllegalStateException("not built by the command line");
    }
    return spec.commandLine();
  }

  /**
   * Returns what runs on the engine; an engine that cannot be reached ends the verb with its own
   * exit code.
   */
  static EngineSnapshot engineOf(Session session) throws EngineUnreachable {
    try {
      return session.engine();
    } catch (ProblemException problem) {
      throw new EngineUnreachable(problem.problem());
    }
  }
}
