package dev.quayside.backup.drill;

import dev.quayside.backup.ArchivePlan;
import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.Quantities;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.ContainerId;
import dev.quayside.journal.Intent;
import dev.quayside.journal.JournaledEngine;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rehearses the restore of one PostgreSQL server: the image it ran on starts on an empty folder,
 * gets the roles and each dump by its own tools, and every row is read back. For one thread.
 */
final class PostgresDrill {

  /** A role that no archive has, so that each role of the archive can be made. */
  private static final String ROLE = "quayside_drill";

  /**
   * The image's entry point first runs a server that listens on no address, to set things up: only
   * the final one answers on the loopback address.
   */
  private static final String UNTIL_READY =
      "until pg_isready --quiet --host=127.0.0.1 --username=" + ROLE + "; do sleep 0.2; done";

  private static final String FREE = "df -Pk \"${PGDATA:-/}\" | tail -n 1";
  private static final int FREE_COLUMN = 3;
  private static final int KIBI = 1024;
  private static final long RESERVE = 256L << 20;

  /** Counts the rows of each table, which reads every one of them; a line each. */
  private static final String COUNT =
      "select format('select count(*) from %I.%I', n.nspname, c.relname) from pg_class c join"
          + " pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'm') and"
          + " c.relispopulated and n.nspname not in ('pg_catalog', 'information_schema') and"
          + " n.nspname !~ '^pg_(toast|temp)' order by 1 \\gexec\n";

  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration QUESTION = Duration.ofMinutes(1);
  private static final Duration RESTORE = Duration.ofHours(12);
  private static final int PASSWORD_BYTES = 24;
  private static final int LONGEST_NAME = 60;
  private static final Messages MESSAGES = Messages.of("drill");

  private final Trial trial;
  private final Throwaways throwaways;
  private final JournaledEngine engine;
  private final Intent intent;
  private final N8nCanary canary;
  private final Progress progress;
  private final StepBoundary steps;
  private @Nullable ContainerId container;
  private @Nullable Inside inside;
  private @Nullable Loading loading;
  private boolean roles;
  private int begun;
  private int databases;
  private long tables;

  PostgresDrill(
      Trial trial,
      Throwaways throwaways,
      JournaledEngine engine,
      Intent intent,
      N8nCanary canary,
      Progress progress,
      StepBoundary steps) {
    this.trial = trial;
    this.throwaways = throwaways;
    this.engine = engine;
    this.intent = intent;
    this.canary = canary;
    this.progress = progress;
    this.steps = steps;
  }

  /** What is being put into the server now. */
  private record Loading(ArchivePlan.Part part, String database, Inside.Feed feed) {}

  Trial trial() {
    return trial;
  }

  /** Starts the server, unless the trial is decided already. */
  void start() throws ProblemException, IOException {
    ContainerId id =
        throwaways.startFor(
            trial, List.of(), Map.of("POSTGRES_USER", ROLE, "POSTGRES_PASSWORD", password()));
    if (id == null) {
      return;
    }
    container = id;
    Inside started = new Inside(engine, intent, id, progress);
    inside = started;
    if (!ready(started)) {
      trial.unknown(MESSAGES.get("unknown.not-started", throwaways.lastWord(id)));
      return;
    }
    steps.reached(DrillStep.READY.label());
    trial.saw(MESSAGES.get("saw.started", String.valueOf(trial.subject().image())));
    requireRoom(started);
  }

