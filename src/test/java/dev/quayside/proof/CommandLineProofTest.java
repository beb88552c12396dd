package dev.quayside.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.bed.Bed;
import dev.quayside.bed.BedStack;
import dev.quayside.cli.Schemas;
import dev.quayside.proof.Operator.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Works on real stacks with the command line alone and checks what its exit codes promise against
 * the engine and the files.
 */
@Tag("bed")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandLineProofTest {

  private final Bed bed = Bed.required();
  private final List<Answer> answers = new ArrayList<>();
  private Path folder;
  private Path home;
  private BedStack sample;

  @BeforeAll
  void startTheSample(@TempDir Path shared) throws Exception {
    folder = shared;
    home = Files.createDirectory(shared.resolve("home"));
    sample = bed.fixture("sample", Files.createDirectory(shared.resolve("fixture"))).up();
  }

  @AfterAll
  void removeTheSample() throws Exception {
    sample.close();
  }

  @Test
  void twoAtOnceOnOneHomeKeepOneUnbrokenJournal() throws Exception {
    Path together = Files.createDirectory(folder.resolve("together"));
    Operator operator = Operator.here(bed, together);
    String gateway = startedAt("sample-gateway");
    String cache = startedAt("sample-cache");
    List<Callable<Answer>> both =
        List.of(
            () -> operator.run("restart", "sample", "gateway", "--json"),
            () -> operator.run("restart", "sample", "cache", "--json"));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Answer> answer : threads.invokeAll(both)) {
        assertThat(answer.get().exitCode()).as(answer.get().errors()).isZero();
        assertThat(Schemas.faults(answer.get().output())).isEmpty();
      }
    }
    assertThat(startedAt("sample-gateway")).isNotEqualTo(gateway);
    assertThat(startedAt("sample-cache")).isNotEqualTo(cache);
    assertThat(operator.run("journal", "verify").exitCode()).isZero();
    JsonNode journal = json(operator.run("journal", "show", "--json"));
    List<String> told = new ArrayList<>();
    String previous = null;
    for (JsonNode entry : journal.get("entries")) {
      if (previous != null) {
        assertThat(entry.get("previous").asString()).isEqualTo(previous);
      }
      previous = entry.get("hash").asString();
      if (entry.get("action").asString().equals("restart")) {
        told.add(entry.get("kind").asString() + " " + entry.at("/details/services").asString(""));
      }
    }
    assertThat(told.stream().filter(line -> line.startsWith("intent")))
        .containsExactlyInAnyOrder("intent gateway", "intent cache");
    assertThat(told.stream().filter(line -> line.startsWith("done"))).hasSize(2);
  }

  @Test
  void everyVerbOfTheLifecycleDoesWhatItReports() throws Exception {
    expect(0, "stop", "sample", "open", "--json");
    assertThat(state("sample-open")).isEqualTo("exited");
    expect(0, "up", "sample", "open", "--json");
    assertThat(state("sample-open")).isEqualTo("running");
    String started = startedAt("sample-cache");
    expect(0, "restart", "sample", "cache", "--json");
    assertThat(startedAt("sample-cache")).isNotEqualTo(started);
    String id = id("sample-internal");
    String untouched = id("sample-webui");
    expect(0, "recreate", "sample", "internal", "--json");
    assertThat(id("sample-internal")).isNotEqualTo(id);
    assertThat(id("sample-webui")).isEqualTo(untouched);
    JsonNode sick = expect(4, "restart", "sample", "sick", "--patience", "6", "--json");
    assertThat(sick.at("/receipt/services/0/asAsked").asBoolean(true)).isFalse();
    expect(0, "journal", "verify", "--json");
    noSecretOfTheSampleAnywhere();
  }

  @Test
  void whatCannotBeDoneIsSaidWithItsOwnExitCode() throws Exception {
    Answer unknown = operator().run("restart", "nowhere");
    assertThat(unknown.exitCode()).isEqualTo(1);
    assertThat(unknown.errors()).contains("nowhere").doesNotContain("Exception");
    JsonNode problem = expect(1, "restart", "nowhere", "--json");
    assertThat(problem.at("/problem/nextStep").asString("")).isNotBlank();

    JsonNode unreachable = expect(6, "--engine", "unix:///nowhere/docker.sock", "status", "--json");
    assertThat(unreachable.at("/problem/code").asString("")).isNotBlank();
    Answer people = operator().run("--engine", "unix:///nowhere/docker.sock", "up", "sample");
    assertThat(people.exitCode()).isEqualTo(6);
    assertThat(people.errors()).contains("/nowhere/docker.sock").doesNotContain("Exception");

    for (String[] wrong :
        List.of(
            new String[] {"frobnicate"},
            new String[] {"restart"},
            new String[] {"status", "--no-such-option"},
            new String[] {"backup", "create", "sample"},
            new String[] {"secrets", "rotate", "sample"})) {
      Answer answer = operator().run(wrong);
      assertThat(answer.exitCode()).as(String.join(" ", wrong)).isEqualTo(2);
      assertThat(answer.output()).isEmpty();
      assertThat(answer.errors()).isNotBlank();
    }
  }

  @Test
  void aByteFlippedInTheJournalIsFound() throws Exception {
    Path mine = Files.createDirectory(folder.resolve("flipped"));
    Operator operator = Operator.here(bed, mine);
    assertThat(operator.run("restart", "sample", "cache").exitCode()).isZero();
    assertThat(operator.run("journal", "verify").exitCode()).isZero();
    Path journal = only(mine, "journal.jsonl");
    byte[] bytes = Files.readAllBytes(journal);
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("cache");
    bytes[at] ^= 1;
    Files.write(journal, bytes);
    Answer broken = operator.run("journal", "verify", "--json");
    assertThat(broken.exitCode()).as(broken.output()).isEqualTo(3);
    assertThat(Schemas.faults(broken.output())).isEmpty();
    assertThat(json(broken).at("/broken/entry").asInt()).isPositive();
  }

  @Test
  void aBackupIsMadeVerifiedAndRestored() throws Exception {
    Path words = Files.writeString(folder.resolve("words"), "a passphrase of the proof\n");
    Files.setPosixFilePermissions(words, PosixFilePermissions.fromString("rw-------"));
    Path shelf = Files.createDirectory(folder.resolve("shelf"));
    String archive =
        expect(
                0,
                "backup",
                "create",
                "sample",
                "--to",
                shelf.toString(),
                "--passphrase-file",
                words.toString(),
                "--json")
            .at("/receipt/archive")
            .asString();
    expect(0, "backup", "verify", archive, "--passphrase-file", words.toString(), "--json");
    Path target = folder.resolve("restored");
    expect(
        0,
        "backup",
        "restore",
        archive,
        "--to",
        target.toString(),
        "--passphrase-file",
        words.toString(),
        "--json");
    Path env = only(target, ".env");
    assertThat(env).hasSameBinaryContentAs(sample.directory().resolve(".env"));
    assertThat(only(target, "docker-compose.yml"))
        .hasSameBinaryContentAs(sample.directory().resolve("docker-compose.yml"));
    // A dump in PostgreSQL's own format begins so (pg_backup_archiver.h).
    assertThat(
            new String(
                Files.readAllBytes(only(target, "sample.dump")), 0, 5, StandardCharsets.ISO_8859_1))
        .isEqualTo("PGDMP");
    theListNamesTheSecretsByMarks(Path.of(archive), words);
    expect(
        5,
        "backup",
        "restore",
        archive,
        "--to",
        target.toString(),
        "--passphrase-file",
        words.toString(),
        "--json");

    byte[] bytes = Files.readAllBytes(Path.of(archive));
    bytes[bytes.length / 2] ^= 1;
    Path bad = Files.write(folder.resolve("bad.tar.gpg"), bytes);
    expect(3, "backup", "verify", bad.toString(), "--passphrase-file", words.toString(), "--json");
    noSecretOfTheSampleAnywhere();
    assertThat(holding(home, List.of("a passphrase of the proof"))).isEmpty();
  }

  /** Opened with the tools that anybody has, and each value marked anew under the salt in it. */
  private void theListNamesTheSecretsByMarks(Path archive, Path words) throws Exception {
    String name = archive.getFileName().toString().replace(".gpg", ".manifest.gpg");
    Path opened = folder.resolve("manifest.zst");
    run(
        "gpg",
        "--batch",
        "--quiet",
        "--homedir",
        Files.createDirectory(folder.resolve("gnupg")).toString(),
        "--pinentry-mode",
        "loopback",
        "--passphrase-file",
        words.toString(),
        "--output",
        opened.toString(),
        "--decrypt",
        archive.resolveSibling(name).toString());
    run("zstd", "-q", "-d", opened.toString(), "-o", folder.resolve("manifest.json").toString());
    JsonNode secrets =
        JsonMapper.shared()
            .readTree(Files.readString(folder.resolve("manifest.json")))
            .at("/secrets");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(
        new SecretKeySpec(HexFormat.of().parseHex(secrets.at("/salt").asString()), "HmacSHA256"));
    List<String> marks = new ArrayList<>();
    for (String value : values(sample.directory().resolve(".env"))) {
      marks.add(HexFormat.of().formatHex(mac.doFinal(value.getBytes(StandardCharsets.UTF_8))));
    }
    assertThat(
            secrets
                .at("/fingerprints")
                .valueStream()
                .map(each -> each.at("/hmacSha256").asString()))
        .isNotEmpty()
        .isSubsetOf(marks);
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  @Test
  void aKeyIsRotatedAndASecretThatDataHangsOnIsRefused() throws Exception {
    Path own = Files.createDirectory(folder.resolve("rotation"));
    try (BedStack dream = bed.fixture("b1", own)) {
      // What it is known by, and the one whose key changes.
      dream.compose("up", "-d", "litellm", "open-webui", "dashboard");
      Path env = dream.directory().resolve(".env");
      String before = Files.readString(env);
      List<String> secrets = new ArrayList<>(values(env));

      JsonNode refused = expect(5, "secrets", "rotate", "dream-server", "WEBUI_SECRET", "--json");
      assertThat(refused.at("/problem/happened").asString()).contains("decrypts stored data");
      assertThat(Files.readString(env)).isEqualTo(before);
      expect(0, "secrets", "rotate", "dream-server", "LITELLM_KEY", "--dry-run", "--json");
      assertThat(Files.readString(env)).isEqualTo(before);
      String untouched = id("dream-webui");
      expect(0, "secrets", "rotate", "dream-server", "LITELLM_KEY", "--json");

      String now = value(Files.readString(env), "LITELLM_KEY");
      String old = value(before, "LITELLM_KEY");
      assertThat(now).isNotEqualTo(old).isNotBlank();
      assertThat(Files.readString(env)).isEqualTo(before.replace(old, now));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(env)))
          .isEqualTo("rw-------");
      assertThat(bed.docker("inspect", "dream-litellm")).contains(now).doesNotContain(old);
      assertThat(id("dream-webui")).isEqualTo(untouched);
      secrets.add(now);
      expect(0, "secrets", "list", "dream-server", "--json");
      expect(0, "journal", "show", "--json");
      noneAnywhere(secrets);
    }
  }

  private Operator operator() {
    return Operator.here(bed, home);
  }

  /** Runs one command, expects its exit code and a valid document, and returns that. */
  private JsonNode expect(int exitCode, String... words) throws Exception {
    Answer answer = operator().run(words);
    answers.add(answer);
    assertThat(answer.exitCode())
        .as(String.join(" ", words) + "\n" + answer.output() + answer.errors())
        .isEqualTo(exitCode);
    assertThat(Schemas.faults(answer.output())).as(String.join(" ", words)).isEmpty();
    assertThat(json(answer).path("exitCode").asInt(exitCode)).isEqualTo(exitCode);
    return json(answer);
  }

  private static JsonNode json(Answer answer) {
    return JsonMapper.shared().readTree(answer.output());
  }

  private void noSecretOfTheSampleAnywhere() throws IOException {
    noneAnywhere(values(sample.directory().resolve(".env")));
  }

  private void noneAnywhere(List<String> secrets) throws IOException {
    assertThat(secrets).isNotEmpty();
    for (Answer answer : answers) {
      assertThat(secrets).noneMatch(answer.output()::contains).noneMatch(answer.errors()::contains);
    }
    assertThat(holding(home, secrets)).isEmpty();
  }

  /** Returns the files below a folder that hold one of {@code texts}; there have to be files. */
  private static List<Path> holding(Path folder, List<String> texts) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      List<Path> files = walk.filter(Files::isRegularFile).toList();
      assertThat(files).isNotEmpty();
      List<Path> found = new ArrayList<>();
      for (Path file : files) {
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        if (texts.stream().anyMatch(content::contains)) {
          found.add(file);
        }
      }
      return found;
    }
  }

  /** Returns the values of a settings file that nobody may see. */
  private static List<String> values(Path env) throws IOException {
    return Files.readAllLines(env).stream()
        .filter(line -> line.matches("[A-Z0-9_]*(KEY|SECRET|PASS|PASSWORD|TOKEN)=.{8,}"))
        .map(line -> line.substring(line.indexOf('=') + 1))
        .toList();
  }

  private static String value(String env, String name) {
    return env.lines()
        .filter(line -> line.startsWith(name + "="))
        .map(line -> line.substring(name.length() + 1))
        .findFirst()
        .orElseThrow();
  }

  /** Returns the one file below a folder whose name ends so. */
  private static Path only(Path folder, String end) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      List<Path> found =
          walk.filter(file -> Files.isRegularFile(file) && file.toString().endsWith(end)).toList();
      assertThat(found).as(end + " below " + folder).hasSize(1);
      return found.getFirst();
    }
  }

  private String id(String container) throws Exception {
    return bed.docker("inspect", "-f", "{{.Id}}", container).strip();
  }

  private String state(String container) throws Exception {
    return bed.docker("inspect", "-f", "{{.State.Status}}", container).strip();
  }

  private String startedAt(String container) throws Exception {
    return bed.docker("inspect", "-f", "{{.State.StartedAt}}", container).strip();
  }
}
