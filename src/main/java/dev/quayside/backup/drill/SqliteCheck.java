package dev.quayside.backup.drill;

import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Opens each database of SQLite in a container of the service's image, has it check its own
 * integrity, and counts every table. It is never opened on the host. The image brings the tool:
 * {@code sqlite3}, Python or Node.
 */
final class SqliteCheck implements FileCheck {

  /** How every database file begins (sqlite.org/fileformat2.html, 1.3). */
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

  /** What belongs to a database and has to lie beside it: what is not in it yet, or has to go. */
  private static final List<String> BESIDE = List.of("-wal", "-journal");

  private static final int NO_TOOL = 97;
  private static final Duration CHECK = Duration.ofHours(12);
  private static final int LONGEST_NAME = 120;
  private static final Messages MESSAGES = Messages.of("drill");

  /** Virtual tables need modules that only their own program brings. */
  private static final String TABLES =
      "from sqlite_master where type = 'table' and name not like 'sqlite!_%' escape '!' and sql not"
          + " like 'create virtual%'";

  private static final String COUNTS =
      "select 'select count(*) from \"' || replace(name, '\"', '\"\"') || '\";' " + TABLES + ";";

  private static final String PYTHON =
      """
      import sqlite3, sys
      c = sqlite3.connect(sys.argv[1])
      for r in c.execute("pragma integrity_check").fetchall(): print(r[0])
      for (t,) in c.execute("select name %s").fetchall():
          print(c.execute('select count(*) from "' + t.replace('"', '""') + '"').fetchone()[0])
      """
          .formatted(TABLES);

  private static final String NODE =
      """
      const {DatabaseSync} = require("node:sqlite");
      const d = new DatabaseSync(process.argv[1]);
      for (const r of d.prepare("pragma integrity_check").all()) console.log(r.integrity_check);
      for (const t of d.prepare("select name %s").all())
        console.log(d.prepare('select count(*) n from "' + t.name.replaceAll('"', '""') + '"').get().n);
      """
          .formatted(TABLES);

  /** The file, and the scripts of the three tools. */
  private static final String LOOK =
      """
      if command -v sqlite3 >/dev/null 2>&1; then
        sqlite3 -batch -bail "$0" 'pragma integrity_check' &&
          sqlite3 -batch -bail "$0" "$1" >"$0.counts" && exec sqlite3 -batch -bail "$0" <"$0.counts"
      elif python3 -c 'import sqlite3' 2>/dev/null; then exec python3 -c "$2" "$0"
      elif node -e 'require("node:sqlite")' 2>/dev/null; then exec node -e "$3" "$0"
      else exit 97
      fi
      """;

  /** What programs call such files, and {@link #BESIDE} them. */
  private static final Pattern CALLED = Pattern.compile("(?i).*\\.(db3?|sqlite3?)(-wal)?");

  private final Map<String, String> databases = new LinkedHashMap<>();
  private final List<String> strange = new ArrayList<>();
  private int tables;

  /** Returns whether a program would call a database so. */
  static boolean called(String path) {
    return CALLED.matcher(path).matches();
  }

  @Override
  public @Nullable String place(Trial trial, String path, byte[] head) {
    for (String suffix : BESIDE) {
      if (path.endsWith(suffix)) {
        String database = databases.get(path.substring(0, path.length() - suffix.length()));
        if (database != null) {
          return database + suffix;
        }
      }
    }
    if (!Arrays.equals(head, MAGIC)) {
      if (called(path)) {
        strange.add(path);
      }
      return null;
    }
    String place = FOLDER + "/" + (databases.size() + 1);
    databases.put(path, place);
    return place;
  }

  @Override
  public void look(Trial trial, Inside inside) throws ProblemException, IOException {
    for (Map.Entry<String, String> each : databases.entrySet()) {
      if (!trial.open()) {
        return;
      }
      look(trial, inside, ForeignText.line(each.getKey(), LONGEST_NAME), each.getValue());
    }
    if (!strange.isEmpty()) {
      trial.unknown(
          MESSAGES.get("unknown.no-database", ForeignText.line(strange.getFirst(), LONGEST_NAME)));
    } else if (!databases.isEmpty() && tables == 0) {
      trial.unknown(MESSAGES.get("unknown.empty"));
    }
    trial.completed();
  }

  private void look(Trial trial, Inside inside, String name, String place)
      throws ProblemException, IOException {
    Inside.Answer answer =
        inside.run(CHECK, List.of("sh", "-c", LOOK, place, COUNTS, PYTHON, NODE));
    if (answer.result().exitCode() == NO_TOOL) {
      trial.unknown(MESSAGES.get("unknown.no-sqlite", name));
      return;
    }
    String printed = answer.result().errorOutput();
    List<String> lines = answer.output().lines().toList();
    boolean whole = !lines.isEmpty() && lines.getFirst().equals("ok");
    if (ToolWords.surroundings(printed)) {
      trial.unknown(MESSAGES.get("unknown.surroundings", name, ToolWords.error(printed)));
    } else if (printed.contains("no such ")) {
      // An extension or a collation that only its own program brings.
      trial.unknown(MESSAGES.get("unknown.surroundings", name, ToolWords.last(printed)));
    } else if (!whole || !answer.succeeded()) {
      String words = lines.stream().filter(SqliteCheck::complains).findFirst().orElse(printed);
      trial.failed(MESSAGES.get("failed.tool", "integrity_check", name, ToolWords.last(words)));
    } else {
      List<String> counts = lines.subList(1, lines.size());
      tables += counts.size();
      long rows = counts.stream().mapToLong(Long::parseLong).sum();
      trial.saw(
          MESSAGES.get("saw.sqlite", name, Integer.toString(counts.size()), Long.toString(rows)));
    }
  }

  private static boolean complains(String line) {
    return !line.equals("ok") && !line.startsWith("***");
  }
}
