package dev.quayside.cli;

import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Subscription;
import dev.quayside.engine.Connection;
import dev.quayside.engine.EngineSnapshot;
import dev.quayside.exposure.ContainerPorts;
import dev.quayside.exposure.ExposureTable.Judged;
import dev.quayside.exposure.PortTruth;
import dev.quayside.exposure.StackExposure;
import dev.quayside.exposure.probe.ProbeAnswer;
import dev.quayside.exposure.probe.ProbeFinding;
import dev.quayside.exposure.status.StatusSnapshot;
import dev.quayside.stack.Stack;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Shows of each port what is declared, how it is bound, whether anything listens and who reaches
 * it. Ends with 3 if a port is reachable beyond this machine and nothing says that it should be, or
 * a service asked takes anybody and should not; else with 4 and the reasons if anything was not
 * seen or not proven.
 */
@Command(name = "exposure", resourceBundle = "dev.quayside.cli.help")
final class ExposureVerb extends Verb {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int NAME = 40;
  private static final String UNKNOWN = "—";
  private static final Messages PROBES = Messages.of("probes");
  private static final Messages EXPOSURE = Messages.of("exposure");

  @Parameters(arity = "1", paramLabel = "STACK", descriptionKey = "exposure.stack")
  private String stack = "";

  @Option(names = "--probe", descriptionKey = "exposure.probe")
  private boolean probe;

  @Override
  ExitCode run(Session session, Terminal terminal) throws ProblemException, EngineUnreachable {
    EngineSnapshot engine = engineOf(session);
    Stack found = session.stacks().find(engine, stack);
    StatusSnapshot snapshot = judged(session);
    List<Judged> containers =
        snapshot.stacks().stream()
            .filter(each -> each.name().equals(found.name()))
            .flatMap(each -> each.services().stream())
            .map(each ->
                new Judged(
                    each.container(),
                    new ContainerPorts(each.ports(), each.exposure(), each.exposureReason())))
            .toList();
    boolean local =
        snapshot.connection() instanceof Connection.Connected connected
            && connected.engine().local();
    StackExposure.Table table = session.exposure().table(found, containers, local);
    List<ProbeFinding> findings = probe ? session.probes().run(found) : null;
    ExposureVerdict verdict = ExposureVerdict.of(table, inspected(snapshot), findings);
    if (terminal.forPrograms()) {
      terminal.print(
          new ExposureJson(terminal.json())
              .document(found.name(), snapshot.at(), table, findings, verdict));
    } else {
      say(terminal, table, findings);
      verdict.reasons().forEach(terminal::note);
    }
    return verdict.code();
  }

  /** Waits until every container was looked at, so that none is unknown only for being early. */
  private static StatusSnapshot judged(Session session) {
    BlockingQueue<StatusSnapshot> snapshots = new ArrayBlockingQueue<>(1);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (Subscription _ =
        session
            .status()
            .feed()
            .observe(snapshot -> {
              snapshots.poll();
              snapshots.offer(snapshot);
            })) {
      StatusSnapshot newest = snapshots.take();
      while (!inspected(newest) && System.nanoTime() < deadline) {
        StatusSnapshot next = snapshots.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        newest = next == null ? newest : next;
      }
      return newest;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return session.status().feed().latest();
    }
  }

  private static boolean inspected(StatusSnapshot snapshot) {
    return snapshot.complete()
        && snapshot.stacks().stream()
            .flatMap(each -> each.services().stream())
            .allMatch(each -> each.container().facts() != null);
  }

  private static void say(
      Terminal terminal, StackExposure.Table table, @Nullable List<ProbeFinding> findings) {
    terminal.say(
        table.rows().isEmpty() ? terminal.text("exposure.nothing") : ports(terminal, table));
    table.rows().stream()
        .filter(row -> !row.reason().isEmpty())
        .map(row -> terminal.text("exposure.reason", line(row.service()), row.reason()))
        .distinct()
        .forEach(terminal::say);
    if (findings == null) {
      terminal.say(terminal.text("exposure.unprobed"));
      return;
    }
    if (!findings.isEmpty()) {
      terminal.say("");
      terminal.say(answers(terminal, findings));
    }
  }

  private static String ports(Terminal terminal, StackExposure.Table table) {
    Table text = new Table().row(terminal.text("exposure.columns").split("\\|"));
    for (PortTruth row : table.rows()) {
      text.row(
          line(row.service()),
          row.port() == 0 ? UNKNOWN : row.port() + "/" + row.protocol(),
          row.declared() == null
              ? UNKNOWN
              : row.declared().isEmpty()
                  ? terminal.text("exposure.no")
                  : String.join(" ", row.declared()),
          places(row.ipv4()),
          places(row.ipv6()),
          EXPOSURE.get("listens." + Json.word(row.listens())),
          Json.word(row.exposure()),
          row.expected() == null ? UNKNOWN : Json.word(row.expected()),
          row.marks().stream()
              .sorted()
              .map(mark -> EXPOSURE.get("mark." + Json.word(mark)))
              .collect(Collectors.joining(", ")));
    }
    return text.text();
  }

  private static String places(List<String> places) {
    return places.isEmpty() ? UNKNOWN : String.join(" ", places);
  }

  private static String answers(Terminal terminal, List<ProbeFinding> findings) {
    Table text = new Table().row(terminal.text("exposure.probe-columns").split("\\|"));
    for (ProbeFinding finding : findings) {
      text.row(
          line(finding.container().isEmpty() ? finding.service() : finding.container())
              + ":"
              + finding.port(),
          PROBES.get("guard." + Json.word(finding.guard())),
          answer(finding, ProbeAnswer.Credential.NONE),
          answer(finding, ProbeAnswer.Credential.WRONG),
          answer(finding, ProbeAnswer.Credential.RIGHT),
          finding.answers().isEmpty() ? UNKNOWN : finding.answers().getLast().from());
    }
    return text.text();
  }

  private static String answer(ProbeFinding finding, ProbeAnswer.Credential credential) {
    return finding.answers().stream()
        .filter(answer -> answer.credential() == credential)
        .map(answer -> answer.code().isEmpty() ? PROBES.get("answer.none") : answer.code())
        .findFirst()
        .orElse(UNKNOWN);
  }

  private static String line(String foreign) {
    return ForeignText.line(foreign, NAME);
  }
}
