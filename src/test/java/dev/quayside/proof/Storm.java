package dev.quayside.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.bed.Bed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Commits to every store of a stack without pause: rows 1, 2, 3 … to PostgreSQL and SQLite, keys to
 * Redis, lines to a file of whatever else has a place of its own. Each writer goes on as soon as
 * its container runs again.
 */
final class Storm implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String PAUSE = "sleep 0.03";
  private static final List<String> DATABASES =
      List.of("/app/backend/data/webui.db", "/home/node/.n8n/database.sqlite");

  private final Bed bed;
  private final CountDownLatch over = new CountDownLatch(1);
  private final List<Thread> writers = new ArrayList<>();
  private final List<Store> stores = new ArrayList<>();
  private final Map<Store, Long> committed = new java.util.LinkedHashMap<>();

  /** What is written to. */
  enum Kind {
    POSTGRES,
    REDIS,
    SQLITE,
    FILE
  }

  /**
   * Describes a store.
   *
   * @param service that it belongs to
   * @param container where it is written to
   * @param place in the container: a file, or a user and database in one word
   * @param source of the mount that the place lies in; empty for PostgreSQL
   * @param below where it lies below that mount
   */
  record Store(
      Kind kind, String service, String container, String place, String source, String below) {}

  private Storm(Bed bed) {
    this.bed = bed;
  }

  /** Starts writing to all that runs of {@code project}, and returns when each store has taken. */
  static Storm over(Bed bed, String project) throws Exception {
    Storm storm = new Storm(bed);
    String label = "label=com.docker.compose.project=" + project;
    for (String id : bed.docker("ps", "-q", "--no-trunc", "--filter", label).lines().toList()) {
      storm.look(id);
    }
    for (Store store : storm.stores) {
      storm.writers.add(Thread.ofVirtual().start(() -> storm.write(store)));
    }
    for (Store store : storm.stores) {
      Bed.await("writing to " + store, PATIENCE, () -> storm.count(store) > 3);
    }
    return storm;
  }

  /** Returns the stores. */
  List<Store> stores() {
    return stores;
  }

  /** Notes what is committed now: no backup that begins later may lack any of it. */
  void note() throws Exception {
    for (Store store : stores) {
      committed.put(store, count(store));
    }
  }

  /** Returns how much of {@code store} was committed when it was noted. */
  long committed(Store store) {
    return committed.get(store);
  }

  private void look(String id) throws Exception {
    JsonNode found = JsonMapper.shared().readTree(bed.docker("inspect", id)).get(0);
    String service = found.at("/Config/Labels/com.docker.compose.service").asString();
    Map<String, String> environment = new TreeMap<>();
    found
        .at("/Config/Env")
        .forEach(one -> {
          String[] pair = one.asString().split("=", 2);
          environment.put(pair[0], pair[1]);
        });
    Map<String, String> mounts = new TreeMap<>();
    found
        .at("/Mounts")
        .forEach(one -> {
          if (one.get("RW").asBoolean()) {
            String name = one.path("Name").asString("");
            mounts.put(
                one.get("Destination").asString(),
                name.isEmpty() ? one.get("Source").asString() : name);
          }
        });
    if (environment.containsKey("PGDATA")) {
      String user = environment.get("POSTGRES_USER");
      String place = user + " " + environment.getOrDefault("POSTGRES_DB", user);
      stores.add(new Store(Kind.POSTGRES, service, id, place, "", ""));
      return;
    }
    if (found.at("/Config/Image").asString().startsWith("redis")) {
      stores.add(new Store(Kind.REDIS, service, id, "", mounts.getOrDefault("/data", ""), ""));
      return;
    }
    for (Map.Entry<String, String> mount : mounts.entrySet()) {
      String source = mount.getValue();
      if (!source.equals("/var/run/docker.sock")) {
        place(id, service, mount.getKey(), source);
      }
    }
  }

  private void place(String id, String service, String target, String source) throws Exception {
    for (String database : DATABASES) {
      if (database.startsWith(target + "/")
          && !tried(id, "sh", "-c", "[ -s " + database + " ] && echo yes").isEmpty()) {
        String below = database.substring(target.length() + 1);
        stores.add(new Store(Kind.SQLITE, service, id, database, source, below));
      }
    }
    String name = "quayside-storm-" + service; // another one may have the same folder
    String file = target + "/" + name;
    if (!tried(id, "sh", "-c", "[ -d " + target + " ] && touch " + file + " && echo yes")
        .isEmpty()) {
      stores.add(new Store(Kind.FILE, service, id, file, source, name));
    }
  }

  private static List<String> script(Store store) {
    String[] database = store.place().split(" ", -1);
    return switch (store.kind()) {
      case POSTGRES ->
          List.of(
              "sh",
              "-c",
              "{ echo 'create table if not exists storm(n bigint primary key, t text);'; while :;"
                  + " do echo \"insert into storm select coalesce(max(n), 0) + 1,"
                  + " md5(random()::text) from storm;\"; "
                  + PAUSE
                  + "; done; } | psql -qX -v ON_ERROR_STOP=1 -U \"$0\" -d \"$1\"",
              database[0],
              database[1]);
      case REDIS ->
          List.of(
              "sh",
              "-c",
              "i=$(redis-cli dbsize | tr -dc 0-9); while :; do i=$((i+1)); echo \"set k$i v\"; "
                  + PAUSE
                  + "; done | redis-cli >/dev/null");
      case SQLITE ->
          List.of(
              "sh",
              "-c",
              "{ echo 'create table if not exists storm(n integer primary key, t text);'; while :;"
                  + " do echo 'insert into storm select coalesce(max(n), 0) + 1,"
                  + " hex(randomblob(60)) from storm;'; "
                  + PAUSE
                  + "; done; } | sqlite3 -cmd '.timeout 3000' \"$0\"",
              store.place());
      case FILE ->
          List.of(
              "sh",
              "-c",
              "i=$(wc -l <\"$0\"); while :; do i=$((i+1)); echo $i >>\"$0\" || exit; echo $i"
                  + " >\"$0.new\"; mv \"$0.new\" \"$0.n\"; "
                  + PAUSE
                  + "; done",
              store.place());
    };
  }

  private void write(Store store) {
    try {
      do {
        Process process = exec(store.container(), script(store));
        while (process.isAlive() && !over.await(100, TimeUnit.MILLISECONDS)) {
          continue;
        }
        process.destroy();
      } while (!over.await(200, TimeUnit.MILLISECONDS));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns how much is committed; 0 while the container does not answer. */
  private long count(Store store) throws Exception {
    String[] database = store.place().split(" ", -1);
    String id = store.container();
    String answer =
        switch (store.kind()) {
          case POSTGRES ->
              tried(
                  id,
                  "psql",
                  "-qXAt",
                  "-U",
                  database[0],
                  "-d",
                  database[1],
                  "-c",
                  "select max(n) from storm");
          case REDIS -> tried(id, "redis-cli", "dbsize");
          case SQLITE ->
              tried(
                  id,
                  "sqlite3",
                  "-cmd",
                  ".timeout 3000",
                  store.place(),
                  "select max(n) from storm");
          case FILE -> tried(id, "sh", "-c", "wc -l <" + store.place());
        };
    String digits = answer.replaceAll("[^0-9]", "");
    return digits.isEmpty() ? 0 : Long.parseLong(digits);
  }

  /**
   * Compares what was restored with what had been committed: not a row, line or key is missing, and
   * none is there without those before it.
   *
   * @param place where the mount of the store was restored, or the dump of its database
   */
  void compare(Store store, Path place) throws Exception {
    String what = store + " of which " + committed(store) + " was committed";
    switch (store.kind()) {
      case POSTGRES -> {
        String user = store.place().split(" ", -1)[0];
        bed.docker("cp", place.toString(), store.container() + ":/tmp/storm.dump");
        String id = store.container();
        bed.docker("exec", id, "createdb", "-U", user, "storm_check");
        bed.docker(
            "exec",
            id,
            "pg_restore",
            "-U",
            user,
            "-d",
            "storm_check",
            "-O",
            "-x",
            "-t",
            "storm",
            "/tmp/storm.dump");
        String query = "select count(*) || ' ' || max(n) from storm";
        String[] rows =
            bed.docker("exec", id, "psql", "-qXAt", "-U", user, "-d", "storm_check", "-c", query)
                .strip()
                .split(" ", -1);
        bed.docker("exec", id, "dropdb", "-U", user, "storm_check");
        assertThat(rows[0]).as(what).isEqualTo(rows[1]);
        assertThat(Long.parseLong(rows[1])).as(what).isGreaterThanOrEqualTo(committed(store));
      }
      case SQLITE -> {
        Path file = place.resolve(store.below());
        assertThat(sqlite(file, "pragma integrity_check")).as(what).isEqualTo("ok");
        String[] rows = sqlite(file, "select count(*), max(n) from storm").split("\\|", -1);
        assertThat(rows[0]).as(what).isEqualTo(rows[1]);
        assertThat(Long.parseLong(rows[1])).as(what).isGreaterThanOrEqualTo(committed(store));
      }
      case FILE -> {
        List<String> lines = Files.readAllLines(place.resolve(store.below()));
        for (int i = 0; i < lines.size(); i++) {
          assertThat(lines.get(i)).as(what).isEqualTo(Integer.toString(i + 1));
        }
        assertThat(lines.size()).as(what).isGreaterThanOrEqualTo((int) committed(store));
        long beside = Long.parseLong(Files.readString(place.resolve(store.below() + ".n")).strip());
        assertThat(lines.size() - beside).as(what + ": one moment").isBetween(0L, 1L);
      }
      case REDIS -> {
        try (Stream<Path> files = Files.list(place)) {
          assertThat(files).as(what).isNotEmpty(); // its keys are counted by the drill
        }
      }
    }
  }

  private static String sqlite(Path file, String query) throws Exception {
    Process process =
        new ProcessBuilder("sqlite3", file.toString(), query).redirectErrorStream(true).start();
    String answer =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return answer;
  }

  private Process exec(String container, List<String> command) throws IOException {
    List<String> words = new ArrayList<>(List.of("docker", "exec", container));
    words.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().putAll(bed.environment());
    return builder
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private String tried(String container, String... command) throws Exception {
    List<String> words = new ArrayList<>(List.of("exec", container));
    words.addAll(List.of(command));
    try {
      return bed.docker(words.toArray(String[]::new)).strip();
    } catch (AssertionError stands) {
      return "";
    }
  }

  @Override
  public void close() throws InterruptedException {
    over.countDown();
    for (Thread writer : writers) {
      writer.join();
    }
  }
}
