package dev.quayside.backup;

import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.journal.Intent;
import dev.quayside.journal.JournaledEngine;
import java.io.IOException;
import java.util.List;

/** Asks a running PostgreSQL server what it holds, for those who restore into it. */
public final class PostgresServer {

  private PostgresServer() {}

  /**
   * Describes a database that can be connected to.
   *
   * @param user the role that may do everything on its server
   * @param name its name
   * @param size its size on the server's disk, in bytes
   */
  public record Held(String user, String name, long size) {}

  /** Returns the databases of {@code server}. Blocks. */
  public static List<Held> databases(
      JournaledEngine engine, Intent intent, BackupScope.Postgres server, Progress progress)
      throws ProblemException, IOException {
    return new PostgresDump(engine, intent, server, server.service(), progress)
        .survey().stream().map(one -> new Held(one.user(), one.name(), one.size())).toList();
  }
}
