package dev.quayside.backup.landing;

import dev.quayside.backup.BackupScope;
import dev.quayside.backup.PartStaging;
import dev.quayside.backup.PostgresServer;
import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.Waiting;
import dev.quayside.engine.ExecRequest;
import dev.quayside.engine.ExecResult;
import dev.quayside.journal.Intent;
import dev.quayside.journal.JournaledEngine;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Loads a dump into a new database beside the live one, and exchanges the two names in one
 * transaction, with the tools of the server's own image. No password is given: the tools connect
 * through the server's socket inside its container.
 */
final class DatabaseLanding {

  private static final Duration QUESTION = Duration.ofSeconds(60);
  private static final Duration LOAD = Duration.ofHours(12);
  private static final Duration GLANCE = Duration.ofMillis(100);
  private static final int LONGEST_ERROR = 1000;
  private static final Messages MESSAGES = Messages.of("landing");

  private final JournaledEngine engine;
  private final Intent intent;
  private final BackupScope.Postgres server;
  private final String user;
  private final Set<String> names;
  private final String session;

  private DatabaseLanding(
      JournaledEngine engine,
      Intent intent,
      BackupScope.Postgres server,
      String user,
      Set<String> names,
      String session) {
    this.engine = engine;
    this.intent = intent;
    this.server = server;
    this.user = user;
    this.names = names;
    this.session = session;
  }

  /**
   * Asks {@code server} what it holds. What a kill left running in there for {@code swap} is ended
   * first, or it would rename after we looked.
   */
  static DatabaseLanding on(
      JournaledEngine engine,
      Intent intent,
      BackupScope.Postgres server,
      LandingRecord.DatabaseSwap swap)
      throws ProblemException, IOException {
    seen(engine, intent, server, swap).requireAlone(swap);
    return seen(engine, intent, server, swap); // what was ending by itself may have renamed
  }

  private static DatabaseLanding seen(
      JournaledEngine engine,
      Intent intent,
      BackupScope.Postgres server,
      LandingRecord.DatabaseSwap swap)
      throws ProblemException, IOException {
    List<PostgresServer.Held> held =
        PostgresServer.databases(engine, intent, server, Progress.none());
    Set<String> names = new TreeSet<>();
    held.forEach(one -> names.add(one.name()));
    return new DatabaseLanding(engine, intent, server, held.getFirst().user(), names, swap.fresh());
  }

  /** Ends every session of ours but this one, and waits until it is gone. */
  private void requireAlone(LandingRecord.DatabaseSwap swap) throws ProblemException {
    if (!endedOthers(swap) && !Waiting.until(() -> endedOthers(swap), QUESTION, GLANCE)) {
      throw new ProblemException(
          MESSAGES
              .problem("LANDING-DATABASE-FAILED", server.service(), "psql")
              .withDetail("a session of a restore that was cut off does not end: " + session));
    }
  }

  private boolean endedOthers(LandingRecord.DatabaseSwap swap) throws ProblemException {
    String ended =
        sql(
            admin(swap),
            "select count(pg_terminate_backend(pid)) from pg_stat_activity where pid <>"
                + " pg_backend_pid() and application_name = "
                + literal(session));
    return ended.equals("0");
  }

  /** Makes the new database like the old one and loads the dump; the live one is only asked. */
  void load(LandingRecord.DatabaseSwap swap, Path dump)
      throws ProblemException, IOException, PartStaging.Refusal {
    create(swap);
    try (InputStream input = Files.newInputStream(dump)) {
      fill(
          swap,
          false,
          List.of(
              "pg_restore",
              "--exit-on-error",
              "--no-password",
              "--username=" + user,
              "--dbname=" + connection(swap.fresh())),
          input);
    }
  }

  /** Loads as long as the server's disk holds it. */
  private void fill(
      LandingRecord.DatabaseSwap swap, boolean foreign, List<String> command, InputStream input)
      throws ProblemException, PartStaging.Refusal {
    try (LoadWatch watch =
        LoadWatch.start(
            engine,
            intent,
            server.container(),
            () -> disconnect(swap, swap.fresh(), swap.fresh()))) {
      if (foreign && !watch.sees()) {
        throw new PartStaging.Refusal(
            MESSAGES.problem("LANDING-NO-WATCH", swap.service(), swap.name()));
      }
      ProblemException failed = null;
      try {
        run(command.getFirst(), command, input, OutputStream.nullOutputStream(), LOAD);
      } catch (ProblemException e) {
        failed = e;
      }
      String left = watch.tripped();
      if (left != null) {
        throw new ProblemException(
            MESSAGES
                .problem("LANDING-SERVER-FULL", swap.service(), swap.name(), left)
                .withDetail(failed == null ? "" : failed.problem().detail()));
      }
      if (failed != null) {
        throw failed;
      }
    }
  }

