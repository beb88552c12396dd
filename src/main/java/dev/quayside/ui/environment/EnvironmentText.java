package dev.quayside.ui.environment;

import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.common.Quantities;
import dev.quayside.stack.LifecycleReceipt;
import dev.quayside.stack.settings.EnvProblem;
import dev.quayside.stack.settings.EnvSets.EnvSet;
import dev.quayside.stack.settings.EnvTarget;
import dev.quayside.stack.settings.EnvVersion;
import dev.quayside.stack.settings.EnvWords;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Words what the page shows. */
final class EnvironmentText {

  private static final Messages MESSAGES = Messages.of("environment-page");
  private static final int LONGEST_NAME = 80;

  private EnvironmentText() {}

  static String of(String key, Object... arguments) {
    return MESSAGES.get(key, arguments);
  }

  /** Returns a name from a file, safe to show. */
  static String name(String foreign) {
    return ForeignText.line(foreign, LONGEST_NAME);
  }

  /** Says what a file is to its stack and who reads it. */
  static String about(EnvTarget target) {
    return of("file.about", EnvWords.role(target.role()), EnvWords.readers(target.readers()));
  }

  /** Returns one line for a problem of a file, with its line. */
  static String problem(EnvProblem problem) {
    return problem.line() == 0
        ? problem.text()
        : of("problem.line", Integer.toString(problem.line()), problem.text());
  }

  /** Returns one or two words for a problem, for a pill. */
  static String mark(EnvProblem.Kind kind) {
    return switch (kind) {
      case BROKEN -> of("mark.broken");
      case DUPLICATE -> of("mark.duplicate");
      case READ_DIFFERENTLY -> of("mark.differs");
      case CRLF -> of("mark.crlf");
      case MODE -> of("mark.mode");
      case OWNER -> of("mark.owner");
      case INTERPOLATED -> of("mark.interpolated");
      case UNDEFINED -> of("mark.undefined");
      case INERT -> of("mark.inert");
      case KNOWN_VALUE -> of("mark.known");
    };
  }

  static String state(SettingRow.State state) {
    return switch (state) {
      case SAVED -> "";
      case CHANGED -> of("state.changed");
      case ADDED -> of("state.added");
      case REMOVED -> of("state.removed");
      case LAST_KEPT -> of("state.last-kept");
    };
  }

  /** Returns the value as it is, and as it will be. */
  static String value(SettingRow row) {
    String was = row.was().isEmpty() ? of("value.empty") : row.was();
    String willBe = row.willBe();
    return switch (row.state()) {
      case SAVED, LAST_KEPT, REMOVED -> was;
      case CHANGED -> of("value.becomes", was, empty(willBe));
      case ADDED -> empty(willBe);
    };
  }

  private static String empty(@org.jspecify.annotations.Nullable String value) {
    return value == null || value.isEmpty() ? of("value.empty") : value;
  }

  /** Says all that is to be known of one setting. */
  static String explain(SettingRow row) {
    StringBuilder words = new StringBuilder(name(row.name())).append(": ");
    words.append(
        row.line() == 0 ? of("explain.new") : of("explain.line", Integer.toString(row.line())));
    if (row.state() != SettingRow.State.SAVED) {
      words.append(" ").append(of("explain.noted"));
    }
    row.problems().forEach(problem -> words.append(" ").append(problem.text()).append("."));
    return words.toString();
  }

  static String why(EnvVersion version) {
    Path foreign = version.foreign();
    return foreign == null
        ? EnvWords.reason(version.reason())
        : of("history.foreign", EnvWords.reason(version.reason()), name(version.id()));
  }

  /** Says which settings a version concerned, or who can read a copy. */
  static String concerns(EnvVersion version) {
    return version.mode().isEmpty()
        ? String.join(", ", version.names().stream().map(EnvironmentText::name).toList())
        : of("history.open", version.mode());
  }

  /** Names what could not be read; empty for nothing. */
  static String unread(List<Path> places) {
    return places.isEmpty()
        ? ""
        : of(
            "history.unread",
            String.join(", ", places.stream().map(one -> name(one.toString())).toList()));
  }

  static String ago(Instant at, Instant now) {
    return of("ago", Quantities.duration(Duration.between(at, now)));
  }

  static String set(EnvSet set) {
    return set.active() ? of("set.active") : differences(set.differences());
  }

  static String differences(int count) {
    return count == 1 ? of("differences.one") : of("differences", count);
  }

  static String changes(int count) {
    return switch (count) {
      case 0 -> of("changes.none");
      case 1 -> of("changes.one");
      default -> of("changes.many", count);
    };
  }

  static String save(int count, String file) {
    return count == 1 ? of("save.go.one", file) : of("save.go.many", count, file);
  }

  static String recreate(List<String> services) {
    return services.size() == 1
        ? of("apply.go.one", name(services.getFirst()))
        : of("apply.go.many", services.size());
  }

  static String applied(LifecycleReceipt receipt) {
    return switch (receipt.services().size()) {
      case 0 -> of("applied.none");
      case 1 -> of("applied.one", name(receipt.services().getFirst().service()));
      default -> of("applied.many", receipt.services().size());
    };
  }

  /** Returns a refusal in one paragraph: what is wrong and what to do. */
  static String refusal(Problem problem) {
    return problem.title() + ". " + problem.happened() + " " + problem.nextStep();
  }
}
