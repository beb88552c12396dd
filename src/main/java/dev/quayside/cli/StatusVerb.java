package dev.quayside.cli;

import dev.quayside.common.ProblemException;
import dev.quayside.common.Subscription;
import dev.quayside.engine.Connection;
import dev.quayside.exposure.status.Pace;
import dev.quayside.exposure.status.StatusFeed;
import dev.quayside.exposure.status.StatusSnapshot;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows engine, host, GPUs and every service, once or over and over. */
@Command(name = "status", resourceBundle = "dev.quayside.cli.help")
final class StatusVerb extends Verb {

  /** Rates need two sweeps; a machine under load gets a little longer. */
  private static final Duration PATIENCE = Duration.ofSeconds(6);

  @Parameters(arity = "0..1", paramLabel = "STACK", descriptionKey = "status.stack")
  private @Nullable String stack;

  @Option(names = "--watch", descriptionKey = "status.watch")
  private boolean watch;

  @Override
  ExitCode run(Session session, Terminal terminal) throws ProblemException, EngineUnreachable {
    if (stack != null) {
      // The operator's name for it may be another than that of its Compose project.
      stack = session.stacks().find(engineOf(session), stack).name();
    } else {
      engineOf(session);
    }
    StatusFeed feed = session.status();
    feed.pace(Pace.VISIBLE);
    BlockingQueue<StatusSnapshot> snapshots = new ArrayBlockingQueue<>(1);
    try (Subscription _ =
        feed.feed()
            .observe(snapshot -> {
              snapshots.poll();
              snapshots.offer(snapshot);
            })) {
      return watch ? follow(snapshots, terminal) : once(snapshots, terminal);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    }
  }

  private ExitCode once(BlockingQueue<StatusSnapshot> snapshots, Terminal terminal)
      throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    StatusSnapshot newest = snapshots.take();
    while (!Measured.fully(newest) && System.nanoTime() < deadline) {
      StatusSnapshot next = snapshots.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      newest = next == null ? newest : next;
    }
    if (terminal.forPrograms()) {
      terminal.print(new StatusJson(terminal.json()).document(newest, stack));
    } else {
      terminal.say(new StatusTable(terminal).text(newest, stack));
    }
    // What was shown is what was known before, and who asks by the code must learn that.
    return newest.connection() instanceof Connection.Lost ? ExitCode.UNREACHABLE : ExitCode.PROVEN;
  }

  private ExitCode follow(BlockingQueue<StatusSnapshot> snapshots, Terminal terminal)
      throws InterruptedException {
    StatusJson programs = new StatusJson(terminal.json());
    StatusTable people = new StatusTable(terminal);
    while (!terminal.readerGone()) {
      StatusSnapshot snapshot = snapshots.take();
      if (terminal.forPrograms()) {
        terminal.printLine(programs.document(snapshot, stack));
      } else {
        terminal.clear();
        terminal.say(people.text(snapshot, stack));
      }
    }
    return ExitCode.PROVEN;
  }
}
