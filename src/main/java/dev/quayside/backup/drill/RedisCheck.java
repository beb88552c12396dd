package dev.quayside.backup.drill;

import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Starts the Redis server of the service's image on its snapshot and its append-only files, waits
 * until it has loaded them, and counts its keys.
 */
final class RedisCheck implements FileCheck {

  private static final String DATA = FOLDER + "/data/";
  private static final String SNAPSHOT = ".rdb";
  private static final String LOG = ".aof";
  private static final String LOG_FOLDER = "appendonlydir/";
  private static final Duration LOAD = Duration.ofHours(1);
  private static final Pattern KEYS = Pattern.compile("^db[0-9]+:keys=([0-9]+)", Pattern.MULTILINE);
  private static final Messages MESSAGES = Messages.of("drill");

  /** Name of the snapshot, and whether the append-only files count. */
  private static final String LOOK =
      """
      cd %s && s=/tmp/quayside-drill/socket
      redis-server --port 0 --unixsocket "$s" --dir "$PWD" --dbfilename "$0" --save '' \
        --appendonly "$1" >../log 2>&1 &
      until [ "$(redis-cli -s "$s" ping 2>/dev/null)" = PONG ]; do
        kill -0 $! 2>/dev/null || { tail -n 5 ../log >&2; exit 1; }
        sleep 0.2
      done
      redis-cli -s "$s" info keyspace
      """
          .formatted(DATA);

  private final List<String> roots;
  private String snapshot = "dump" + SNAPSHOT;
  private boolean appended;

  RedisCheck(DrillSubject subject) {
    this.roots = FileCheck.roots(subject);
  }

  @Override
  public @Nullable String place(String path, byte[] head) {
    String name = FileCheck.within(roots, path);
    if (name.startsWith(LOG_FOLDER) || name.endsWith(LOG)) {
      appended = true;
      return DATA + name;
    }
    if (name.endsWith(SNAPSHOT) && name.indexOf('/') < 0 && !name.startsWith("temp-")) {
      snapshot = name;
      return DATA + name;
    }
    return null;
  }

  @Override
  public void look(Trial trial, Inside inside) throws ProblemException, IOException {
    Inside.Answer answer =
        inside.run(LOAD, List.of("sh", "-c", LOOK, snapshot, appended ? "yes" : "no"));
    String printed = answer.result().errorOutput();
    String words = ToolWords.last(printed);
    if (!answer.succeeded()) {
      String what = MESSAGES.get("what.redis");
      // A module that the stack loads by its own command is none that the data lacks.
      boolean elsewhere = ToolWords.surroundings(printed) || printed.contains("module");
      if (elsewhere) {
        trial.unknown(MESSAGES.get("unknown.surroundings", what, words));
      } else {
        trial.failed(MESSAGES.get("failed.tool", "redis-server", what, words));
      }
      return;
    }
    long keys = 0;
    for (Matcher each = KEYS.matcher(answer.output()); each.find(); ) {
      keys += Long.parseLong(each.group(1));
    }
    if (keys == 0) {
      trial.unknown(MESSAGES.get("unknown.no-keys"));
      return;
    }
    trial.saw(MESSAGES.get("saw.redis", Long.toString(keys)));
    trial.completed();
  }
}
