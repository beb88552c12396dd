package dev.quayside.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.bed.Bed;
import dev.quayside.bed.BedStack;
import dev.quayside.common.StepBoundary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Saves, as uid 12345 in group {@code docker}, a named volume and a folder of uid 999 with mode
 * 0700 while something writes to both without pause: the writer stands still for the copy, so that
 * what it wrote fits together, and runs again afterwards, also where the backup was killed.
 */
@Tag("bed")
class CaptureProofTest {

  /** Writes the same number to a folder and to a volume, one after the other, as fast as it can. */
  private static final String COMPOSE =
      """
      services:
        writer:
          image: quayside-bed/base:1
          command:
            - sh
            - -c
            - 'trap "exit 0" TERM; i=0; while :; do i=$$((i+1)); echo $$i >/own/n; echo $$i >/vol/n; done'
          volumes: [./own:/own, ./own/static:/own/static, kept:/vol, ./open:/open:ro]
        idle:
          image: quayside-bed/base:1
          stop_signal: SIGKILL
          command: [sleep, '1000']
          volumes: [kept:/vol:ro, ./own/static:/static:ro]
      volumes: {kept: {}}
      """;

  private static final int FOREIGN = 999;

  @TempDir private Path folder;
  @TempDir private Path shared;
  private final Bed bed = Bed.required();
  private Operator operator;
  private BedStack stack;
  private String name;
  private Path target;
  private Path words;

  @BeforeEach
  void start() throws Exception {
    operator = Operator.unprivileged(bed, shared);
    stack = bed.stack(COMPOSE, folder);
    name = stack.directory().getFileName().toString();
    Path own = Files.createDirectory(stack.directory().resolve("own"));
    Files.createDirectory(own.resolve("static"));
    Files.writeString(Files.createDirectory(stack.directory().resolve("open")).resolve("x"), "x");
    target = Files.createDirectory(folder.resolve("target"));
    words = Files.writeString(folder.resolve("words"), "open sesame\n");
    operator.own(folder);
    Files.setAttribute(own, "unix:uid", FOREIGN);
    Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwx------"));
    stack.up();
    Bed.await(
        "both files",
        java.time.Duration.ofSeconds(20),
        () ->
            bed.docker("exec", id("writer"), "sh", "-c", "cat /vol/n || true").strip().length()
                > 0);
  }

  @AfterEach
  void stop() throws Exception {
    stack.close();
  }

  @Test
  void whatIsWrittenToStandsStillAndIsSavedWhole() throws Exception {
    String writer = id("writer");
    String idle = started("idle");

    JsonNode made = create(0);

    assertThat(made.get("receipt").get("complete").asBoolean()).isTrue();
    assertThat(id("writer")).isEqualTo(writer);
    assertThat(started("idle")).as("what does not write is left alone").isEqualTo(idle);
    assertThat(bed.docker("inspect", "-f", "{{.State.Running}}", writer).strip()).isEqualTo("true");
    Path archive = Path.of(made.get("receipt").get("archive").asString());
    JsonNode plan =
        operator
            .document(
                0,
                "",
                "backup",
                "preview",
                archive.toString(),
                "--passphrase-file",
                words.toString())
            .get("plan");
    List<String> parts =
        plan.get("parts")
            .valueStream()
            .map(part ->
                part.get("path").asString()
                    + " "
                    + part.get("kind").asString()
                    + " "
                    + part.get("consistency").asString()
                    + " "
                    + part.get("service").asString())
            .toList();
    assertThat(parts)
        .contains(
            "volumes/" + name + "_kept volume still writer",
            "files/own folder still writer",
            "files/open folder still ")
        .as("what lies in a larger folder is saved with it, once")
        .noneMatch(part -> part.contains("static"));
    Path restored = folder.resolve("target/restored");
    Operator.Answer answer =
        operator.run(
            "backup",
            "restore",
            archive.toString(),
            "--to",
            restored.toString(),
            "--passphrase-file",
            words.toString());
    assertThat(answer.exitCode()).as(answer.errors()).isEqualTo(4);
    assertThat(answer.errors()).contains("only root may give files away");
    long own = number(restored.resolve("files/own/n"));
    long volume = number(restored.resolve("volumes/" + name + "_kept/n"));
    assertThat(own - volume).isBetween(0L, 1L);
  }

