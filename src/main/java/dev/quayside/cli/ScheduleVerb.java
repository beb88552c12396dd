package dev.quayside.cli;

import dev.quayside.backup.schedule.SchedulePlan;
import dev.quayside.backup.schedule.ScheduleReceipt;
import dev.quayside.backup.schedule.ScheduleStatus;
import dev.quayside.backup.schedule.ScheduledBackup;
import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Sets, shows, ends and carries out plans by which backups are made by themselves. */
@Command(
    name = "schedule",
    resourceBundle = "dev.quayside.cli.help",
    subcommands = {
      ScheduleSetVerb.class,
      ScheduleVerb.Show.class,
      ScheduleVerb.Off.class,
      ScheduleVerb.Run.class
    })
final class ScheduleVerb implements Runnable {

  private static final int LONGEST_NAME = 200;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), Messages.of("cli").get("usage.missing-verb"));
  }

  /** Shows plans, when they are due and how they ended last. */
  @Command(name = "show", resourceBundle = "dev.quayside.cli.help")
  static final class Show extends Verb {

    @Parameters(paramLabel = "STACK", arity = "0..1", descriptionKey = "schedule.shown")
    private @Nullable String stack;

    @Override
    ExitCode run(Session session, Terminal terminal) throws ProblemException {
      List<ScheduleStatus> found =
          stack == null ? session.schedules().all() : List.of(session.schedules().show(stack));
      if (terminal.forPrograms()) {
        ObjectNode document = terminal.json().document("schedules");
        ArrayNode array = document.putArray("schedules");
        found.forEach(status -> array.add(ScheduleDocuments.status(terminal.json(), status)));
        terminal.print(document);
      } else if (found.isEmpty()) {
        terminal.say(terminal.text("schedule.none"));
      } else {
        found.forEach(status -> terminal.say(ScheduleDocuments.text(terminal, status)));
      }
      // What nobody would notice otherwise, for a monitor that asks.
      return found.stream().anyMatch(ScheduleStatus::needsAttention)
          ? ExitCode.ATTENTION
          : ExitCode.PROVEN;
    }
  }

  /** Ends a plan; archives stay. */
  @Command(name = "off", resourceBundle = "dev.quayside.cli.help")
  static final class Off extends Verb {

    @Parameters(paramLabel = "STACK", descriptionKey = "schedule.stack")
    private String stack = "";

    @Override
    boolean changes() {
      return true;
    }

    @Override
    ExitCode run(Session session, Terminal terminal) throws ProblemException {
      Outcome<SchedulePlan> outcome = session.schedules().off(stack);
      return terminal.report(
          "schedule-off",
          outcome,
          plan ->
              terminal.text(
                  "schedule.ended",
                  ForeignText.line(plan.stack(), LONGEST_NAME),
                  plan.target().folder()),
          plan -> terminal.json().object().put("stack", plan.stack()));
    }
  }

  /** Carries out a plan now; what the timer starts. Asks nobody. */
  @Command(name = "run", resourceBundle = "dev.quayside.cli.help")
  static final class Run extends Verb {

    @Parameters(paramLabel = "STACK", descriptionKey = "schedule.stack")
    private String stack = "";

    @Option(names = "--dry-run", descriptionKey = "schedule.dry-run")
    private boolean dryRun;

    @Override
    boolean changes() {
      return !dryRun;
    }

    @Override
    ExitCode run(Session session, Terminal terminal) throws ProblemException, EngineUnreachable {
      if (dryRun) {
        return tell(session.scheduledBackup().wouldRemove(stack), terminal);
      }
      try {
        engineOf(session);
      } catch (EngineUnreachable unreachable) {
        note(session, unreachable, terminal);
        throw unreachable;
      }
      ScheduledBackup scheduled = session.scheduledBackup();
      Outcome<ScheduleReceipt> outcome =
          interruptible().run(progress -> scheduled.run(stack, progress));
      return terminal.report(
          "schedule-run",
          outcome,
          receipt -> ScheduleDocuments.text(terminal, receipt),
          receipt -> ScheduleDocuments.receipt(terminal.json(), receipt));
    }

    private void note(Session session, EngineUnreachable unreachable, Terminal terminal)
        throws ProblemException {
      try {
        session.schedules().noteFailure(stack, unreachable.problem());
      } catch (IOException e) {
        terminal.note(terminal.text("schedule.unnoted"));
      }
    }

    private static ExitCode tell(List<Path> paths, Terminal terminal) {
      if (terminal.forPrograms()) {
        ObjectNode document = terminal.json().document("schedule-dry-run");
        List<String> texts = new ArrayList<>();
        paths.forEach(path -> texts.add(path.toString()));
        document.set("wouldRemove", terminal.json().texts(texts));
        terminal.print(document);
      } else if (paths.isEmpty()) {
        terminal.say(terminal.text("schedule.would-keep"));
      } else {
        paths.forEach(path -> terminal.say(terminal.text("schedule.would-remove", path)));
      }
      return ExitCode.PROVEN;
    }
  }
}