  /**
   * Does the same with a dump that nobody vouches for: a role of its own loads it, which can do
   * nothing outside of the new database, and is gone before anybody uses that.
   *
   * @param functions whether the operator says yes to functions that others' rights reach
   */
  void loadForeign(LandingRecord.DatabaseSwap swap, Path dump, boolean functions)
      throws ProblemException, IOException, PartStaging.Refusal {
    create(swap);
    String role = identifier(swap.fresh());
    String owner =
        sql(
            swap.name(),
            "select quote_ident(pg_get_userbyid(datdba)) from pg_database where datname = "
                + literal(swap.name()));
    sql(
        admin(swap),
        "create role "
            + role
            + " login nosuperuser nocreatedb nocreaterole noreplication nobypassrls",
        "alter database " + role + " owner to " + role);
    sql(swap.fresh(), "alter schema public owner to " + role);
    ForeignTools tools = new ForeignTools(swap.fresh(), connection(swap.fresh()));
    try (InputStream input = new BufferedInputStream(Files.newInputStream(dump))) {
      if (ForeignTools.custom(input)) {
        fill(swap, true, tools.restore(), input);
      } else {
        if (!restricts(swap)) {
          // What our reading of SQL misses would be a command to a program that reads it otherwise.
          throw new PartStaging.Refusal(
              MESSAGES.problem("LANDING-OLD-PSQL", swap.service(), swap.name()));
        }
        fill(swap, true, tools.psql(), ForeignTools.restricted(input));
      }
    }
    // Nothing that the dump set for the database may change how the server reads what follows.
    sql(admin(swap), "alter database " + role + " reset all");
    if (!functions) {
      requireNoReach(swap);
    }
    sql(swap.fresh(), "reassign owned by " + role + " to " + owner, "drop owned by " + role);
    sql(admin(swap), dropRole(swap));
  }

  /**
   * Functions of the dump run with the rights of their owner or of who uses the tables; where those
   * are a superuser's, they reach everything.
   */
  private void requireNoReach(LandingRecord.DatabaseSwap swap)
      throws ProblemException, IOException, PartStaging.Refusal {
    requireNone(swap, "p.prosecdef", "LANDING-DEFINER");
    requireNone(
        swap,
        "(select o.rolsuper from pg_database d join pg_roles o on o.oid = d.datdba where d.datname"
            + " = "
            + literal(swap.name())
            + ")",
        "LANDING-FUNCTIONS");
  }

  private void requireNone(LandingRecord.DatabaseSwap swap, String which, String code)
      throws ProblemException, IOException, PartStaging.Refusal {
    String found =
        sql(
            swap.fresh(),
            "set search_path = pg_catalog",
            "select string_agg(f.oid::regprocedure::text, ', ') from (select p.oid from pg_proc p"
                + " join pg_roles r on r.oid = p.proowner where "
                + which
                + " and r.rolname = "
                + literal(swap.fresh())
                + " order by p.oid limit 5) f");
    if (!found.isEmpty()) {
      throw new PartStaging.Refusal(
          MESSAGES
              .problem(code, swap.service(), swap.name())
              .withDetail(ForeignText.line(found, LONGEST_ERROR)));
    }
  }

  /** Asks the server's own psql whether it can be held to SQL alone; older ones cannot. */
  private boolean restricts(LandingRecord.DatabaseSwap swap) throws ProblemException {
    ExecResult result =
        engine.exec(
            intent,
            new ExecRequest(
                server.container(),
                List.of(
                    "psql",
                    "--no-psqlrc",
                    "--no-password",
                    "--username=" + user,
                    "--dbname=" + connection(admin(swap)),
                    "--command=\\restrict known"),
                Map.of(),
                null,
                null,
                OutputStream.nullOutputStream(),
                QUESTION));
    return result.succeeded();
  }

  private void create(LandingRecord.DatabaseSwap swap)
      throws ProblemException, IOException, PartStaging.Refusal {
    if (!names.contains(swap.name())) {
      throw new PartStaging.Refusal(
          MESSAGES.problem("LANDING-NO-DATABASE", swap.service(), swap.name()));
    }
    String create =
        sql(
            swap.name(),
            "select format('create database %I template template0 owner %I encoding %L"
                + " lc_collate %L lc_ctype %L', "
                + literal(swap.fresh())
                + ", pg_get_userbyid(datdba), pg_encoding_to_char(encoding), datcollate,"
                + " datctype) from pg_database where datname = "
                + literal(swap.name()));
    sql(admin(swap), create);
  }

  /**
   * Exchanges the names; both or none. The new one is a template if the old one is; that stays one
   * as long as it is kept, so that nothing has to be given back to it.
   */
  void forward(LandingRecord.DatabaseSwap swap) throws ProblemException, IOException {
    boolean template = template(swap, swap.name());
    disconnect(swap, swap.name(), swap.fresh());
    List<String> statements = new ArrayList<>();
    statements.add(rename(swap.name(), swap.kept()));
    statements.add(rename(swap.fresh(), swap.name()));
    if (template) {
      statements.add(alter(swap.name(), "is_template true"));
    }
    sql(admin(swap), statements.toArray(String[]::new));
  }