  @Test
  void withoutStoppingTheCopyIsSaidToBeTorn() throws Exception {
    String before = started("writer");

    JsonNode made = create(4, "--no-stop");

    assertThat(started("writer")).isEqualTo(before);
    assertThat(made.get("receipt").get("unsure").valueStream().map(JsonNode::asString))
        .containsExactlyInAnyOrder(name + "_kept", stack.directory().resolve("own").toString());
    assertThat(made.get("problem").get("code").asString()).isEqualTo("BACKUP-INCOMPLETE");
  }

  @Test
  void whoElseWritesIsNamedAndWhoSharesItsNetworkKeepsIt() throws Exception {
    String stranger = name + "-stranger";
    String sharer = name + "-sharer";
    run(stranger, "-v", name + "_kept:/x");
    run(sharer, "--network", "container:" + id("writer"));
    try {
      JsonNode made = create(4);

      assertThat(made.get("receipt").get("changed").valueStream().map(JsonNode::asString))
          .singleElement()
          .asString()
          .contains(name + "_kept")
          .contains(stranger);
      assertThat(made.get("receipt").get("unsure").valueStream().map(JsonNode::asString))
          .containsExactly(name + "_kept");
      assertThat(network(sharer)).isEqualTo(network(id("writer")));
    } finally {
      bed.docker("rm", "-f", stranger, sharer);
    }
  }

  @Test
  void whatTheEngineWouldRemoveIsNotStopped() throws Exception {
    String sharer = name + "-sharer";
    run(sharer, "--rm", "--network", "container:" + id("writer"));
    String before = started("writer");
    try {
      Operator.Answer answer = create();

      assertThat(answer.exitCode()).as(answer.errors()).isEqualTo(1);
      assertThat(answer.errors()).contains(sharer).contains("--rm");
      assertThat(started("writer")).isEqualTo(before);
      assertThat(network(sharer)).isEqualTo(network(id("writer")));
      assertThat(target).isEmptyDirectory();
    } finally {
      bed.docker("rm", "-f", sharer);
    }
  }

  @Test
  void whatAServiceWithoutAContainerKeepsIsMissing() throws Exception {
    stack.compose("rm", "-sf", "writer");

    JsonNode made = create(4);

    assertThat(made.get("receipt").get("unread").valueStream())
        .singleElement()
        .satisfies(one -> {
          assertThat(one.get("path").asString()).isEqualTo("writer");
          assertThat(one.get("reason").asString())
              .contains(stack.directory().resolve("own").toString())
              .doesNotContain("kept");
        });
  }

  private void run(String container, String... how) throws Exception {
    List<String> words =
        new java.util.ArrayList<>(
            List.of("run", "-d", "--name", container, "--stop-signal", "SIGKILL"));
    words.addAll(List.of(how));
    words.addAll(List.of("quayside-bed/base:1", "sleep", "1000"));
    bed.docker(words.toArray(String[]::new));
  }

  private String network(String container) throws Exception {
    return bed.docker("exec", container, "readlink", "/proc/self/ns/net").strip();
  }

  @Test
  void whatAKilledBackupStoppedRunsAgainAfterTheNextStart() throws Exception {
    String writer = id("writer");
    Operator.Answer killed =
        operator.runWith(
            Map.of(
                "JAVA_TOOL_OPTIONS",
                "-D" + StepBoundary.HALT_PROPERTY + "=backup.standstill.stopped"),
            "backup",
            "create",
            name,
            "--to",
            target.toString(),
            "--passphrase-file",
            words.toString());
    assertThat(killed.exitCode()).as(killed.errors()).isEqualTo(StepBoundary.HALT_STATUS);
    assertThat(bed.docker("inspect", "-f", "{{.State.Running}}", writer).strip())
        .isEqualTo("false");

    Operator.Answer next = create();

    assertThat(next.exitCode()).as(next.errors()).isZero();
    assertThat(next.errors()).contains("writer of " + name + ", which a backup had stopped");
    assertThat(bed.docker("inspect", "-f", "{{.State.Running}}", writer).strip()).isEqualTo("true");
    try (var files = Files.list(target)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(file -> file.startsWith("."));
    }
  }

