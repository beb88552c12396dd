package dev.quayside.backup;

import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.engine.EngineFault;
import dev.quayside.engine.ExecRequest;
import dev.quayside.engine.ExecResult;
import dev.quayside.journal.Intent;
import dev.quayside.journal.JournaledEngine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Dumps the databases of one PostgreSQL server with the tools of its own image: {@code pg_dump -Fc}
 * for each database, {@code pg_dumpall --globals-only} for roles and their password hashes. Nothing
 * is given a password: the tools connect through the server's socket inside its container, which
 * the official image trusts.
 */
final class PostgresDump {

  private static final Duration QUESTION = Duration.ofSeconds(30);
  private static final Duration DUMP = Duration.ofHours(12);

  /** How long a dump waits for somebody who has locked a table, before it fails and says so. */
  private static final Duration LOCK_PATIENCE = Duration.ofSeconds(60);

  private static final Duration LAST_WORD = Duration.ofSeconds(5);
  private static final Duration GLANCE = Duration.ofMillis(200);
  private static final int LONGEST_ERROR = 1000;
  private static final int LONGEST_NAME = 60;

  /** What an interrupted DROP DATABASE leaves, to which nobody can connect (pg_database). */
  private static final int HALF_DROPPED = -2;

  /** What every server is made with needs no dump; templates that somebody made do. */
  private static final String EVERY_DATABASE =
      "select json_build_object('version', current_setting('server_version'), 'databases',"
          + " (select json_agg(json_build_object('name', datname, 'size',"
          + " pg_database_size(datname), 'open', datallowconn and datconnlimit <> "
          + HALF_DROPPED
          + ") order by datname) from pg_database"
          + " where datname not in ('template0', 'template1')))";

  private static final String NAMES_UNLESS_LINK = "[ -L \"$1\" ] || exec ls -A -1 -- \"$1\"";

  private static final String FAILED = "BACKUP-DUMP-FAILED";
  private static final Messages MESSAGES = Messages.of("backup");

  private final JournaledEngine engine;
  private final Intent intent;
  private final BackupScope.Postgres source;
  private final String name;
  private final Progress progress;

  /**
   * Dumps {@code source}.
   *
   * @param name what the server is called in the archive; no other server there is called so
   * @param progress may be cancelled, also while the server is silent
   */
  PostgresDump(
      JournaledEngine engine,
      Intent intent,
      BackupScope.Postgres source,
      String name,
      Progress progress) {
    this.engine = engine;
    this.intent = intent;
    this.source = source;
    this.name = name;
    this.progress = progress;
  }

  /**
   * Describes a database before it is dumped.
   *
   * @param server what the server is called: the Compose service, numbered if there are several
   * @param service the Compose service
   * @param user the role that dumps
   * @param name its name
   * @param size its size on the server's disk, in bytes
   * @param version version of the server
   * @param open whether the server lets anybody connect to it
   */
  record Database(
      String server,
      String service,
      String user,
      String name,
      long size,
      String version,
      boolean open) {

    /** Returns where its dump lies in an archive. */
    String path() {
      return folder() + "/" + ArchiveName.safe(name) + ".dump";
    }

    /** Returns where the server's roles lie in an archive. */
    String globalsPath() {
      return folder() + "/globals.sql";
    }

    /** Returns the folder of the server in an archive. */
    String folder() {
      return EntryGuard.DATABASES + "/" + ArchiveName.safe(server);
    }
  }

  /**
   * Asks the server what it holds: every database besides the templates it was made with, of which
   * at least one can be connected to.
   */
  List<Database> survey() throws ProblemException, IOException {
    String user = named(source.userFile(), source.user());
    String first = named(source.databaseFile(), source.database());
    String expected = first.isEmpty() ? user : first;
    String list = MESSAGES.get("dump.list");
    String answer =
        ask(
            list,
            List.of(
                "psql",
                "--no-psqlrc",
                "--no-password",
                "--tuples-only",
                "--no-align",
                "--username=" + user,
                "--dbname=" + connection(expected),
                "--command=" + EVERY_DATABASE));
    List<Database> databases = new ArrayList<>();
    try {
      JsonNode root = Json.MAPPER.readTree(answer);
      String version = root.required("version").stringValue();
      for (JsonNode each : root.required("databases")) {
        String name = each.required("name").stringValue();
        long size = each.required("size").longValue();
        boolean open = each.required("open").booleanValue();
        databases.add(new Database(this.name, source.service(), user, name, size, version, open));
      }
    } catch (JacksonException e) {
      throw failed("psql", list, "the server answered: " + answer, e);
    }
    if (databases.stream().noneMatch(one -> one.open() && one.name().equals(expected))) {
      throw failed("psql", list, "the server does not list " + expected, null);
    }
    return databases;
  }

  /** Returns what is in a folder of its container; of a file, its path. */
  List<String> names(String folder) throws ProblemException, IOException {
    return names(folder, List.of("ls", "-A", "-1", "--", folder));
  }

  /** Returns the same as {@link #names}, but nothing of a symbolic link, wherever it leads. */
  List<String> namesUnlessLink(String folder) throws ProblemException, IOException {
    return names(folder, List.of("sh", "-c", NAMES_UNLESS_LINK, "sh", folder));
  }

  private List<String> names(String folder, List<String> command)
      throws ProblemException, IOException {
    String what = MESSAGES.get("dump.names", ForeignText.line(folder, LONGEST_NAME));
    return ask(what, command).lines().filter(name -> !name.isEmpty()).toList();
  }

