package dev.quayside.cli;

import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Quantities;
import dev.quayside.engine.EngineFault;
import dev.quayside.secrets.GenerationReceipt;
import dev.quayside.stack.Lifecycle;
import dev.quayside.stack.LifecycleReceipt;
import dev.quayside.stack.LifecycleRequest;
import dev.quayside.stack.ServiceResult;
import dev.quayside.stack.Stack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds the verbs that start, stop and recreate services, and report what each service reached. */
final class LifecycleVerbs {

  private LifecycleVerbs() {}

  /** Makes and starts what is missing or differs from its definition. */
  @Command(name = "up", resourceBundle = "dev.quayside.cli.help")
  static final class Up extends Base {

    @Option(names = "--swap", descriptionKey = "lifecycle.swap")
    private boolean swap;

    @Option(names = "--generate-missing", descriptionKey = "lifecycle.generate-missing")
    private boolean generateMissing;

    Up() {
      super(LifecycleRequest.Action.UP);
    }

    @Override
    LifecycleRequest finished(LifecycleRequest request) {
      return swap ? request.swapping() : request;
    }

    @Override
    @Nullable Outcome<LifecycleReceipt> prepare(Session session, Stack stack, List<String> services)
        throws ProblemException {
      return generateMissing ? against(session.generation().run(stack, services), stack) : null;
    }

    /** Returns what speaks against going on, in the way that it ended; null for nothing. */
    static @Nullable Outcome<LifecycleReceipt> against(
        Outcome<GenerationReceipt> generation, Stack stack) {
      return switch (generation) {
        case Outcome.Done<GenerationReceipt> _, Outcome.Found<GenerationReceipt> _ -> null;
        case Outcome.Attention<GenerationReceipt>(GenerationReceipt receipt, Problem problem) ->
            new Outcome.Attention<>(
                new LifecycleReceipt(
                    LifecycleRequest.Action.UP,
                    stack.name(),
                    List.of(),
                    List.of(),
                    receipt.journalHead()),
                problem);
        case Outcome.Failed<GenerationReceipt>(Problem problem) -> new Outcome.Failed<>(problem);
        case Outcome.Refused<GenerationReceipt>(Problem problem) -> new Outcome.Refused<>(problem);
      };
    }
  }

  /** Stops services. */
  @Command(name = "stop", resourceBundle = "dev.quayside.cli.help")
  static final class Stop extends Base {
    Stop() {
      super(LifecycleRequest.Action.STOP);
    }
  }

  /** Restarts services without applying new settings. */
  @Command(name = "restart", resourceBundle = "dev.quayside.cli.help")
  static final class Restart extends Base {
    Restart() {
      super(LifecycleRequest.Action.RESTART);
    }
  }

  /** Makes services anew from their definition. */
  @Command(name = "recreate", resourceBundle = "dev.quayside.cli.help")
  static final class Recreate extends Base {
    Recreate() {
      super(LifecycleRequest.Action.RECREATE);
    }
  }

  /** Carries what the four verbs share. */
  abstract static class Base extends Verb {

    private final LifecycleRequest.Action action;

    @Parameters(index = "0", paramLabel = "STACK", descriptionKey = "lifecycle.stack")
    private String stack = "";

    @Parameters(index = "1..*", paramLabel = "SERVICE", descriptionKey = "lifecycle.services")
    private List<String> services = new ArrayList<>();

    @Option(
        names = "--patience",
        paramLabel = "SECONDS",
        defaultValue = "180",
        descriptionKey = "lifecycle.patience")
    private int patience;

    @Option(names = "--profile", paramLabel = "P", descriptionKey = "lifecycle.profile")
    private String profile = "";

    Base(LifecycleRequest.Action action) {
      this.action = action;
    }

    @Override
    boolean changes() {
      return true;
    }

    @Override
    final void checkUsage() {
      if (stack.isBlank()) {
        throw usage("usage.stack-blank");
      }
      if (patience < 1) {
        throw usage("usage.patience", patience);
      }
      if (!profile.isEmpty() && !services.isEmpty()) {
        throw usage("usage.profile-and-services");
      }
    }

    /** Adds what only one verb knows. */
    LifecycleRequest finished(LifecycleRequest request) {
      return request;
    }

