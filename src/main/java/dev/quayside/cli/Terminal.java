package dev.quayside.cli;

import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Prints what a verb has to say: for people to standard output and standard error, or for programs
 * as one document on standard output and nothing else there.
 */
final class Terminal {

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean forPrograms;
  private final ZoneId zone;
  private final Supplier<OptionalInt> width;
  private final Json json = new Json();
  private final Messages messages = Messages.of("cli");

  Terminal(PrintWriter out, PrintWriter err, boolean forPrograms) {
    this(out, err, forPrograms, ZoneId.systemDefault(), OptionalInt::empty);
  }

  /** Creates one that writes local times of {@code zone} and keeps tables within the width. */
  Terminal(
      PrintWriter out,
      PrintWriter err,
      boolean forPrograms,
      ZoneId zone,
      Supplier<OptionalInt> width) {
    this.out = out;
    this.err = err;
    this.forPrograms = forPrograms;
    this.zone = zone;
    this.width = width;
  }

  boolean forPrograms() {
    return forPrograms;
  }

  Json json() {
    return json;
  }

  String text(String key, Object... arguments) {
    return messages.get(key, arguments);
  }

  /** Returns the characters of a line on the terminal; no limit where there is none. */
  int width() {
    return width.get().orElse(Integer.MAX_VALUE);
  }

  /** Returns a point in time as people read it: local, to the second. */
  String time(Instant instant) {
    return SECONDS.format(instant.atZone(zone));
  }

  /**
   * Prints lines for people; nothing with {@code --json}. Steers no terminal, whoever wrote them.
   */
  void say(String lines) {
    if (!forPrograms) {
      out.println(harmless(lines));
      out.flush();
    }
  }

  /** Prints lines on standard error, where they disturb no reader of the output. */
  void note(String lines) {
    err.println(harmless(lines));
    err.flush();
  }

  /**
   * Empties the screen for people, so that what follows stays in place instead of scrolling away.
   */
  void clear() {
    if (!forPrograms) {
      out.print("\u001b[H\u001b[2J");
    }
  }

  // The last gate: names, labels and paths of strangers reach a line on more ways than one.
  private static String harmless(String lines) {
    return lines
        .lines()
        .map(line -> ForeignText.line(line, Integer.MAX_VALUE))
        .collect(Collectors.joining("\n"));
  }

  /** Prints the one document of a verb. */
  void print(ObjectNode document) {
    out.println(json.pretty(document));
    out.flush();
  }

  /** Prints one document of a stream, on a line of its own. */
  void printLine(ObjectNode document) {
    out.println(json.line(document));
    out.flush();
  }

  /** Returns whether the reader of standard output is still there. */
  boolean readerGone() {
    return out.checkError();
  }

  /** Reports a problem that ended a verb before it had an outcome. */
  ExitCode refuse(Problem problem, ExitCode code) {
    printForPrograms(problem, code);
    explain(problem);
    return code;
  }

  /** Does the same, but tells people in one line what it is and what was not changed. */
  void refuseInOneLine(Problem problem, ExitCode code) {
    printForPrograms(problem, code);
    note(text("stop.line", problem.title(), problem.unchanged()));
  }

  private void printForPrograms(Problem problem, ExitCode code) {
    if (forPrograms) {
      ObjectNode document = json.document("problem");
      document.put("exitCode", code.code());
      document.set("problem", json.problem(problem));
      print(document);
    }
  }

  /**
   * Reports the outcome of an operation, with its receipt written by {@code people} or {@code
   * programs}.
   */
  <R> ExitCode report(
      String schema,
      Outcome<R> outcome,
      Function<R, String> people,
      Function<R, ObjectNode> programs) {
    ExitCode code = ExitCode.of(outcome);
    Problem problem = problemOf(outcome);
    R receipt = receiptOf(outcome);
    if (forPrograms) {
      ObjectNode document = json.document(schema);
      document.put("outcome", word(outcome));
      document.put("exitCode", code.code());
      document.set("problem", problem == null ? null : json.problem(problem));
      document.set("receipt", receipt == null ? null : programs.apply(receipt));
      print(document);
    } else if (receipt != null) {
      sayUnlessBlank(people.apply(receipt));
    }
    if (problem != null) {
      explain(problem);
    }
    return code;
  }

  private void sayUnlessBlank(String lines) {
    if (!lines.isBlank()) {
      say(lines);
    }
  }

  private void explain(Problem problem) {
    note(text("problem.title", problem.title(), problem.code()));
    noteUnlessBlank("  ", problem.happened());
    noteUnlessBlank("  ", problem.unchanged());
    noteUnlessBlank("  " + text("problem.next") + " ", problem.nextStep());
    noteUnlessBlank("    ", problem.command());
    noteUnlessBlank("  " + text("problem.detail") + " ", problem.detail());
  }

  private void noteUnlessBlank(String before, @Nullable String text) {
    if (text != null && !text.isBlank()) {
      note(before + text.strip().replace("\n", "\n" + before.replaceAll("\\S", " ")));
    }
  }

  private static String word(Outcome<?> outcome) {
    return switch (outcome) {
      case Outcome.Done<?> done -> "done";
      case Outcome.Failed<?> failed -> "failed";
      case Outcome.Found<?> found -> "found";
      case Outcome.Attention<?> attention -> "attention";
      case Outcome.Refused<?> refused -> "refused";
    };
  }

  private static @Nullable Problem problemOf(Outcome<?> outcome) {
    return switch (outcome) {
      case Outcome.Done<?> done -> null;
      case Outcome.Found<?> found -> null;
      case Outcome.Failed<?> failed -> failed.problem();
      case Outcome.Attention<?> attention -> attention.problem();
      case Outcome.Refused<?> refused -> refused.problem();
    };
  }

  private static <R> @Nullable R receiptOf(Outcome<R> outcome) {
    return switch (outcome) {
      case Outcome.Done<R> done -> done.receipt();
      case Outcome.Found<R> found -> found.receipt();
      case Outcome.Attention<R> attention -> attention.receipt();
      case Outcome.Failed<R> failed -> null;
      case Outcome.Refused<R> refused -> null;
    };
  }
}
