package dev.quayside.backup.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.ChildProcess;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** systemd accepts the units, and their command starts with exactly the arguments meant. */
class UnitTextTest {

  private static final List<String> ODD =
      List.of(
          "backup",
          "a b",
          "",
          "$HOME ${HOME} $$",
          "100% %h %%",
          "\"quoted\" 'single'",
          "back\\slash \\n \\x41",
          "semi;colon ; #hash",
          "tab\tnew\nline",
          "Größe ☃",
          "-x",
          "@!|:+");

  @TempDir private Path folder;

  private Path program() throws Exception {
    Path program = folder.resolve("odd $name %h \"q\"");
    Files.writeString(program, "#!/bin/sh\nprintf '%s\\0' \"$@\"\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return program;
  }

  @Test
  void systemdAcceptsTheUnits() throws Exception {
    List<String> command = new ArrayList<>(List.of(program().toString()));
    command.addAll(ODD);
    String name = "quayside-backup-" + UnitText.escaped("my stack/ä");
    Path service = folder.resolve(name + ".service");
    Path timer = folder.resolve(name + ".timer");
    Files.writeString(service, UnitText.service("my stack/ä %h", command));
    Files.writeString(timer, UnitText.timer("my stack/ä", OnCalendar.daily(LocalTime.of(2, 0))));
    ChildProcess.Result result = verify(service, timer);
    assertThat(result.errors().text()).isEmpty();
    assertThat(result.succeeded()).isTrue();
    // The check is one: a word that is none is found.
    Files.writeString(timer, Files.readString(timer).replace("02:00", "26:00"));
    assertThat(verify(service, timer).errors().text()).contains("26:00");
  }

  private ChildProcess.Result verify(Path... units) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("systemd-analyze", "--user", "--man=no", "verify"));
    for (Path unit : units) {
      command.add(unit.toString());
    }
    return ChildProcess.run(
        ChildProcess.Command.of(
            command,
            Map.of(
                "PATH", "/usr/bin:/bin",
                "HOME", folder.toString(),
                "XDG_RUNTIME_DIR", folder.toString())),
        null,
        Duration.ofSeconds(30),
        1 << 16);
  }

  @Test
  void theCommandStartsWithExactlyTheArgumentsMeant() throws Exception {
    List<String> command = new ArrayList<>(List.of(program().toString()));
    command.addAll(ODD);
    String unit = UnitText.service("demo", command);
    String line =
        unit.lines().filter(each -> each.startsWith("ExecStart=")).findFirst().orElseThrow();
    List<String> words = SystemdWords.of(line.substring("ExecStart=".length()));
    assertThat(words.subList(3, words.size())).isEqualTo(command);
    ChildProcess.Result result =
        ChildProcess.run(
            ChildProcess.Command.of(words, Map.of("PATH", "/usr/bin:/bin")),
            null,
            Duration.ofSeconds(20),
            1 << 16);
    assertThat(result.output().text()).isEqualTo(String.join("\0", ODD) + "\0");
  }

  @Test
  void aUnitsNameHoldsOnlyWhatSystemdAllows() {
    assertThat(UnitText.escaped("dream-server_1.0")).isEqualTo("dream\\x2dserver_1.0");
    assertThat(UnitText.escaped("../x y")).isEqualTo("\\x2e.\\x2fx\\x20y");
    assertThat(UnitText.escaped("ä")).isEqualTo("\\xc3\\xa4");
  }

  /** Splits a command line as systemd does, after systemd.syntax(7) and systemd.service(5). */
  static final class SystemdWords {

    private SystemdWords() {}

    static List<String> of(String line) {
      List<String> words = new ArrayList<>();
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      int at = 0;
      while (at < bytes.length) {
        assertThat((char) bytes[at]).isEqualTo('"');
        ByteArrayOutputStream word = new ByteArrayOutputStream();
        at++;
        while (bytes[at] != '"') {
          if (bytes[at] == '\\') {
            at++;
            if (bytes[at] == 'x') {
              word.write(
                  Integer.parseInt(new String(bytes, at + 1, 2, StandardCharsets.US_ASCII), 16));
              at += 3;
              continue;
            }
          }
          word.write(bytes[at++]);
        }
        at += 2;
        String text = word.toString(StandardCharsets.UTF_8);
        assertThat(text.replace("%%", "")).doesNotContain("%");
        text = text.replace("%%", "%");
        assertThat(text.replace("$$", "")).doesNotContain("$");
        words.add(text.replace("$$", "$"));
      }
      return words;
    }
  }
}
