package dev.quayside.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.bed.Bed;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.exposure.probe.ProbeAnswer;
import dev.quayside.exposure.probe.ProbeAnswer.Credential;
import dev.quayside.exposure.probe.ProbeAnswer.Verdict;
import dev.quayside.journal.JournalCheck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rotates LITELLM_KEY of fixture B1 on the bed, where the stand-in answers a wrong key with 400 as
 * the original does.
 */
@Tag("bed")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RotationBedTest {

  @TempDir static Path folder;

  private Bed bed;
  private LitellmStack stack;
  private RotationWorld world;

  @BeforeAll
  void start() throws Exception {
    bed = Bed.required();
    stack = new LitellmStack(bed, Files.createDirectory(folder.resolve("stack")));
    world = new RotationWorld(folder.resolve("home"), StepBoundary.none(), Duration.ofSeconds(60));
    Bed.await(
        "the gateway answers", Duration.ofSeconds(30), () -> LitellmStack.ask(stack.key()) == 200);
  }

  @AfterAll
  void stop() throws Exception {
    if (stack != null) {
      stack.close();
    }
  }

  @Test
  void aRotationChangesOneValueRecreatesOnlyTheConsumerAndProvesIt() throws Exception {
    String old = stack.key();
    String rest = stack.hashWithoutKey();
    Object inode = Files.getAttribute(stack.env, "unix:ino");
    Map<String, String> before = stack.containers();

    RotationReceipt receipt =
        done(world.rotate(LitellmStack.PROJECT, LitellmStack.KEY, Progress.none()));

    assertThat(stack.key()).matches("sk-dream-[0-9a-f]{32}").isNotEqualTo(old);
    assertThat(stack.hashWithoutKey()).isEqualTo(rest);
    assertThat(LitellmStack.ask(stack.key())).isEqualTo(200);
    assertThat(LitellmStack.ask(old)).isEqualTo(400);
    Map<String, String> after = stack.containers();
    assertThat(after.get("dream-litellm")).isNotEqualTo(before.get("dream-litellm"));
    after.remove("dream-litellm");
    before.remove("dream-litellm");
    assertThat(after).isEqualTo(before);

    assertThat(Files.getAttribute(stack.env, "unix:ino"))
        .as("mounted by itself, so written in place")
        .isEqualTo(inode);
    assertThat(stack.envInDashboard()).isEqualTo(Files.readString(stack.env));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(stack.env)))
        .isEqualTo("rw-------");

    List<ProbeAnswer> probes = receipt.secrets().getFirst().probes();
    assertThat(probes)
        .extracting(ProbeAnswer::credential)
        .containsExactly(Credential.NONE, Credential.NEW, Credential.OLD);
    assertThat(probes)
        .extracting(ProbeAnswer::verdict)
        .containsExactly(Verdict.REFUSED, Verdict.ACCEPTED, Verdict.REFUSED);
    assertThat(probes).extracting(ProbeAnswer::status).containsExactly(401, 200, 400);
    assertThat(probes).allMatch(probe -> probe.from().startsWith("container dream-"));
    assertThat(receipt.stored()).exists();
    assertThat(receipt.journalHead())
        .isIn(world.journal.entries().stream().map(e -> e.hash()).toList());
    assertNothingSecret(Set.of(old, stack.key()));
    assertThat(world.journal.verify()).isInstanceOf(JournalCheck.Intact.class);

    SecretStatus status = status(LitellmStack.KEY);
    assertThat(status.changedAt()).isNotNull();
    assertThat(status.fingerprint()).isEqualTo(receipt.secrets().getFirst().newFingerprint());
  }

  @Test
  void noArgumentOfAnyProcessHoldsAKeyDuringTheRun() throws Exception {
    String old = stack.key();
    Set<String> lines = new ConcurrentSkipListSet<>();
    AtomicBoolean running = new AtomicBoolean(true);
    Thread sampler =
        Thread.ofPlatform()
            .start(() -> {
              while (running.get()) {
                ProcessHandle.allProcesses()
                    .forEach(handle -> lines.add(handle.info().commandLine().orElse("")));
              }
            });
    done(world.rotate(LitellmStack.PROJECT, LitellmStack.KEY, Progress.none()));
    running.set(false);
    sampler.join();

    assertThat(lines).anyMatch(line -> line.contains("--force-recreate"));
    String now = stack.key();
    assertThat(lines).noneMatch(line -> line.contains(old) || line.contains(now));
  }

  @Test
  void aFileThatChangedSinceThePlanIsNotTouched() throws Exception {
    RotationPlan plan = plan();
    String text = Files.readString(stack.env);
    Files.writeString(stack.env, text + "# a remark\n");
    try {
      assertThat(refused(world.rotation.run(plan, Progress.none())).code())
          .isEqualTo("ENV-CHANGED");
      assertThat(Files.readString(stack.env)).isEqualTo(text + "# a remark\n");
    } finally {
      Files.writeString(stack.env, text);
    }
  }

  @Test
  void unknownDataInTheWritableLayerIsARefusalWithTheList() throws Exception {
    bed.docker(
        "exec",
        "-u",
        "0",
        "dream-litellm",
        "sh",
        "-c",
        "mkdir -p /var/lib/own && echo 1 >/var/lib/own/notes.db");
    String key = stack.key();

    Problem refusal = refused(world.rotation.run(plan(), Progress.none()));

    assertThat(refusal.code()).isEqualTo("LAYER-DATA");
    assertThat(refusal.happened()).contains("litellm: /var/lib/own/notes.db");
    assertThat(stack.key()).isEqualTo(key);
    bed.docker("exec", "-u", "0", "dream-litellm", "rm", "-r", "/var/lib/own");
  }

  @Test
  void whatMustNotBeRotatedIsRefusedWithItsReason() throws Exception {
    for (String name :
        List.of(
            "WEBUI_SECRET",
            "N8N_PASS",
            "DASHBOARD_API_KEY",
            "HF_TOKEN",
            "TOKEN_SPY_DB_PASSWORD",
            "NO_SUCH_KEY")) {
      Outcome<RotationPlan> outcome =
          world.rotation.plan(world.stack(LitellmStack.PROJECT), List.of(name));
      assertThat(outcome).as(name).isInstanceOf(Outcome.Refused.class);
    }
    assertThat(status("WEBUI_SECRET").reason()).contains("no one-click way");
    assertThat(status("WEBUI_SECRET").rotatable()).isFalse();
  }

  @Test
  void theListIsHonestAboutEachSecret() throws Exception {
    List<SecretStatus> list = world.inventory.list(world.stack(LitellmStack.PROJECT));
    assertThat(list)
        .extracting(SecretStatus::name)
        .contains(
            "LITELLM_KEY",
            "WEBUI_SECRET",
            "N8N_PASS",
            "HF_TOKEN",
            "TOKEN_SPY_DB_PASSWORD",
            "n8n encryption key")
        .doesNotContain("LLM_MODEL", "WEBUI_PORT");
    assertThat(status("LITELLM_KEY").consumers()).containsExactly("litellm");
    assertThat(status("LITELLM_KEY").copies().getFirst()).isEqualTo(".env line 20");
    assertThat(status("HF_TOKEN").flags()).contains(SecretFlag.MISSING);
    assertThat(status("N8N_PASS").flags()).contains(SecretFlag.INERT);
    assertThat(status("TOKEN_SPY_DB_PASSWORD").consumers())
        .containsExactly("dashboard-api", "token-spy-db", "token-spy");
    String text = list.toString();
    for (String line : Files.readAllLines(stack.env)) {
      if (line.matches("[A-Z_]*(KEY|SECRET|PASS|TOKEN|PASSWORD)=.+")) {
        assertThat(text).doesNotContain(line.substring(line.indexOf('=') + 1));
      }
    }
  }

  private SecretStatus status(String name) throws Exception {
    return world.inventory.list(world.stack(LitellmStack.PROJECT)).stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private RotationPlan plan() throws Exception {
    Outcome<RotationPlan> outcome =
        world.rotation.plan(world.stack(LitellmStack.PROJECT), List.of(LitellmStack.KEY));
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return ((Outcome.Done<RotationPlan>) outcome).receipt();
  }

  static RotationReceipt done(Outcome<RotationReceipt> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return ((Outcome.Done<RotationReceipt>) outcome).receipt();
  }

  static Problem refused(Outcome<RotationReceipt> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    return ((Outcome.Refused<RotationReceipt>) outcome).problem();
  }

  private void assertNothingSecret(Set<String> values) throws IOException {
    try (Stream<Path> all = Files.walk(world.home.state())) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(values).as("values in %s", file).noneMatch(text::contains);
      }
    }
  }
}
