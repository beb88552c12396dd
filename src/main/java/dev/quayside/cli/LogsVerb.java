package dev.quayside.cli;

import dev.quayside.common.ForeignText;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.stack.Stack;
import dev.quayside.stack.logs.LineSearch;
import dev.quayside.stack.logs.LogFilter;
import dev.quayside.stack.logs.LogLine;
import dev.quayside.stack.logs.LogQuery;
import dev.quayside.stack.logs.LogSource;
import dev.quayside.stack.logs.MergedLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Prints the logs of a stack's services merged by time. */
@Command(name = "logs", resourceBundle = "dev.quayside.cli.help")
final class LogsVerb extends Verb {

  private static final int LONGEST_NAME = 40;

  @Parameters(index = "0", paramLabel = "STACK", descriptionKey = "logs.stack")
  private String stack = "";

  @Parameters(index = "1..*", paramLabel = "SERVICE", descriptionKey = "logs.services")
  private List<String> services = new ArrayList<>();

  @Option(
      names = {"--follow", "-f"},
      descriptionKey = "logs.follow")
  private boolean follow;

  @Option(names = "--grep", paramLabel = "RE", descriptionKey = "logs.grep")
  private @Nullable String grep;

  @Option(names = "--errors", descriptionKey = "logs.errors")
  private boolean errors;

  @Option(names = "--tail", paramLabel = "N", defaultValue = "200", descriptionKey = "logs.tail")
  private int tail;

  @Override
  void checkUsage() {
    if (tail < -1) {
      throw usage("usage.tail", tail);
    }
  }

  @Override
  ExitCode run(Session session, Terminal terminal) throws ProblemException, EngineUnreachable {
    Stack found = session.stacks().find(engineOf(session), stack);
    if (found.services().isEmpty()) {
      terminal.note(terminal.text("logs.no-containers", found.name()));
      return ExitCode.PROVEN;
    }
    found.requireServices(services);
    Set<String> wanted = services.isEmpty() ? null : Set.copyOf(services);
    LogFilter filter = new LogFilter(null, search(), errors);
    CountDownLatch ended = new CountDownLatch(1);
    AtomicBoolean readerGone = new AtomicBoolean();
    LogQuery query = new LogQuery(found.name(), wanted, tail, null, follow);
    try (MergedLog log =
        session.log(
            query,
            lines -> {
              lines.stream().filter(filter).forEach(line -> print(terminal, line));
              if (terminal.readerGone() && readerGone.compareAndSet(false, true)) {
                ended.countDown();
              }
            })) {
      log.ended()
          .observe(over -> {
            if (over) {
              ended.countDown();
            }
          });
      ended.await();
      ExitCode read = unread(log, terminal);
      if (filter.tooCostly()) {
        terminal.note(terminal.text("logs.too-costly"));
        return ExitCode.ATTENTION;
      }
      return read;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    }
  }

  private @Nullable LineSearch search() throws ProblemException {
    return grep == null || grep.isEmpty() ? null : LineSearch.of(grep, true);
  }

  private static void print(Terminal terminal, LogLine line) {
    if (terminal.forPrograms()) {
      ObjectNode document = terminal.json().document("log-line");
      Json.put(document, "at", line.at());
      document.put("service", line.service());
      document.put("container", line.container().value());
      document.put("stream", line.standardError() ? "stderr" : "stdout");
      document.put("severity", Json.word(line.severity()));
      document.put("text", line.text());
      document.put("cut", line.cut());
      terminal.printLine(document);
    } else {
      // A service is named by a label, which may hold line breaks.
      String service = ForeignText.line(line.service(), LONGEST_NAME);
      terminal.say(line.at() + " " + service + " | " + line.text());
    }
  }

  private static ExitCode unread(MergedLog log, Terminal terminal) {
    List<String> failed = new ArrayList<>();
    for (LogSource source : log.sources().latest()) {
      Problem problem = source.problem();
      if (problem != null) {
        failed.add(ForeignText.line(source.service(), LONGEST_NAME) + ": " + problem.title());
      }
    }
    Problem lost = log.lost();
    if (lost != null) {
      failed.add(lost.title());
    }
    failed.forEach(terminal::note);
    return failed.isEmpty() ? ExitCode.PROVEN : ExitCode.ATTENTION;
  }
}
