package dev.quayside.backup.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.quayside.backup.BackupScope;
import dev.quayside.backup.drill.DrilledService.Verdict;
import dev.quayside.bed.Bed;
import dev.quayside.bed.BedStack;
import dev.quayside.common.Outcome;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.ContainerId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Drills servers that keep their data in a folder. None of the real ones can be had here: scripts
 * of their names stand in for them, so the way is tried and not what MongoDB, Meilisearch and
 * Qdrant say on it.
 */
@Tag("bed")
class DrillServersBedTest {

  private static final String ANSWER =
      """
      #!/bin/sh
      read -r _ path _
      while read -r line && [ "${line%?}" ]; do :; done
      n=$(wc -l <"$(cat /tmp/data)/docs")
      case $path in
        /health | /readyz) body=ok ;;
        /stats) body='{"indexes":{"a":{"numberOfDocuments":'$n'},"b":{"numberOfDocuments":2}}}' ;;
        /collections) body='{"result":{"collections":[{"name":"a b"}]}}' ;;
        /collections/a%20b) body='{"result":{"status":"green","points_count":'$n'}}' ;;
        *) printf 'HTTP/1.0 404 No\\r\\n\\r\\n'; exit ;;
      esac
      printf 'HTTP/1.0 200 OK\\r\\n\\r\\n%s' "$body"
      """;

  private static final Map<String, Map<String, String>> PROGRAMS =
      Map.of(
          "mongo",
          Map.of(
              "/usr/bin/mongod",
              """
              #!/bin/sh
              [ "$(head -n 1 "$2/WiredTiger")" = WiredTiger ] || { echo 'WT_TRY_SALVAGE: database corruption'; exit 14; }
              echo "$2" >/tmp/data; exec sleep 1000
              """,
              "/usr/bin/mongosh",
              """
              #!/bin/sh
              [ -f /tmp/data ] || exit 1
              case $4 in
                *ping*) exit 0 ;;
                *) echo '{"collections":2,"documents":'$(wc -l <"$(cat /tmp/data)/docs")',"invalid":[]}' ;;
              esac
              """),
          "meilisearch",
          Map.of(
              "/bin/meilisearch",
              "#!/bin/sh\n[ -z \"$MEILI_MASTER_KEY\" ] && echo \"$2\" >/tmp/data && exec nc -ll"
                  + " -p 7700 -e /usr/bin/answer\n",
              "/usr/bin/answer",
              ANSWER),
          "qdrant",
          Map.of(
              "/qdrant/qdrant",
              "#!/bin/sh\necho \"$QDRANT__STORAGE__STORAGE_PATH\" >/tmp/data && exec nc -ll"
                  + " -p 6333 -e /usr/bin/answer\n",
              "/usr/bin/answer",
              ANSWER));

  @TempDir private Path folder;
  private final Bed bed = Bed.required();
  private BedStack stack;
  private DrillWorld world;

  @BeforeEach
  void start() throws Exception {
    StringBuilder compose = new StringBuilder("services:\n");
    for (String image : PROGRAMS.keySet()) {
      make(image);
      compose.append(
          """
            %1$s:
              image: drill/%1$s:1
              stop_signal: SIGKILL
              command: [sleep, '1000']
              volumes: [./%1$s:/data]
          """
              .formatted(image));
    }
    stack = bed.stack(compose.toString(), folder.resolve("stack"));
    write("mongo/WiredTiger", "WiredTiger\nsome version\n");
    write("mongo/docs", "1\n2\n3\n");
    write("mongo/diagnostic.data/metrics", "of no use");
    write("meilisearch/data.ms/VERSION", "1.13.0");
    write("meilisearch/data.ms/docs", "1\n2\n");
    write("qdrant/docs", "1\n");
    write("qdrant/raft_state.json", "{}");
    stack.up();
    world = new DrillWorld(folder.resolve("home"), StepBoundary.none(), bed.environment());
  }

  @AfterEach
  void stop() throws Exception {
    stack.close();
    for (String image : PROGRAMS.keySet()) {
      bed.docker("rmi", "-f", "drill/" + image + ":1");
    }
  }