    /** Does what has to be done before; returns how that ended where it speaks against going on. */
    @Nullable Outcome<LifecycleReceipt> prepare(Session session, Stack stack, List<String> services)
        throws ProblemException {
      return null;
    }

    @Override
    final ExitCode run(Session session, Terminal terminal)
        throws ProblemException, EngineUnreachable {
      Stack found = session.stacks().find(engineOf(session), stack);
      Problem rejected =
          makes() && found.invocation() == null && found.services().isEmpty()
              ? session.pictures().of(found).complaint()
              : null;
      if (rejected != null) {
        return report(terminal, new Outcome.Refused<>(rejected));
      }
      var lifecycle = session.lifecycle();
      LifecycleRequest request = request(lifecycle, found);
      Outcome<LifecycleReceipt> against = prepare(session, found, request.services());
      Outcome<LifecycleReceipt> outcome = against != null ? against : outcome(lifecycle, request);
      return report(terminal, makes() ? placed(session, found, outcome) : outcome);
    }

    private boolean makes() {
      return switch (action) {
        case UP, RECREATE -> true;
        case START, STOP, RESTART -> false;
      };
    }

    /** Says with file and line what Compose rejects; its own last line alone tells no place. */
    private static Outcome<LifecycleReceipt> placed(
        Session session, Stack found, Outcome<LifecycleReceipt> outcome) throws ProblemException {
      if (outcome instanceof Outcome.Failed<LifecycleReceipt>(Problem problem)
          && problem.code().equals(EngineFault.COMPOSE_FAILED.code())) {
        Problem complaint = session.pictures().of(found).complaint();
        return complaint == null ? outcome : new Outcome.Refused<>(complaint);
      }
      return outcome;
    }

    private static ExitCode report(Terminal terminal, Outcome<LifecycleReceipt> outcome) {
      return terminal.report(
          "lifecycle",
          outcome,
          receipt -> text(terminal, receipt),
          receipt -> document(terminal.json(), receipt));
    }

    private LifecycleRequest request(Lifecycle lifecycle, Stack found) throws ProblemException {
      List<String> names = services;
      if (!profile.isEmpty()) {
        names = lifecycle.servicesOf(found, profile, action);
        if (names.isEmpty()) {
          // Without names all services would be meant.
          throw new ProblemException(nothingOf(profile, found.name()));
        }
      }
      return finished(new LifecycleRequest(action, found, names, Duration.ofSeconds(patience)));
    }

    private Outcome<LifecycleReceipt> outcome(Lifecycle lifecycle, LifecycleRequest request)
        throws ProblemException {
      return interruptible().run(progress -> lifecycle.run(request, progress));
    }
  }

  /** Says that a profile without containers cannot be stopped or restarted. */
  private static Problem nothingOf(String profile, String stack) {
    return Messages.of("lifecycle").problem("PROFILE-EMPTY", profile, stack);
  }

  static String text(Terminal terminal, LifecycleReceipt receipt) {
    String notes = String.join("\n", receipt.notes());
    if (receipt.services().isEmpty()) {
      return notes;
    }
    Table table = new Table().row(terminal.text("lifecycle.columns").split("\\|"));
    for (ServiceResult result : receipt.services()) {
      table.row(
          Json.word(result.state()),
          ForeignText.line(result.service(), 40),
          Quantities.duration(result.took()),
          ForeignText.line(result.text(), 100));
    }
    return notes.isEmpty() ? table.text() : table.text() + "\n" + notes;
  }

  static ObjectNode document(Json json, LifecycleReceipt receipt) {
    ObjectNode node = json.object();
    node.put("action", Json.word(receipt.action()));
    node.put("stack", receipt.stack());
    node.set("services", services(json, receipt.services()));
    node.set("notes", json.texts(receipt.notes()));
    node.put("journalHead", receipt.journalHead());
    return node;
  }

  static ArrayNode services(Json json, List<ServiceResult> results) {
    ArrayNode array = json.array();
    for (ServiceResult result : results) {
      ObjectNode one = array.addObject();
      one.put("service", result.service());
      one.put("reached", Json.word(result.state()));
      one.put("asAsked", result.asAsked());
      one.put("text", result.text());
      one.put("tookSeconds", result.took().toMillis() / 1000.0);
    }
    return array;
  }
}
