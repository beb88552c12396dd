package dev.quayside.cli;

import dev.quayside.backup.Compression;
import dev.quayside.backup.schedule.OnCalendar;
import dev.quayside.backup.schedule.Retention;
import dev.quayside.backup.schedule.SchedulePlan;
import dev.quayside.backup.schedule.ScheduleStatus;
import dev.quayside.backup.schedule.Schedules;
import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sets a plan. */
@Command(name = "set", resourceBundle = "dev.quayside.cli.help")
final class ScheduleSetVerb extends Verb {

  private static final String TIME = "([01]\\d|2[0-3]):[0-5]\\d";

  @Parameters(paramLabel = "STACK", descriptionKey = "schedule.stack")
  private String stack = "";

  @Option(names = "--to", required = true, paramLabel = "DIR", descriptionKey = "schedule.to")
  private Path to = Path.of("");

  @Option(names = "--second", paramLabel = "DIR", descriptionKey = "schedule.second")
  private @Nullable Path second;

  @Option(
      names = "--recipient",
      required = true,
      paramLabel = "KEY",
      descriptionKey = "backup.recipient")
  private List<String> recipients = new ArrayList<>();

  @Option(names = "--folder", paramLabel = "DIR", descriptionKey = "backup.folder")
  private List<Path> folders = new ArrayList<>();

  @Option(
      names = "--compress",
      paramLabel = "zstd|gzip",
      defaultValue = "zstd",
      descriptionKey = "backup.compress")
  private Compression compression = Compression.ZSTD;

  @ArgGroup(exclusive = true, multiplicity = "1")
  private When when = new When();

  @Option(names = "--keep-last", paramLabel = "N", descriptionKey = "schedule.keep-last")
  private int last;

  @Option(names = "--keep-daily", paramLabel = "N", descriptionKey = "schedule.keep-daily")
  private int daily;

  @Option(names = "--keep-weekly", paramLabel = "N", descriptionKey = "schedule.keep-weekly")
  private int weekly;

  @Option(names = "--keep-monthly", paramLabel = "N", descriptionKey = "schedule.keep-monthly")
  private int monthly;

  @Option(names = "--no-stop", descriptionKey = "schedule.no-stop")
  private boolean noStop;

  /** Says when it is due, in one of three ways. */
  static final class When {

    @Option(names = "--daily", paramLabel = "HH:MM", descriptionKey = "schedule.daily")
    private @Nullable String daily;

    @Option(names = "--weekly", paramLabel = "DAY:HH:MM", descriptionKey = "schedule.weekly")
    private @Nullable String weekly;

    @Option(names = "--on-calendar", paramLabel = "EXPR", descriptionKey = "schedule.on-calendar")
    private @Nullable String expression;

    OnCalendar calendar() throws ProblemException {
      if (daily != null) {
        return OnCalendar.parse("*-*-* " + checked(daily, TIME));
      }
      if (weekly != null) {
        return OnCalendar.parse(checked(weekly, "[A-Za-z]+:" + TIME).replaceFirst(":", " *-*-* "));
      }
      return OnCalendar.parse(expression == null ? "" : expression);
    }

    private static String checked(String text, String form) throws ProblemException {
      if (!text.matches(form)) {
        throw OnCalendar.notUnderstood(text);
      }
      return text;
    }
  }

  @Override
  void checkUsage() {
    try {
      when.calendar();
      retention();
    } catch (ProblemException | IllegalArgumentException e) {
      throw e instanceof ProblemException known
          ? usage("usage.calendar", known.problem().happened(), known.problem().nextStep())
          : usage("usage.keep");
    }
  }

  private Retention retention() {
    return new Retention(last, daily, weekly, monthly);
  }

  @Override
  boolean changes() {
    return true;
  }

  @Override
  ExitCode run(Session session, Terminal terminal) throws ProblemException {
    List<Path> keys = new ArrayList<>();
    for (String each : recipients) {
      keys.add(session.keyShelf().recipient(each));
    }
    SchedulePlan before = planned(session.schedules());
    Outcome<ScheduleStatus> outcome =
        session
            .schedules()
            .set(
                new SchedulePlan.Request(
                    stack,
                    absolute(to),
                    second == null ? null : absolute(second),
                    keys,
                    folders.stream().map(ScheduleSetVerb::absolute).toList(),
                    compression,
                    when.calendar(),
                    retention(),
                    !noStop),
                session.timerCommand(stack));
    return terminal.report(
        "schedule-set",
        outcome,
        status -> ScheduleDocuments.text(terminal, status) + replaced(terminal, before),
        status -> ScheduleDocuments.status(terminal.json(), status));
  }

  private @Nullable SchedulePlan planned(Schedules schedules) throws ProblemException {
    return schedules.all().stream()
        .map(ScheduleStatus::plan)
        .filter(plan -> plan.stack().equals(stack))
        .findFirst()
        .orElse(null);
  }

  private static String replaced(Terminal terminal, @Nullable SchedulePlan before) {
    return before == null
        ? ""
        : "\n" + terminal.text("schedule.replaced", before.when(), before.target().folder());
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }
}
