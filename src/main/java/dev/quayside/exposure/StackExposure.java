package dev.quayside.exposure;

import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.compose.Compose;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.exposure.ExposureTable.Judged;
import dev.quayside.stack.DeclaredPorts;
import dev.quayside.stack.Stack;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the truth table of one stack. Changes nothing and asks no service. */
public final class StackExposure {

  private final ComposeSource compose;
  private final ListeningSockets listening;
  private final HostSockets host;
  private final ExpectedPorts expected;

  /** Gives Compose when it is first needed. */
  @FunctionalInterface
  public interface ComposeSource {
    /** Returns Compose on the engine in use. */
    Compose get() throws ProblemException;
  }

  /**
   * Creates the operation.
   *
   * @param host what this machine listens on
   * @param expected what the catalogue expects of a stack's ports
   */
  public StackExposure(
      ComposeSource compose, ListeningSockets listening, HostSockets host, ExpectedPorts expected) {
    this.compose = compose;
    this.listening = listening;
    this.host = host;
    this.expected = expected;
  }

  /**
   * Holds the table.
   *
   * @param rows one for each port
   * @param undeclared why the definition is not known; null where it is
   */
  public record Table(List<PortTruth> rows, @Nullable Problem undeclared) {
    /** Makes the list immutable. */
    public Table {
      rows = List.copyOf(rows);
    }

    /** Returns whether a port is reachable beyond this machine without being expected to be. */
    public boolean found() {
      return rows.stream().anyMatch(PortTruth::finding);
    }

    /** Returns whether of some port it could not be told who reaches it. */
    public boolean unknown() {
      return rows.stream().anyMatch(row -> row.exposure() == Exposure.UNKNOWN);
    }
  }

  /**
   * Makes the table.
   *
   * @param containers all containers of the stack
   * @param local whether the engine is on this machine
   */
  public Table table(Stack stack, List<Judged> containers, boolean local) {
    DeclaredPorts declared = null;
    Problem undeclared = null;
    ComposeInvocation invocation = stack.invocation();
    if (invocation == null) {
      undeclared = Messages.of("stack").problem("COMPOSE-FILES-UNKNOWN", stack.name());
    } else {
      try {
        declared = DeclaredPorts.read(compose.get(), invocation);
      } catch (ProblemException unreadable) {
        undeclared = unreadable.problem();
      }
    }
    ExposureTable table =
        new ExposureTable(declared, listening::of, local ? host : null, expected.of(stack));
    return new Table(table.rows(containers, expected.agents(stack)), undeclared);
  }
}
