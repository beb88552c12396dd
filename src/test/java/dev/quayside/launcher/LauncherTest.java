package dev.quayside.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.cli.QuaysideCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs {@code ./quayside} in a small copy of the repository. Maven, the JDK and apt are scripts
 * there that write down how they were called, so that nothing is built and nothing installed.
 */
final class LauncherTest {

  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

  @TempDir private Path folder;
  private Path checkout;
  private Path tools;
  private Path calls;

  private record Run(int status, String out, String err) {}

  @BeforeEach
  void makeASmallCheckout() throws IOException {
    checkout = Files.createDirectories(folder.resolve("check out"));
    tools = Files.createDirectories(folder.resolve("tools"));
    calls = folder.resolve("calls");
    copyFromTheRepository(
        "quayside",
        "packaging/machine.sh",
        "packaging/java.options",
        "packaging/java.bulk.options");
    write(checkout.resolve("pom.xml"), "<project/>");
    Files.createDirectories(checkout.resolve(".mvn"));
    Files.createDirectories(checkout.resolve("resources"));
    Files.createDirectories(checkout.resolve("icons"));
    write(checkout.resolve("src/main/java/Main.java"), "class Main {}");
    write(folder.resolve("jdk/release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"25.0.3\"\n");
    script(folder.resolve("jdk/bin/java"), "printf '<%s>' \"$@\"; exit 7");
    script(folder.resolve("jdk/bin/javac"), "exit 1");
    script(
        tools.resolve("mvn"),
        """
        echo mvn "$@" >>"$CALLS"
        [ ! -e broken ] || { echo "it does not compile"; exit 1; }
        mkdir -p target/quick && touch target/quick/quayside-0.1.0-SNAPSHOT.jar
        printf 'a.jar:b.jar' >target/quick/runtime.classpath
        """);
    // A machine with everything the window needs.
    script(tools.resolve("ldconfig"), "echo libgtk-3.so.0 libGL.so.1 libXtst.so.6 libXxf86vm.so.1");
    script(tools.resolve("apt-get"), "echo apt-get \"$@\" >>\"$CALLS\"");
    script(tools.resolve("apt-cache"), "echo '  Candidate: 3.24-1'");
    age(checkout);
  }

  @Test
  void buildsOnceAndHandsOverTheWordsAndTheStatus() throws Exception {
    Run first = quayside("status", "two words", "");
    Run second = quayside("status");

    assertThat(first.out()).endsWith("<dev.quayside.app.Main><status><two words><>");
    assertThat(first.status()).isEqualTo(7);
    assertThat(second.out()).endsWith("<dev.quayside.app.Main><status>");
    assertThat(calls()).hasSize(1).first().asString().startsWith("mvn ").contains("package");
  }

  @Test
  void letsTheSecondCompilerTierInOnlyForTheVerbsOfBackup() throws Exception {
    assertThat(quayside("backup", "list").out())
        .contains("packaging/java.options>", "packaging/java.bulk.options><-cp>");
    assertThat(quayside("status").out())
        .contains("packaging/java.options><-cp>")
        .doesNotContain("bulk");
  }

  @Test
  void buildsAgainAfterAnEditAndAfterARemoval() throws Exception {
    quayside("status");
    write(checkout.resolve("src/main/java/Main.java"), "class Main { int changed; }");
    quayside("status");
    assertThat(calls()).hasSize(2);

    Files.delete(checkout.resolve("src/main/java/Main.java"));
    quayside("status");
    assertThat(calls()).hasSize(3);
  }

  @Test
  void doesNotStartWhatDidNotCompile() throws Exception {
    write(checkout.resolve("broken"), "");

    Run run = quayside("status");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("it does not compile", "build.log");
    Files.delete(checkout.resolve("broken"));
    assertThat(quayside("status").status()).isEqualTo(7);
  }

  @Test
  void saysInOneLineThatTheWindowNeedsADisplay() throws Exception {
    Run run = run(Map.of("DISPLAY", ""), List.of("--home", "somewhere"));

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).hasLineCount(1).contains("no display", "status", "backup", "doctor");
    assertThat(calls()).isEmpty();
  }

