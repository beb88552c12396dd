package dev.quayside.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.catalogue.RotationClass;
import dev.quayside.common.Messages;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Health;
import dev.quayside.secrets.SecretFlag;
import dev.quayside.stack.Stack;
import dev.quayside.stack.StackService;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
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
            ZoneId.of("Europe/Berlin"));
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
