package dev.quayside.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A passphrase is in no argument, environment, file or object of a process that makes a backup. */
class PassphraseTraceTest {

  private static final String PASSPHRASE = "Trace-7f3a-90c1-höhe";

  /** Enough to be found by, and the same in all encodings but for zeros. */
  private static final String BEGIN = "Trace-7f3a-9";

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void setUp() throws Exception {
    file = Files.writeString(folder.resolve("pass"), PASSPHRASE + "\n");
    Files.createDirectories(folder.resolve("work/data"));
    Files.write(folder.resolve("work/data/blob"), new byte[3_000_000]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "backup.create.announced",
        "backup.create.content-written",
        "backup.create.record-removed"
      })
  void nothingOfThePassphraseIsLeftOnceTheBackupHasBegun(String step) throws Exception {
    try (Held held = new Held(step)) {
      assertThat(held.traces()).isEmpty();
      assertThat(held.goOn()).isZero();
    }
    assertThat(found(folder.resolve("work"))).isEmpty();
  }

  /** The test can fail: one string that holds it is found, both among the living and among all. */
  @Test
  void aPassphraseThatIsKeptIsFound() throws Exception {
    try (Held held = new Held("backup.create.announced", "leak")) {
      assertThat(held.traces()).containsExactly("live", "all");
      assertThat(held.goOn()).isZero();
    }
  }

  private static List<String> found(Path folder) throws IOException {
    List<String> found = new ArrayList<>();
    try (var files = Files.walk(folder)) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        if (holds(Files.readAllBytes(each))) {
          found.add(each.toString());
        }
      }
    }
    return found;
  }

  private static boolean holds(byte[] bytes) {
    for (Charset charset :
        List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
      if (holds(bytes, BEGIN.getBytes(charset))) {
        return true;
      }
    }
    return false;
  }

  private static boolean holds(byte[] bytes, byte[] wanted) {
    for (int i = 0; i + wanted.length <= bytes.length; i++) {
      int same = 0;
      while (same < wanted.length && bytes[i + same] == wanted[same]) {
        same++;
      }
      if (same == wanted.length) {
        return true;
      }
    }
    return false;
  }

  /** A process that is held at a step. */
  private final class Held implements AutoCloseable {

    private final Process process;

    Held(String step, String... more) throws IOException {
      List<String> command =
          new ArrayList<>(
              List.of(
                  java("java"),
                  "-XX:+UseSerialGC",
                  "-Xmx128m",
                  "--enable-native-access=ALL-UNNAMED",
                  "-cp",
                  System.getProperty("java.class.path"),
                  HoldAtStep.class.getName(),
                  folder.resolve("work").toString(),
                  file.toString(),
                  step));
      command.addAll(List.of(more));
      process =
          new ProcessBuilder(command).redirectError(folder.resolve("work/errors").toFile()).start();
      BufferedReader said =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      assertThat(said.readLine()).startsWith("held");
    }

    /** Returns where it is found: in the system's tables, among living objects, among all. */
    List<String> traces() throws Exception {
      List<String> found = new ArrayList<>();
      Path system = Path.of("/proc", Long.toString(process.pid()));
      for (String each : List.of("cmdline", "environ")) {
        if (holds(Files.readAllBytes(system.resolve(each)))) {
          found.add(each);
        }
      }
      // The living last: looking for them collects the dead.
      if (holds(dump("-all"))) {
        found.add("all");
      }
      if (holds(dump())) {
        found.addFirst("live");
      }
      return found;
    }

    private byte[] dump(String... options) throws Exception {
      Path dump = folder.resolve("dump-" + options.length + ".hprof");
      List<String> command =
          new ArrayList<>(List.of(java("jcmd"), process.pid() + "", "GC.heap_dump"));
      command.addAll(List.of(options));
      command.add(dump.toString());
      Process jcmd =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("jcmd").toFile())
              .start();
      assertThat(jcmd.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(dump).as(Files.readString(folder.resolve("jcmd"))).isNotEmptyFile();
      byte[] bytes = Files.readAllBytes(dump);
      Files.delete(dump);
      return bytes;
    }

    int goOn() throws Exception {
      process.getOutputStream().close();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }

    private String java(String name) {
      return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }
  }
}
