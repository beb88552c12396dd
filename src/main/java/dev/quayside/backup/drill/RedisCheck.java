package dev.quayside.backup.drill;

import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Starts the Redis server of the service's image on its snapshot, waits until it has loaded it, and
 * counts its keys; so with its append-only files. Which of the two the service loads stands in
 * settings that the set need not hold, so where both are there, both have to come back.
 */
final class RedisCheck implements FileCheck {

  private static final String DATA = FOLDER + "/data/";
  private static final String SNAPSHOT = ".rdb";
  private static final String LOG = ".aof";
  private static final String HALF = "temp-";
  private static final String LOG_FOLDER = "appendonlydir/";
  private static final int LONGEST_NAME = 120;
  private static final Duration LOAD = Duration.ofHours(1);
  private static final Pattern KEYS = Pattern.compile("^db[0-9]+:keys=([0-9]+)", Pattern.MULTILINE);
  private static final Messages MESSAGES = Messages.of("drill");

  /** Name of the snapshot, and whether the append-only files count. */
  private static final String LOOK =
      """
      cd %s && s=/tmp/quayside-drill/socket-$1
      redis-server --port 0 --unixsocket "$s" --dir "$PWD" --dbfilename "$0" --save '' \
        --appendonly "$1" >../log 2>&1 &
      until [ "$(redis-cli -s "$s" ping 2>/dev/null)" = PONG ]; do
        kill -0 $! 2>/dev/null || { tail -n 5 ../log >&2; exit 1; }
        sleep 0.2
      done
      redis-cli -s "$s" info keyspace
      told=$?; kill -9 $!; wait; exit $told
      """
          .formatted(DATA);

  private final List<String> roots;
  private final Set<String> snapshots = new LinkedHashSet<>();
  private final Set<String> logs = new LinkedHashSet<>();
  private final Set<String> folders = new HashSet<>();

  RedisCheck(DrillSubject subject) {
    this.roots = FileCheck.roots(subject);
  }

  @Override
  public @Nullable String place(Trial trial, String path, byte[] head) {
    String name = FileCheck.within(roots, path);
    String file = name.substring(name.lastIndexOf('/') + 1);
    int log = ("/" + name).indexOf("/" + LOG_FOLDER);
    boolean snapshot = log < 0 && file.endsWith(SNAPSHOT);
    if (log < 0 && ((!snapshot && !file.endsWith(LOG)) || file.startsWith(HALF))) {
      return null;
    }
    // The files of such a folder are one log together.
    String one = log < 0 ? name : name.substring(0, log + LOG_FOLDER.length());
    String folder = one.substring(0, one.lastIndexOf('/', one.length() - 2) + 1);
    String root = path.substring(0, path.length() - name.length());
    (snapshot ? snapshots : logs).add(one);
    folders.add(root + folder);
    if (snapshots.size() > 1 || logs.size() > 1 || folders.size() > 1) {
      trial.unknown(MESSAGES.get("unknown.several"));
      return null;
    }
    return folder.isEmpty() ? DATA + name : null;
  }

  @Override
  public void look(Trial trial, Inside inside) throws ProblemException, IOException {
    List<String> refused = new ArrayList<>();
    boolean any = false;
    boolean emptyLog = false;
    String snapshot = snapshots.stream().findFirst().orElse("dump" + SNAPSHOT);
    List<String> sets = new ArrayList<>();
    logs.forEach(_ -> sets.add("yes")); // where they are kept, they are mostly what is loaded
    snapshots.forEach(_ -> sets.add("no"));
    for (String appended : sets) {
      String what =
          appended.equals("yes")
              ? MESSAGES.get("what.redis-log")
              : ForeignText.line(snapshot, LONGEST_NAME);
      Inside.Answer answer = inside.run(LOAD, List.of("sh", "-c", LOOK, snapshot, appended));
      String printed = answer.result().errorOutput();
      String words = ToolWords.last(printed);
      if (answer.succeeded()) {
        long keys = keys(answer.output());
        any |= keys > 0;
        emptyLog |= keys == 0 && appended.equals("yes");
        trial.saw(MESSAGES.get("saw.redis", what, Long.toString(keys)));
      } else if (ToolWords.surroundings(printed) || printed.contains("module")) {
        // A module that the stack loads by its own command is none that the data lacks.
        trial.unknown(MESSAGES.get("unknown.surroundings", what, words));
      } else {
        refused.add(MESSAGES.get("failed.tool", "redis-server", what, words));
      }
    }
    if (!refused.isEmpty() && refused.size() == sets.size()) {
      trial.failed(refused.getFirst());
    } else if (!refused.isEmpty()) {
      trial.unknown(MESSAGES.get("unknown.one-refused", refused.getFirst()));
    } else if (emptyLog || !any) {
      // An empty snapshot beside a log with keys is one of before, as the image may leave it.
      trial.unknown(MESSAGES.get("unknown.no-keys"));
    }
    trial.completed();
  }

  private static long keys(String printed) {
    long keys = 0;
    for (Matcher each = KEYS.matcher(printed); each.find(); ) {
      keys += Long.parseLong(each.group(1));
    }
    return keys;
  }
}