  @Test
  void aPlainUserRestoresOverFoldersOfOthersAndVolumes() throws Exception {
    inside(
        "echo saved >/own/mark; echo saved >/own/static/mark; echo saved >/vol/mark; chown 7:8"
            + " /own/mark; chmod 640 /own/mark");
    Path archive = Path.of(create(0).get("receipt").get("archive").asString());
    String live =
        "rm /own/mark; echo live >/own/static/mark; echo live >/vol/mark; echo live >/own/later;"
            + " echo live >/vol/.later";
    inside(live);

    JsonNode restored = restore(0);

    assertThat(restored.at("/receipt/mounts").valueStream().map(JsonNode::asString))
        .containsExactlyInAnyOrder(name + "_kept", stack.directory().resolve("own").toString());
    assertThat(
            inside("stat -c '%u:%g %a' /own /own/mark; cat /own/mark /vol/mark; ls -A /own /vol"))
        .isEqualTo(
            "999:12345 700\n7:8 640\nsaved\nsaved\n/own:\n.quayside-before-X\nmark\nn\nstatic\n\n"
                + "/vol:\n.quayside-before-X\nmark\nn\n");
    String seen = bed.docker("exec", id("idle"), "cat", "/static/mark").strip();
    assertThat(seen).as("a folder inside of the other, mounted by itself").isEqualTo("saved");
    assertThat(create(0).at("/receipt/unread").size()).as("what is kept is not saved").isZero();

    assertThat(operator.document(0, "", "backup", "undo", name).at("/receipt/state").asString())
        .isEqualTo("undone");
    String undone = inside("ls -A /own /vol; cat /vol/mark");
    assertThat(undone).isEqualTo("/own:\nlater\nn\nstatic\n\n/vol:\n.later\nmark\nn\nlive\n");

    restore(0);
    var _ = operator.document(0, "", "backup", "accept", name);
    assertThat(inside("ls -A /own /vol")).isEqualTo("/own:\nmark\nn\nstatic\n\n/vol:\nmark\nn\n");
    assertThat(bed.docker("ps", "-a", "--format", "{{.Names}}")).doesNotContain("quayside-restore");
    assertThat(archive).exists();
  }

  private JsonNode restore(int exitCode) throws Exception {
    Path archive;
    try (var files = Files.list(target)) {
      archive =
          files
              .filter(file -> file.toString().endsWith(".tar.zst.gpg"))
              .sorted()
              .findFirst()
              .orElseThrow();
    }
    return operator.document(
        exitCode,
        "",
        "backup",
        "restore",
        archive.toString(),
        "--stack",
        name,
        "--unknown-origin",
        "--passphrase-file",
        words.toString());
  }

  /** Runs a script in the writer, as root; marks of restores are made the same. */
  private String inside(String script) throws Exception {
    return bed.docker("exec", "-u", "0", id("writer"), "sh", "-ec", script)
        .replaceAll("before-[0-9a-f-]+", "before-X");
  }

  private JsonNode create(int exitCode, String... more) throws Exception {
    List<String> all =
        new java.util.ArrayList<>(
            List.of(
                "backup",
                "create",
                name,
                "--to",
                target.toString(),
                "--passphrase-file",
                words.toString()));
    all.addAll(List.of(more));
    return operator.document(exitCode, "", all.toArray(String[]::new));
  }

  private Operator.Answer create() throws Exception {
    return operator.run(
        "backup", "create", name, "--to", target.toString(), "--passphrase-file", words.toString());
  }

  private String id(String service) throws Exception {
    return bed.docker(
            "ps",
            "-aq",
            "--no-trunc",
            "--filter",
            "label=com.docker.compose.project=" + name,
            "--filter",
            "label=com.docker.compose.service=" + service)
        .strip();
  }

  private String started(String service) throws Exception {
    return bed.docker("inspect", "-f", "{{.State.StartedAt}}", id(service)).strip();
  }

  private static long number(Path file) throws Exception {
    String text = Files.readString(file).strip();
    return Long.parseLong(text);
  }
}
