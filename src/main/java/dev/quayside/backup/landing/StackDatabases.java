package dev.quayside.backup.landing;

import dev.quayside.backup.BackupScope;
import dev.quayside.backup.PostgresServer;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.journal.Intent;
import dev.quayside.stack.Stack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Asks the servers of a stack what a dump can take the place of. */
public final class StackDatabases {

  private static final String ACTION = "backup.databases";

  private final LandingParts parts;

  /** Makes the operation. */
  public StackDatabases(LandingParts parts) {
    this.parts = parts;
  }

  /**
   * Names a database that a server has.
   *
   * @param service the service of the server
   * @param name its name
   * @param bytes its size on the server's disk
   */
  public record Held(String service, String name, long bytes) {}

  /**
   * Returns every database of {@code stack} that can be connected to, server by server. Blocks. The
   * question runs inside the servers' containers, so it is in the journal.
   *
   * @throws ProblemException if a server does not answer
   */
  public List<Held> of(Stack stack) throws ProblemException {
    List<BackupScope.Postgres> servers = new LiveStack(parts).servers(stack);
    if (servers.isEmpty()) {
      return List.of();
    }
    Intent intent = parts.journal().begin(ACTION, stack.name(), Map.of());
    try {
      List<Held> all = new ArrayList<>();
      for (BackupScope.Postgres server : servers) {
        PostgresServer.databases(parts.control().get(), intent, server, Progress.none()).stream()
            .filter(one -> !PostgresServer.ours(one.name()))
            .forEach(one -> all.add(new Held(server.service(), one.name(), one.size())));
      }
      intent.done(Map.of("databases", Integer.toString(all.size())));
      return all;
    } catch (ProblemException e) {
      intent.failed(Map.of("problem", e.problem().code()));
      throw e;
    } catch (IOException e) {
      ProblemException unread = new ProblemException(StackRestore.unreadable(stack.name(), e), e);
      intent.failed(Map.of("problem", unread.problem().code()));
      throw unread;
    }
  }
}
