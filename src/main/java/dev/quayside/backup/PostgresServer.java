package dev.quayside.backup;

import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.journal.Intent;
import dev.quayside.journal.JournaledEngine;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/** Asks a running PostgreSQL server what it holds, for those who restore into it. */
public final class PostgresServer {

  private static final String KEPT = "quayside_before_";
  private static final String FRESH = "quayside_new_";
  private static final Pattern OURS =
      Pattern.compile("(?:" + KEPT + "|" + FRESH + ")[0-9a-f]{8}_[0-9]+");

  private PostgresServer() {}

  /** Returns what a database is called that is kept until a restore is accepted. */
  public static String keptName(String mark) {
    return KEPT + mark;
  }

  /** Returns what a database is called that is not in use yet. */
  public static String freshName(String mark) {
    return FRESH + mark;
  }

  /** Returns whether a database is one of these, and so no part of its stack. */
  public static boolean ours(String name) {
    return OURS.matcher(name).matches();
  }

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
        .survey().stream()
            .filter(PostgresDump.Database::open)
            .map(one -> new Held(one.user(), one.name(), one.size()))
            .toList();
  }
}
