package dev.quayside.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quayside.cli.Schemas;
import dev.quayside.pgp.Gnupg;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plan is set by one process, and the command of its timer is run as it stands there. */
class ScheduleJourneyTest {

  @TempDir private Path folder;

  private record Ended(int code, String out, String err) {}

  private Ended run(Map<String, String> environment, List<String> command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Path err = folder.resolve("err");
    Process process = builder.redirectError(err.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), out, Files.readString(err));
  }

  private List<String> quayside(String... words) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(words));
    return command;
  }

  private Path stubs() throws Exception {
    Path programs = Files.createDirectory(folder.resolve("programs"));
    for (String name : List.of("systemctl", "loginctl")) {
      Path file = Files.writeString(programs.resolve(name), "#!/bin/sh\necho Linger=no\n");
      assertThat(file.toFile().setExecutable(true)).isTrue();
    }
    return programs;
  }

  @Test
  void whatTheTimerStartsNeedsNoScreenAndNoEnvironmentAndKeepsHowItEnded() throws Exception {
    Path target = Files.createDirectory(folder.resolve("target"));
    Path key;
    try (Gnupg gpg = new Gnupg()) {
      key =
          gpg.exportPublic(
              gpg.makeKey("Plan", "eddsa\nKey-Curve: ed25519", "ecdh\nSubkey-Curve: cv25519", ""),
              folder);
    }
    Map<String, String> ours =
        Map.of(
            "PATH",
            stubs() + ":/usr/bin:/bin",
            "HOME",
            folder.toString(),
            "QUAYSIDE_HOME",
            folder.resolve("home").toString(),
            "DOCKER_HOST",
            "unix://" + folder.resolve("no.sock"));
    Ended set =
        run(
            ours,
            quayside(
                "backup",
                "schedule",
                "set",
                "demo",
                "--to",
                target.toString(),
                "--recipient",
                key.toString(),
                "--daily",
                "02:30",
                "--keep-last",
                "7",
                "--json"));
    assertThat(set.code()).as(set.out() + set.err()).isZero();
    assertThat(Schemas.faults(set.out())).isEmpty();

    Path unit;
    try (var units = Files.list(folder.resolve(".config/systemd/user"))) {
      unit = units.filter(file -> file.toString().endsWith(".service")).findFirst().orElseThrow();
    }
    String line =
        Files.readAllLines(unit).stream()
            .filter(each -> each.startsWith("ExecStart="))
            .findFirst()
            .orElseThrow();
    // Nothing in it needs more than quotes, so taking them away is what systemd does.
    List<String> command = List.of(line.substring("ExecStart=\"".length()).split("\" \"|\"$"));
    assertThat(command).endsWith("backup", "schedule", "run", "demo");

    Ended started = run(Map.of("PATH", "/usr/bin:/bin", "HOME", "/nonexistent"), command);
    assertThat(started.code()).as(started.err()).isEqualTo(6);

    Ended shown = run(ours, quayside("backup", "schedule", "show", "--json"));
    assertThat(Schemas.faults(shown.out())).isEmpty();
    JsonNode plan = new ObjectMapper().readTree(shown.out()).path("schedules").path(0);
    assertThat(plan.path("last").path("result").asText()).isEqualTo("failed");
    assertThat(plan.path("lingers").asBoolean(true)).isFalse();
    assertThat(plan.path("timer").asText()).isEqualTo("systemd");

    Ended wrong = run(ours, setAgain(target, key, "25:30"));
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("25:30").doesNotContain("?25");
    Ended again = run(ours, setAgain(target, key, "03:15"));
    assertThat(again.code()).as(again.out() + again.err()).isZero();
    assertThat(again.out()).contains("replaces the plan that was there").contains("02:30");
  }

  private List<String> setAgain(Path target, Path key, String time) {
    return quayside(
        "backup",
        "schedule",
        "set",
        "demo",
        "--to",
        target.toString(),
        "--recipient",
        key.toString(),
        "--daily",
        time);
  }
}