  @Test
  void namesEveryVerbOfTheCommandLine() throws Exception {
    String line = run(Map.of("DISPLAY", ""), List.of()).err().strip();
    Set<String> verbs =
        new TreeSet<>(
            new QuaysideCommand(
                    _ -> {
                      throw new IllegalStateException("no verb is run here");
                    })
                .commandLine()
                .getSubcommands()
                .keySet());
    verbs.remove("help");

    assertThat(line.substring(line.lastIndexOf(':') + 1).strip().split(", "))
        .containsExactlyInAnyOrderElementsOf(verbs);
  }

  @Test
  void showsTheCommandForMissingLibrariesAndTakesNoInputForANo() throws Exception {
    script(tools.resolve("ldconfig"), "echo libGL.so.1 libXtst.so.6 libXxf86vm.so.1");

    Run run = run(Map.of("DISPLAY", ":77"), List.of());

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("GTK", "apt-get install -y --no-install-recommends libgtk-3-0");
    assertThat(calls()).noneMatch(call -> call.startsWith("apt-get"));
  }

  @Test
  void installsWhatIsMissingOnAYes() throws Exception {
    script(tools.resolve("ldconfig"), "echo libGL.so.1 libXtst.so.6 libXxf86vm.so.1");
    script(tools.resolve("sudo"), "exec \"$@\"");

    Run run = run(Map.of("DISPLAY", ":77"), List.of("--yes"));

    assertThat(calls())
        .anyMatch(call -> call.startsWith("apt-get install -y --no-install-recommends libgtk-3-0"));
    assertThat(run.out()).as("the yes is the launcher's own").doesNotContain("--yes");
  }

  @Test
  void leavesTheWordsOfAVerbAlone() throws Exception {
    assertThat(quayside("setup", "--yes").out()).endsWith("<setup><--yes>");
  }

  @Test
  void namesTheCommandThatInstallsAMissingMaven() throws Exception {
    Files.delete(tools.resolve("mvn"));
    hideTheRealMaven();

    Run run = quayside("status");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("Maven", "apt-get install", "maven");
  }

  private void hideTheRealMaven() throws IOException {
    for (String tool :
        List.of(
            "bash",
            "dirname",
            "readlink",
            "find",
            "mkdir",
            "mktemp",
            "mv",
            "rm",
            "tail",
            "flock",
            "grep",
            "cat",
            "dpkg-query",
            "env")) {
      Path real =
          Stream.of("/usr/bin", "/bin")
              .map(bin -> Path.of(bin, tool))
              .filter(Files::exists)
              .findFirst()
              .orElseThrow();
      Files.createSymbolicLink(tools.resolve(tool), real);
    }
  }

  private Run quayside(String... words) throws Exception {
    return run(Map.of("DISPLAY", ""), List.of(words));
  }

  private Run run(Map<String, String> environment, List<String> words) throws Exception {
    boolean onlyStubs = Files.exists(tools.resolve("bash"));
    ProcessBuilder builder =
        new ProcessBuilder(
            Stream.concat(Stream.of(checkout.resolve("quayside").toString()), words.stream())
                .toList());
    builder.environment().clear();
    builder.environment().put("PATH", tools + (onlyStubs ? "" : ":/usr/bin:/bin:/usr/sbin:/sbin"));
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("CALLS", calls.toString());
    builder.environment().put("DOCKER_HOST", "unix:///nowhere");
    builder.environment().putAll(environment);
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process =
        builder
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    int status = process.waitFor();
    return new Run(status, Files.readString(out), Files.readString(err));
  }

  private List<String> calls() throws IOException {
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  private void copyFromTheRepository(String... names) throws IOException {
    for (String name : names) {
      Path target = checkout.resolve(name);
      Files.createDirectories(target.getParent());
      Files.copy(Path.of(name), target);
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, text.getBytes(UTF_8));
  }

  private static void script(Path file, String body) throws IOException {
    write(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void age(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.forEach(file -> {
        try {
          Files.setLastModifiedTime(file, FileTime.from(LONG_AGO));
        } catch (IOException failure) {
          throw new UncheckedIOException(failure);
        }
      });
    }
  }
}