  private void make(String image) throws Exception {
    String container = bed.docker("create", "quayside-bed/base:1", "sleep", "1").strip();
    for (Map.Entry<String, String> program : PROGRAMS.get(image).entrySet()) {
      Path file = folder.resolve("image").resolve("." + program.getKey());
      Files.createDirectories(file.getParent());
      Files.writeString(file, program.getValue());
      assertThat(file.toFile().setExecutable(true)).isTrue();
    }
    bed.docker("cp", folder.resolve("image") + "/.", container + ":/");
    bed.docker("commit", container, "drill/" + image + ":1");
    bed.docker("rm", container);
  }

  private void write(String name, String text) throws Exception {
    Path file = stack.directory().resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void serversComeUpOnTheirFilesAndAreAskedWhatTheyFound() throws Exception {
    Outcome<DrillReceipt> outcome = world.drill(archive("whole"), Progress.none());

    assertThat(outcome).as("%s", outcome).isInstanceOf(Outcome.Done.class);
    assertThat(evidence(((Outcome.Done<DrillReceipt>) outcome).receipt()))
        .containsOnly(
            Map.entry("mongo", "2 collections found valid, 3 documents read"),
            Map.entry("meilisearch", "2 collections, 4 documents"),
            Map.entry("qdrant", "1 collections, 1 documents"));
  }

  @Test
  void damageFailsAndWhatIsNotUnderstoodIsUnknown() throws Exception {
    write("mongo/WiredTiger", "torn");
    Files.delete(stack.directory().resolve("meilisearch/data.ms/docs"));
    write("qdrant/docs", "");

    Outcome<DrillReceipt> outcome = world.drill(archive("torn"), Progress.none());

    assertThat(outcome).as("%s", outcome).isInstanceOf(Outcome.Found.class);
    List<DrilledService> services = ((Outcome.Found<DrillReceipt>) outcome).receipt().services();
    assertThat(services)
        .extracting(DrilledService::service, DrilledService::verdict)
        .containsExactlyInAnyOrder(
            tuple("mongo", Verdict.FAILED),
            tuple("meilisearch", Verdict.UNKNOWN),
            tuple("qdrant", Verdict.UNKNOWN));
    assertThat(services)
        .extracting(DrilledService::reason)
        .anySatisfy(reason -> assertThat(reason).contains("mongod refused", "WT_TRY_SALVAGE"))
        .anySatisfy(reason -> assertThat(reason).contains("no document"));
  }

  private static Map<String, String> evidence(DrillReceipt receipt) {
    Map<String, String> all = new TreeMap<>();
    for (DrilledService one : receipt.services()) {
      String words = String.join("\n", one.evidence());
      all.put(one.service(), words.substring(words.indexOf(": ") + 2));
    }
    return all;
  }

  private Path archive(String name) throws Exception {
    List<String> services = List.copyOf(PROGRAMS.keySet());
    List<BackupScope.Folder> folders =
        services.stream()
            .map(one -> new BackupScope.Folder(one, stack.directory().resolve(one)))
            .toList();
    List<BackupScope.Service> images = new java.util.ArrayList<>();
    List<BackupScope.Writing> writings = new java.util.ArrayList<>();
    for (String service : services) {
      String[] facts =
          bed.docker("inspect", "-f", "{{.Config.Image}} {{.Image}} {{.Id}}", container(service))
              .strip()
              .split(" ", -1);
      images.add(new BackupScope.Service(service, facts[0], facts[1]));
      writings.add(
          new BackupScope.Writing(
              stack.directory().resolve(service).toString(),
              List.of(new BackupScope.Writer(service, new ContainerId(facts[2])))));
    }
    BackupScope scope =
        new BackupScope(
            "demo", "generic", folders, List.of(), List.of(), images, List.of(), List.of(),
            writings);
    return world.archive(scope, folder.resolve(name), "");
  }

  private String container(String service) {
    return stack.directory().getFileName() + "-" + service + "-1";
  }
}