  /**
   * Returns whether {@code problem} is about this one server, rather than about the engine or the
   * journal.
   */
  static boolean unanswered(Problem problem) {
    return Stream.of(
                EngineFault.ENGINE_REFUSED,
                EngineFault.CONTAINER_GONE,
                EngineFault.PART_MISSING,
                EngineFault.CONTAINER_CONFLICT,
                EngineFault.EXEC_TIMEOUT,
                EngineFault.EXEC_STREAM_FAILED)
            .map(EngineFault::code)
            .anyMatch(problem.code()::equals)
        || problem.code().equals(FAILED);
  }

  /** Returns what the image's entry point reads from {@code file}, where it was given one. */
  private String named(@Nullable String file, String otherwise)
      throws ProblemException, IOException {
    return file == null
        ? otherwise
        : ask(
            MESSAGES.get("dump.name", ForeignText.line(file, LONGEST_NAME)),
            List.of("cat", "--", file));
  }

  /** Names a database so that nothing in its name is taken for another part of a connection. */
  private static String connection(String database) {
    return "dbname='" + database.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** Writes the roles of the server that {@code database} is on into the archive. */
  void writeGlobals(Database database, ArchiveWriter archive) throws ProblemException, IOException {
    stream(
        archive,
        database.globalsPath(),
        MESSAGES.get("dump.roles"),
        List.of(
            "pg_dumpall",
            "--globals-only",
            "--lock-wait-timeout=" + LOCK_PATIENCE.toMillis(),
            "--no-password",
            "--username=" + database.user()));
  }

  /** Writes the dump of one database into the archive. */
  void write(Database database, ArchiveWriter archive) throws ProblemException, IOException {
    stream(
        archive,
        database.path(),
        MESSAGES.get("dump.database", ForeignText.line(database.name(), LONGEST_NAME)),
        List.of(
            "pg_dump",
            "--format=custom",
            "--lock-wait-timeout=" + LOCK_PATIENCE.toMillis(),
            "--no-password",
            "--username=" + database.user(),
            "--dbname=" + connection(database.name())));
  }

  private void stream(ArchiveWriter archive, String path, String what, List<String> command)
      throws ProblemException, IOException {
    SegmentOutput output = archive.stream(path);
    Remembering guarded = new Remembering(output);
    run(what, command, guarded, DUMP);
    if (output.size() == 0) {
      throw failed(command.getFirst(), what, "it wrote nothing", null);
    }
    output.complete();
  }

  private String ask(String what, List<String> command) throws ProblemException, IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    run(what, command, answer, QUESTION);
    return answer.toString(StandardCharsets.UTF_8).strip();
  }

  private void run(String what, List<String> command, OutputStream output, Duration timeout)
      throws ProblemException, IOException {
    ExecResult result = exec(command, output, timeout);
    if (!result.succeeded()) {
      throw failed(
          command.getFirst(),
          what,
          "status " + result.exitCode() + ": " + result.errorOutput(),
          null);
    }
  }

  private ExecResult exec(List<String> command, OutputStream output, Duration timeout)
      throws ProblemException, IOException {
    Remembering guarded = output instanceof Remembering already ? already : new Remembering(output);
    ExecRequest request =
        new ExecRequest(
            source.container(), List.copyOf(command), Map.of(), null, null, guarded, timeout);
    try {
      ExecResult result = watched(request, guarded);
      guarded.rethrow();
      return result;
    } catch (ProblemException e) {
      guarded.rethrow(); // our own failure is the cause, the engine's only the consequence
      throw e;
    }
  }

  /**
   * Runs {@code request} on a thread of its own, for a server that waits for a lock sends nothing
   * by whose arrival a cancel could be noticed.
   */
  private ExecResult watched(ExecRequest request, Remembering output)
      throws ProblemException, IOException {
    FutureTask<ExecResult> task = new FutureTask<>(() -> engine.exec(intent, request));
    Thread worker = Thread.ofVirtual().name("backup-dump").start(task);
    try {
      while (!worker.join(GLANCE)) {
        if (progress.cancelled()) {
          throw new CancelledException();
        }
      }
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while dumping");
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case ProblemException known -> throw known;
        case RuntimeException mistake -> throw mistake;
        case Error error -> throw error;
        case null, default -> throw new IOException(e.getCause());
      }
    } finally {
      output.end();
      if (!task.isDone()) {
        task.cancel(true);
        // Its last word in the journal comes before the outcome.
        joinBriefly(worker);
      }
    }
  }

  private static void joinBriefly(Thread worker) {
    boolean interrupted = Thread.interrupted();
    try {
      boolean _ = worker.join(LAST_WORD);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private ProblemException failed(
      String tool, String what, String detail, @Nullable Throwable cause) {
    var problem =
        MESSAGES
            .problem(FAILED, source.service(), tool, what)
            .withDetail(ForeignText.line(detail, LONGEST_ERROR));
    return cause == null ? new ProblemException(problem) : new ProblemException(problem, cause);
  }

  /** Remembers why writing on our side failed. */
  private static final class Remembering extends OutputStream {

    private final OutputStream target;
    private @Nullable IOException failure;
    private boolean ended;

    Remembering(OutputStream target) {
      this.target = target;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] source, int offset, int length) throws IOException {
      if (ended) {
        throw new IOException("nobody takes it any more");
      }
      try {
        target.write(source, offset, length);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    /** Takes nothing any more, so that the archive is no longer touched by another thread. */
    synchronized void end() {
      ended = true;
    }

    synchronized void rethrow() throws IOException {
      IOException remembered = failure;
      if (remembered != null) {
        throw remembered;
      }
    }
  }
}