  /**
   * Gives the old database its name back where it has lost it; the new one stays beside it until
   * {@link #clear}, which also shows that it was done.
   *
   * @return false if the new one is in use and the old one is nowhere, because somebody else
   *     dropped it
   */
  boolean back(LandingRecord.DatabaseSwap swap) throws ProblemException, IOException {
    if (!names.contains(swap.kept())) {
      return names.contains(swap.fresh());
    }
    disconnect(swap, swap.name(), swap.kept());
    if (names.contains(swap.name())) {
      drop(swap, swap.fresh());
      sql(admin(swap), rename(swap.name(), swap.fresh()), rename(swap.kept(), swap.name()));
    } else {
      sql(admin(swap), rename(swap.kept(), swap.name()));
    }
    return true;
  }

  /**
   * Drops the new database, which nobody uses, and what loaded it.
   *
   * @throws ProblemException also if the old one is not in its place, so that it is not forgotten
   */
  void clear(LandingRecord.DatabaseSwap swap) throws ProblemException, IOException {
    if (names.contains(swap.kept())) {
      throw new ProblemException(
          MESSAGES.problem("LANDING-OLD-ASIDE", swap.service(), swap.name(), swap.kept()));
    }
    drop(swap, swap.fresh());
    sql(admin(swap), dropRole(swap));
  }

  /** Returns whether the old database is still kept. */
  boolean keeps(LandingRecord.DatabaseSwap swap) throws ProblemException, IOException {
    return names.contains(swap.kept());
  }

  /** Drops the old database, for good. */
  void removeKept(LandingRecord.DatabaseSwap swap) throws ProblemException, IOException {
    drop(swap, swap.kept());
  }

  /** A template is no template any more before: the server drops none. */
  private void drop(LandingRecord.DatabaseSwap swap, String name)
      throws ProblemException, IOException {
    disconnect(swap, name, name);
    if (template(swap, name)) {
      sql(admin(swap), alter(name, "is_template false"));
    }
    sql(admin(swap), "drop database if exists " + identifier(name));
  }

  private boolean template(LandingRecord.DatabaseSwap swap, String name)
      throws ProblemException, IOException {
    return !sql(
            admin(swap),
            "select 1 from pg_database where datistemplate and datname = " + literal(name))
        .isEmpty();
  }

  private void disconnect(LandingRecord.DatabaseSwap swap, String one, String other)
      throws ProblemException, IOException {
    sql(
        admin(swap),
        "select count(pg_terminate_backend(pid)) from pg_stat_activity where pid <>"
            + " pg_backend_pid() and datname in ("
            + literal(one)
            + ", "
            + literal(other)
            + ")");
  }

  /** A database cannot be renamed from inside. */
  private static String admin(LandingRecord.DatabaseSwap swap) {
    return swap.name().equals("postgres") ? "template1" : "postgres";
  }

  private String sql(String database, String... statements) throws ProblemException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "psql",
                "--no-psqlrc",
                "--no-password",
                "--tuples-only",
                "--no-align",
                "--quiet",
                "--set=ON_ERROR_STOP=1",
                "--username=" + user,
                "--dbname=" + connection(database) + " application_name='" + session + "'"));
    if (statements.length > 1) {
      command.add("--single-transaction");
    }
    for (String statement : statements) {
      command.add("--command=" + statement);
    }
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    run("psql", command, null, answer, QUESTION);
    return answer.toString(StandardCharsets.UTF_8).strip();
  }

  private void run(
      String tool,
      List<String> command,
      @Nullable InputStream input,
      OutputStream output,
      Duration patience)
      throws ProblemException {
    ExecResult result =
        engine.exec(
            intent,
            new ExecRequest(server.container(), command, Map.of(), null, input, output, patience));
    if (!result.succeeded()) {
      throw new ProblemException(
          MESSAGES
              .problem("LANDING-DATABASE-FAILED", server.service(), tool)
              .withDetail(
                  ForeignText.line(
                      "status " + result.exitCode() + ": " + result.errorOutput(), LONGEST_ERROR)));
    }
  }

  private static String rename(String from, String to) {
    return alter(from, "rename to " + identifier(to));
  }

  private static String alter(String name, String how) {
    return "alter database " + identifier(name) + " " + how;
  }

  /** The role that loads a foreign dump is called like the new database. */
  private static String dropRole(LandingRecord.DatabaseSwap swap) {
    return "drop role if exists " + identifier(swap.fresh());
  }

  private static String identifier(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static String connection(String database) {
    return "dbname='" + database.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