  private static String password() {
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  private boolean ready(Inside server) throws ProblemException, IOException {
    try {
      return server.run(START, List.of("sh", "-c", UNTIL_READY)).succeeded();
    } catch (ProblemException e) {
      if (Throwaways.aboutContainer(e)) {
        return false;
      }
      throw e;
    }
  }

  /** Asks the very file system that the server writes to. */
  private void requireRoom(Inside server) throws ProblemException, IOException {
    Inside.Answer answer = server.run(QUESTION, List.of("sh", "-c", FREE));
    String[] columns = answer.output().strip().split("\\s+", -1);
    if (!answer.succeeded() || columns.length <= FREE_COLUMN) {
      return; // an image without these tools: the restore itself will tell
    }
    try {
      long free = Long.parseLong(columns[FREE_COLUMN]) * KIBI;
      long needed = trial.subject().bytes() + RESERVE;
      if (free < needed) {
        trial.unknown(
            MESSAGES.get("unknown.no-room", Quantities.bytes(needed), Quantities.bytes(free)));
      }
    } catch (NumberFormatException otherwise) {
      return; // a df that prints something else
    }
  }

  /** Returns where the content of {@code part} goes; null if it is not wanted any more. */
  @Nullable OutputStream take(ArchivePlan.Part part) throws ProblemException, IOException {
    end();
    Inside server = inside;
    if (server == null || !trial.open()) {
      return null;
    }
    boolean forRoles = part.kind() == ArchivePlan.PartKind.POSTGRES_GLOBALS;
    String database = forRoles ? "" : "d" + ++begun;
    progress.line(trial.subject().name() + ": " + ForeignText.line(part.path(), LONGEST_NAME * 2));
    if (!forRoles && !made(server, database)) {
      return null;
    }
    Inside.Feed feed = server.feed(RESTORE, forRoles ? psql() : restore(database));
    loading = new Loading(part, database, feed);
    return new Unclosed(feed);
  }

  private boolean made(Inside server, String database) throws ProblemException, IOException {
    Inside.Answer answer =
        server.run(
            QUESTION,
            List.of(
                "createdb",
                "--no-password",
                "--username=" + ROLE,
                "--template=template0",
                database));
    if (!answer.succeeded()) {
      trial.unknown(
          MESSAGES.get("unknown.tool", "createdb", ToolWords.error(answer.result().errorOutput())));
    }
    return answer.succeeded();
  }

  private static List<String> psql() {
    return List.of(
        "psql",
        "--no-psqlrc",
        "--no-password",
        "--quiet",
        "--set=ON_ERROR_STOP=1",
        "--username=" + ROLE,
        "--dbname=postgres");
  }

  private static List<String> restore(String database) {
    return List.of(
        "pg_restore",
        "--no-password",
        "--exit-on-error",
        "--username=" + ROLE,
        "--dbname=" + database);
  }

  /** Waits until the server has taken what it was given last, and looks at what came of it. */
  private void end() throws ProblemException, IOException {
    Loading ended = loading;
    Inside server = inside;
    loading = null;
    if (ended == null || server == null) {
      return;
    }
    boolean forRoles = ended.database().isEmpty();
    String what = forRoles ? MESSAGES.get("what.roles") : name(ended.part());
    try (Inside.Feed feed = ended.feed()) {
      Inside.Answer answer = feed.answer();
      if (!answer.succeeded()) {
        refused(forRoles ? "psql" : "pg_restore", what, answer);
        return;
      }
    }
    steps.reached((forRoles ? DrillStep.ROLES_RESTORED : DrillStep.RESTORED).label());
    if (forRoles) {
      roles = true;
      trial.saw(MESSAGES.get("saw.roles"));
    } else {
      readBack(server, ended.database(), what);
    }
  }

  private void readBack(Inside server, String database, String what)
      throws ProblemException, IOException {
    Inside.Answer counted =
        server.run(
            RESTORE,
            COUNT,
            List.of(
                "psql",
                "--no-psqlrc",
                "--no-password",
                "--quiet",
                "--tuples-only",
                "--no-align",
                "--set=ON_ERROR_STOP=1",
                "--username=" + ROLE,
                "--dbname=" + database));
    if (!counted.succeeded()) {
      refused("psql", what, counted);
      return;
    }
    long[] rows = counted.output().lines().mapToLong(PostgresDrill::number).toArray();
    Inside.Answer dumped =
        server.run(
            RESTORE,
            List.of(
                "pg_dump",
                "--no-password",
                "--username=" + ROLE,
                "--dbname=" + database,
                "--file=/dev/null"));
    if (!dumped.succeeded()) {
      refused("pg_dump", what, dumped);
      return;
    }
    long sum = Arrays.stream(rows).sum();
    tables += rows.length;
    databases++;
    trial.saw(MESSAGES.get("saw.database", what, Long.toString(rows.length), Long.toString(sum)));
    canary.look(trial, server, ROLE, database);
  }

  private static long number(String line) {
    try {
      return Long.parseLong(line.strip());
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private void refused(String tool, String what, Inside.Answer answer) {
    String printed = answer.result().errorOutput();
    String words = ToolWords.error(printed);
    if (ToolWords.surroundings(printed)) {
      trial.unknown(MESSAGES.get("unknown.surroundings", what, words));
    } else {
      trial.failed(MESSAGES.get("failed.tool", tool, what, words));
    }
  }

  private String name(ArchivePlan.Part part) {
    String source = part.source();
    return MESSAGES.get(
        "what.database", ForeignText.line(source.substring(source.indexOf('/') + 1), LONGEST_NAME));
  }

  /** Looks at what was put in last, decides, and removes the server. */
  void finish() throws ProblemException, IOException {
    try {
      end();
    } catch (ProblemException e) {
      if (!Throwaways.aboutContainer(e)) {
        throw e;
      }
      trial.unknown(MESSAGES.get("unknown.ended", e.problem().title()));
    }
    if (trial.open() && tables == 0) {
      trial.unknown(MESSAGES.get("unknown.empty"));
    }
    if (roles && databases == dumps()) {
      trial.completed();
    }
    steps.reached(DrillStep.CHECKED.label());
    ContainerId id = container;
    container = null;
    inside = null;
    if (id != null) {
      throwaways.destroy(id);
    }
  }

  private long dumps() {
    return trial.subject().parts().stream()
        .filter(part -> part.kind() == ArchivePlan.PartKind.POSTGRES_DUMP)
        .count();
  }

  /** Gives up the command that runs. */
  void abandon() {
    Loading left = loading;
    loading = null;
    if (left != null) {
      left.feed().close();
    }
  }

  /** Leaves it to {@link #end} to end the input, where the answer is waited for. */
  private static final class Unclosed extends OutputStream {

    private final Inside.Feed feed;

    Unclosed(Inside.Feed feed) {
      this.feed = feed;
    }

    @Override
    public void write(int single) throws IOException {
      feed.write(single);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      feed.write(source, offset, length);
    }
  }
}
