package dev.quayside.cli;

import dev.quayside.backup.schedule.BuiltInTimer;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Subscription;
import dev.quayside.engine.Connection;
import dev.quayside.exposure.status.Pace;
import dev.quayside.exposure.status.StatusFeed;
import dev.quayside.exposure.status.StatusSnapshot;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/**
 * Samples without a window, sparingly, until it is ended; says when the connection or a service's
 * state changes.
 */
@Command(name = "watch", resourceBundle = "dev.quayside.cli.help")
final class WatchVerb extends Verb {

  @Override
  ExitCode run(Session session, Terminal terminal) throws ProblemException, EngineUnreachable {
    engineOf(session);
    StatusFeed feed = session.status();
    feed.pace(Pace.HIDDEN);
    BlockingQueue<StatusSnapshot> snapshots = new ArrayBlockingQueue<>(1);
    try (BuiltInTimer backups = session.backupTimer();
        Subscription _ =
            feed.feed()
                .observe(snapshot -> {
                  snapshots.poll();
                  snapshots.offer(snapshot);
                })) {
      backups.start();
      StatusJson programs = new StatusJson(terminal.json());
      Changes changes = new Changes(terminal);
      while (!terminal.readerGone()) {
        StatusSnapshot snapshot = snapshots.take();
        if (terminal.forPrograms()) {
          terminal.printLine(programs.document(snapshot, null));
        } else {
          changes.say(snapshot);
        }
      }
      return ExitCode.PROVEN;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    }
  }

  /** Says what is different from the snapshot before. */
  private static final class Changes {

    private final Terminal terminal;
    private @Nullable StatusSnapshot before;

    Changes(Terminal terminal) {
      this.terminal = terminal;
    }

    void say(StatusSnapshot now) {
      if (before == null || before.connection().getClass() != now.connection().getClass()) {
        terminal.say(terminal.time(now.at()) + " " + connection(now.connection()));
      }
      if (before != null) {
        ServiceChanges.between(before, now)
            .forEach(line -> terminal.say(terminal.time(now.at()) + " " + line));
      }
      before = now;
    }

    private String connection(Connection connection) {
      return switch (connection) {
        case Connection.Connecting connecting -> terminal.text("watch.connecting");
        case Connection.Connected connected ->
            terminal.text("watch.connected", connected.engine().endpoint());
        case Connection.Lost lost -> terminal.text("watch.lost", lost.problem().title());
      };
    }
  }
}
