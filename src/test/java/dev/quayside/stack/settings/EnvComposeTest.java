package dev.quayside.stack.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.common.Home;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Health;
import dev.quayside.engine.RuntimeFacts;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.exposure.probe.PlayedEngine;
import dev.quayside.journal.Journal;
import dev.quayside.stack.Stack;
import dev.quayside.stack.StackService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Compose says, and what it refuses to say, is told as it is and gives no value away. */
class EnvComposeTest {

  private static final String STRUCTURE =
      """
        *--no-interpolate*)
          echo '{"name":"demo","services":{"web":{"env_file":["web.env"]}}}' ;;
      """;

  @TempDir Path folder;
  private Path own;
  private Stack stack;

  @BeforeEach
  void aStack() throws Exception {
    own = Files.createDirectory(folder.resolve("stack")).toRealPath();
    Files.writeString(own.resolve(".env"), "A=1\nAPI_KEY=zz-first\n");
    Files.writeString(own.resolve(".env.prod"), "API_KEY=zz-third\n");
    Files.writeString(own.resolve("web.env"), "DB_PASSWORD=zz-second\n");
    stack =
        new Stack(
            "demo",
            "generic",
            "",
            new ComposeInvocation("demo", own, List.of(), List.of(), List.of()),
            List.of(new StackService("web", List.of())));
  }

  private EnvParts parts(String cases) throws Exception {
    Home home = EnvWorld.home(folder.resolve("home"));
    return new EnvParts(
        () -> PlayedEngine.with("web", "/nonexistent", true),
        PlayedCompose.with(folder.resolve("docker"), cases),
        Journal.open(home, InstantSource.system()),
        Catalogue.load(),
        home,
        InstantSource.system(),
        StepBoundary.none());
  }

  private static String all(Problem problem) {
    return problem + problem.detail();
  }

  @Test
  void moreThanWasConfirmedIsNotMadeAnew() throws Exception {
    EnvParts parts =
        parts(
            STRUCTURE
                + """
                  *--hash*) cat >/dev/null; echo 'web fresh' ;;
                  *) echo '{}' ;;
                """);
    EnvApplying applying = new StackSettings(parts, null).applying();
    assertThat(applying.plan(stack).recreated()).containsExactly("web");
    assertThat(applying.apply(stack, List.of("db"), Progress.none()))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> {
              assertThat(refused.problem().code()).isEqualTo("ENV-NOT-CONFIRMED");
              assertThat(refused.problem().happened()).contains("web");
            });
  }

  @Test
  void whoeverSharesTheNetworkOfAServiceIsShownWithIt() throws Exception {
    EnvParts parts =
        parts(
            STRUCTURE
                + """
                  *--hash*) cat >/dev/null; echo 'web fresh' ;;
                  *) echo '{}' ;;
                """);
    Stack shared =
        new Stack(
            stack.name(),
            stack.kind(),
            stack.era(),
            stack.invocation(),
            List.of(
                new StackService("proxy", List.of(container("b", "container:" + "a".repeat(64)))),
                new StackService("web", List.of(container("a", "net")))));
    EnvImpact impact = new StackSettings(parts, null).impacts().now(shared);
    assertThat(impact.recreated()).containsExactlyInAnyOrder("web", "proxy");
    assertThat(impact.untouched()).isEmpty();
  }

  private static Container container(String letter, String network) {
    return new Container(
        new ContainerId(letter.repeat(64)),
        letter,
        "image",
        "sha256:1",
        ContainerState.RUNNING,
        Health.NONE,
        Instant.EPOCH,
        List.of(),
        Map.of(),
        List.of(),
        new RuntimeFacts(
            OptionalLong.empty(),
            null,
            null,
            OptionalInt.empty(),
            false,
            0,
            OptionalDouble.empty(),
            OptionalLong.empty(),
            network,
            false));
  }

  @Test
  void aValueThatComposeQuotesIsMaskedWhateverFileItStandsIn() throws Exception {
    EnvParts parts =
        parts(
            STRUCTURE
                + "  *) echo 'cannot use zz-first and zz-second or zz-third' >&2; exit 14 ;;\n");
    StackSettings settings = new StackSettings(parts, null);
    Problem now = settings.impacts().now(stack).unknown();
    assertThat(all(now)).contains("cannot use").doesNotContain("zz-first", "zz-second");

    try (EnvPlan plan =
        EnvWorld.planned(
            settings
                .editing()
                .plan(
                    settings.files().find(stack, null),
                    null,
                    List.of(EnvWorld.put("API_KEY", "zz-third"))))) {
      assertThat(all(settings.impacts().of(plan).unknown()))
          .contains("cannot use")
          .doesNotContain("zz-");
    }
    assertThat(settings.sets().planSwitch(stack, "prod"))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused ->
                assertThat(all(refused.problem())).contains("cannot use").doesNotContain("zz-"));
  }

  @Test
  void filesThatOnlyServicesNameAreListedOrSaidToBeMissing() throws Exception {
    EnvFiles.Found told = new EnvFiles(parts(STRUCTURE)).look(stack);
    assertThat(told.all())
        .extracting(EnvTarget::name)
        .containsExactly(".env", "web.env", ".env.prod");
    assertThat(told.unlisted()).isNull();

    EnvFiles files = new EnvFiles(parts("  *) echo 'yaml: line 3' >&2; exit 14 ;;\n"));
    EnvFiles.Found part = files.look(stack);
    assertThat(part.all()).extracting(EnvTarget::name).containsExactly(".env", ".env.prod");
    assertThat(part.unlisted().happened()).contains("yaml: line 3");
    try {
      files.find(stack, "web.env");
      throw new AssertionError("it is not listed");
    } catch (ProblemException none) {
      assertThat(none.problem().code()).isEqualTo("ENV-NOT-OF-STACK");
      assertThat(none.problem().detail()).contains("yaml: line 3");
    }
  }

  @Test
  void copiesThatCannotBeReadAreNamedAndCostNothingElse() throws Exception {
    Files.writeString(own.resolve(".env.bak"), "A=0\n");
    Path loop = Files.createDirectory(own.resolve("data")).resolve("config-backups");
    Files.createSymbolicLink(loop, Path.of("config-backups"));
    EnvHistory.Found found =
        new EnvHistory(EnvWorld.home(folder.resolve("home")))
            .look(EnvWorld.target(own.resolve(".env")));
    assertThat(found.versions()).extracting(EnvVersion::id).containsExactly(".env.bak");
    assertThat(found.unread()).containsExactly(loop);
  }
}
