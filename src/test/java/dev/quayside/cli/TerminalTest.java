package dev.quayside.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.stack.LifecycleReceipt;
import dev.quayside.stack.LifecycleRequest;
import dev.quayside.stack.ServiceResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TerminalTest {

  private static final Problem PROBLEM =
      new Problem("X-Y", "title", "what", "nothing", "do", "cmd", "detail");
  private static final LifecycleReceipt RECEIPT =
      new LifecycleReceipt(
          LifecycleRequest.Action.UP,
          "demo",
          List.of(
              new ServiceResult("web", ServiceResult.Reached.HEALTHY, "ok", Duration.ofSeconds(2))),
          List.of(),
          "0".repeat(64));

  static Stream<Arguments> outcomes() {
    return Stream.of(
        Arguments.of(new Outcome.Done<>(RECEIPT), 0),
        Arguments.of(new Outcome.Failed<LifecycleReceipt>(PROBLEM), 1),
        Arguments.of(new Outcome.Found<>(RECEIPT), 3),
        Arguments.of(new Outcome.Attention<>(RECEIPT, PROBLEM), 4),
        Arguments.of(new Outcome.Refused<LifecycleReceipt>(PROBLEM), 5));
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void everyOutcomeHasItsExitCodeAndOneValidDocument(Outcome<LifecycleReceipt> outcome, int code) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), true);
    ExitCode exit =
        terminal.report(
            "lifecycle",
            outcome,
            receipt -> LifecycleVerbs.text(terminal, receipt),
            receipt -> LifecycleVerbs.document(terminal.json(), receipt));
    assertThat(exit.code()).isEqualTo(code);
    assertThat(Schemas.faults(out.toString())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void peopleReadTheReceiptOnOutputAndTheProblemOnError(
      Outcome<LifecycleReceipt> outcome, int code) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), false);
    ExitCode exit =
        terminal.report(
            "lifecycle",
            outcome,
            receipt -> LifecycleVerbs.text(terminal, receipt),
            receipt -> LifecycleVerbs.document(terminal.json(), receipt));
    assertThat(exit.code()).isEqualTo(code);
    boolean hasReceipt = code == 0 || code == 3 || code == 4;
    boolean hasProblem = code == 1 || code == 4 || code == 5;
    assertThat(out.toString().contains("healthy")).isEqualTo(hasReceipt);
    assertThat(err.toString().contains("X-Y")).isEqualTo(hasProblem);
    assertThat(err.toString().contains("    cmd")).isEqualTo(hasProblem);
  }
}
