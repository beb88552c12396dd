package dev.quayside.cli;

import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The word {@code quayside} itself; its verbs are its subcommands. */
@Command(
    name = "quayside",
    resourceBundle = "dev.quayside.cli.help",
    versionProvider = Version.class,
    subcommands = {
      StatusVerb.class,
      WatchVerb.class,
      ListVerb.class,
      StackVerb.class,
      ExposureVerb.class,
      LifecycleVerbs.Up.class,
      LifecycleVerbs.Stop.class,
      LifecycleVerbs.Restart.class,
      LifecycleVerbs.Recreate.class,
      LogsVerb.class,
      SecretsVerb.class,
      EnvVerb.class,
      BackupVerb.class,
      JournalVerb.class,
      DoctorVerb.class,
      HelpVerb.class
    })
public final class QuaysideCommand implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(QuaysideCommand.class);

  private final Session.Opener opener;

  @Mixin private GlobalOptions options = new GlobalOptions();

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      descriptionKey = "option.version")
  private boolean version;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Creates the command; each run opens its session with {@code opener}. */
  public QuaysideCommand(Session.Opener opener) {
    this.opener = Objects.requireNonNull(opener);
  }

  /** Returns the command line ready to execute. */
  public CommandLine commandLine() {
    CommandLine line = new CommandLine(this);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler(new UsageErrors());
    line.setExitCodeExceptionMapper(failure ->
        (failure instanceof ParameterException ? ExitCode.USAGE : ExitCode.INTERNAL).code());
    line.setExecutionExceptionHandler((failure, at, parsed) -> {
      LOG.error("a verb failed", failure);
      at.getErr().println(failure.getClass().getSimpleName());
      return ExitCode.INTERNAL.code();
    });
    return line;
  }

  /** Runs the verb that {@code arguments} names and returns its exit code. */
  public int execute(String... arguments) {
    return commandLine().execute(arguments);
  }

  /** Returns whether only the version was asked for. */
  boolean version() {
    return version;
  }

  GlobalOptions options() {
    return options;
  }

  /** Runs {@code work} in a session and turns problems into exit codes. */
  ExitCode withSession(Terminal terminal, Work work) {
    try (Session session = opener.open(options)) {
      return work.run(session);
    } catch (EngineUnreachable unreachable) {
      return terminal.refuse(unreachable.problem(), ExitCode.UNREACHABLE);
    } catch (ProblemException problem) {
      return terminal.refuse(problem.problem(), ExitCode.FAILED);
    } catch (ParameterException usage) {
      // The command line itself answers with what would have been right.
      throw usage;
    } catch (CancellationException stopped) {
      // Already said by what stopped it.
      return ExitCode.INTERRUPTED;
    } catch (RuntimeException | Error fault) {
      LOG.error("internal error", fault);
      return terminal.refuse(internal(terminal, fault), ExitCode.INTERNAL);
    }
  }

  private static Problem internal(Terminal terminal, Throwable fault) {
    // The message of an unexpected exception may hold anything, so only its type is shown.
    return new Problem(
        "INTERNAL",
        terminal.text("internal.title"),
        terminal.text("internal.happened", fault.getClass().getSimpleName()),
        terminal.text("internal.unchanged"),
        terminal.text("internal.next"),
        null,
        "");
  }

  /**
   * Without a verb there is nothing to do here: the program opens its window before it comes to
   * this.
   */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), Messages.of("cli").get("usage.missing-verb"));
  }

  /** Names work that needs a session. */
  @FunctionalInterface
  interface Work {
    /** Does the work. */
    ExitCode run(Session session) throws ProblemException, EngineUnreachable;
  }
}
