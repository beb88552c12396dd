package dev.quayside.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.backup.ArchivePlan;
import dev.quayside.backup.ArchivePlan.PartKind;
import dev.quayside.backup.Origin;
import dev.quayside.backup.VerificationReport;
import dev.quayside.catalogue.RotationClass;
import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Health;
import dev.quayside.secrets.SecretFlag;
import dev.quayside.stack.Stack;
import dev.quayside.stack.StackService;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Figures and marks are told in words that are true. */
class WordsForPeopleTest {

  private final Messages messages = Messages.of("cli");

  @Test
  void aTimeIsLocalAndToTheSecond() {
    Terminal terminal =
        new Terminal(
            new PrintWriter(new StringWriter()),
            new PrintWriter(new StringWriter()),
            false,
            ZoneId.of("Europe/Berlin"),
            OptionalInt::empty);
    assertThat(terminal.time(Instant.parse("2026-11-22T23:30:15.123456789Z")))
        .isEqualTo("2026-11-23 00:30:15");
  }

  @Test
  void servicesAreCountedByStateAndWhatIsWrongComesFirst() {
    Stack stack =
        new Stack(
            "demo",
            "generic",
            "",
            null,
            List.of(
                service("a", ContainerState.RUNNING, Health.HEALTHY),
                service("b", ContainerState.RUNNING, Health.HEALTHY),
                service("c", ContainerState.PAUSED, Health.HEALTHY),
                service("d", ContainerState.RESTARTING, Health.UNHEALTHY),
                service("e", ContainerState.RUNNING, Health.UNHEALTHY),
                service("f", ContainerState.RUNNING, Health.NONE),
                service("g", ContainerState.EXITED, Health.NONE)));

    assertThat(ServiceCounts.of(stack))
        .isEqualTo("1 unhealthy, 1 restarting, 1 exited, 1 paused, 1 running, 2 healthy");
  }

  @Test
  void aServiceIsAsWellAsTheWorstOfItsContainers() {
    Container good = container("one", ContainerState.RUNNING, Health.HEALTHY);
    Container bad = container("two", ContainerState.RUNNING, Health.UNHEALTHY);
    Stack stack =
        new Stack(
            "demo", "generic", "", null, List.of(new StackService("web", List.of(good, bad))));

    assertThat(ServiceCounts.of(stack)).isEqualTo("1 unhealthy");
  }

  @Test
  void theSizeOfADatabaseIsNotTakenForThatOfItsDump() {
    StringWriter nowhere = new StringWriter();
    Terminal terminal = new Terminal(new PrintWriter(nowhere), new PrintWriter(nowhere), false);
    ArchivePlan.Part dump =
        new ArchivePlan.Part(
            "databases/db/n8n.dump",
            PartKind.POSTGRES_DUMP,
            "db",
            8_000_000,
            1,
            "15",
            "db",
            ArchivePlan.Consistency.SNAPSHOT);
    ArchivePlan.Part folder =
        new ArchivePlan.Part(
            "files", PartKind.FOLDER, "/srv", 8_000_000, 9, "", "", ArchivePlan.Consistency.STILL);

    assertThat(BackupPreviewVerb.size(terminal, dump)).isEqualTo("7.63 MiB before dumping");
    assertThat(BackupPreviewVerb.size(terminal, folder)).isEqualTo("7.63 MiB");
  }

  @Test
  void anArchiveThatIsNotSoundComesWithANextStep() {
    StringWriter nowhere = new StringWriter();
    Terminal terminal = new Terminal(new PrintWriter(nowhere), new PrintWriter(nowhere), false);
    Problem fault = new Problem("X", "altered", "byte 7", "", "take another", null, "");
    VerificationReport report =
        new VerificationReport(
            Path.of("/a.gpg"), 9, null, 0, 0, 0, List.of(), Origin.UNKNOWN, fault, Duration.ZERO);

    assertThat(BackupVerifyVerb.text(terminal, report).lines())
        .hasSize(2)
        .last()
        .isEqualTo("Next: take another");
  }

  @ParameterizedTest
  @EnumSource(RotationClass.class)
  void eachClassOfSecretsHasAWordBesideItsNumber(RotationClass one) {
    assertThat(messages.get("secrets.class." + Json.word(one)))
        .matches("R[0-7] · .+|not classified");
  }

  @ParameterizedTest
  @EnumSource(SecretFlag.class)
  void eachFlagHasItsWords(SecretFlag flag) {
    assertThat(messages.get("secrets.flag." + Json.word(flag))).isNotBlank();
  }

  @Test
  void noColumnIsWithoutAHeading() {
    for (String key :
        List.of(
            "status.columns",
            "list.columns",
            "lifecycle.columns",
            "secrets.columns",
            "secrets.probe.columns",
            "journal.columns",
            "backup.columns",
            "backup.parts.columns")) {
      assertThat(messages.get(key).split("\\|", -1)).as(key).doesNotContain("");
    }
  }

  private static StackService service(String name, ContainerState state, Health health) {
    return new StackService(name, List.of(container(name, state, health)));
  }

  private static Container container(String name, ContainerState state, Health health) {
    return new Container(
        new ContainerId("ab".repeat(32)),
        name,
        "nginx:1",
        "sha256:00",
        state,
        health,
        Instant.EPOCH,
        List.of(),
        Map.of(),
        List.of(),
        null);
  }
}
