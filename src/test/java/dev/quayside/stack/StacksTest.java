package dev.quayside.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.Connection;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.EngineSnapshot;
import dev.quayside.engine.Health;
import dev.quayside.engine.compose.ComposeInvocation;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StacksTest {

  private final Stacks stacks = new Stacks(Catalogue.load());

  @Test
  void theInvocationIsReadFromTheLabels() throws ProblemException {
    EngineSnapshot snapshot =
        snapshot(
            container(
                "web-1",
                1,
                "shop",
                "web",
                "/srv/shop",
                "/srv/shop/a.yml,/srv/shop/b.yml",
                "/srv/shop/config/.env"),
            container(
                "db-1",
                2,
                "shop",
                "db",
                "/srv/shop",
                "/srv/shop/a.yml,/srv/shop/b.yml",
                "/srv/shop/config/.env"));
    Stack stack = stacks.find(snapshot, "shop");
    assertThat(stack.invocation().directory()).isEqualTo(Path.of("/srv/shop"));
    assertThat(stack.invocation().files())
        .containsExactly(Path.of("/srv/shop/a.yml"), Path.of("/srv/shop/b.yml"));
    assertThat(stack.invocation().envFiles()).containsExactly(Path.of("/srv/shop/config/.env"));
    assertThat(stack.invocation().profiles()).isEmpty();
    assertThat(stack.kind()).isEqualTo("generic");
    assertThat(stack.services()).extracting(StackService::name).containsExactly("db", "web");
  }

  @Test
  void theNewestContainerTellsTheInvocation() throws ProblemException {
    EngineSnapshot snapshot =
        snapshot(
            container("old", 1, "shop", "web", "/old", "/old/a.yml", ""),
            container("new", 2, "shop", "db", "/new", "/new/a.yml", ""));
    assertThat(stacks.find(snapshot, "shop").invocation().directory()).isEqualTo(Path.of("/new"));
  }

  @Test
  void containersWithoutComposeComeLastAndOneOffContainersNotAtAll() {
    Container oneOff = container("run-1", 1, "shop", "web", "/srv", "/srv/a.yml", "");
    Map<String, String> labels = new HashMap<>(oneOff.labels());
    labels.put("com.docker.compose.oneoff", "True");
    List<Stack> all =
        stacks.all(
            snapshot(
                container("solo", 1, null, null, null, null, null),
                with(oneOff, labels),
                container("web-1", 1, "shop", "web", "/srv", "/srv/a.yml", "")));
    assertThat(all).extracting(Stack::name).containsExactly("shop", "");
    assertThat(all.getFirst().services().getFirst().containers())
        .extracting(Container::name)
        .containsExactly("web-1");
    assertThat(all.getLast().invocation()).isNull();
  }

  @Test
  void whatWasAdoptedSaysNothingOfContainersFromElsewhere() throws ProblemException {
    AdoptedStack adopted =
        new AdoptedStack(
            "mine",
            Path.of("/srv/mine"),
            "local-llm-stack",
            "",
            new ComposeInvocation("shop", Path.of("/srv/mine"), List.of(), List.of(), List.of()),
            Instant.EPOCH);
    Stacks knowing = new Stacks(Catalogue.load(), () -> List.of(adopted));
    assertThat(knowing.find(snapshot(), "mine").kind()).isEqualTo("local-llm-stack");
    assertThat(
            knowing
                .find(snapshot(container("a", 1, "shop", "web", "/srv/mine", "/a.yml", "")), "mine")
                .kind())
        .isEqualTo("local-llm-stack");
    assertThat(
            knowing
                .find(snapshot(container("a", 1, "shop", "web", "/other", "/a.yml", "")), "shop")
                .kind())
        .isEqualTo("generic");
  }

  @Test
  void aNameThatCameToMeanTwoStacksIsRefusedAndAProjectMeansOnlyItself() throws Exception {
    AdoptedStack adopted =
        new AdoptedStack(
            "shop",
            Path.of("/srv/mine"),
            "generic",
            "",
            new ComposeInvocation("mine", Path.of("/srv/mine"), List.of(), List.of(), List.of()),
            Instant.EPOCH);
    Stacks knowing = new Stacks(Catalogue.load(), () -> List.of(adopted));
    EngineSnapshot snapshot =
        snapshot(container("shop-web-1", 1, "shop", "web", "/srv/shop", "/a.yml", ""));
    assertThatThrownBy(() -> knowing.find(snapshot, "shop"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.problem().code()).isEqualTo("STACK-AMBIGUOUS");
              assertThat(problem.problem().nextStep()).contains("mine");
            });
    assertThat(knowing.find(snapshot, "mine").name()).isEqualTo("mine");
    assertThat(knowing.find(snapshot(), "shop").name()).isEqualTo("mine");
    assertThat(knowing.ofProject(snapshot, "shop").services()).hasSize(1);
    assertThatThrownBy(() -> knowing.ofProject(snapshot(), "shop"))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> knowing.ofProject(snapshot, "")).isInstanceOf(ProblemException.class);
  }

  @Test
  void anEraThatTheContainersHaveLeftIsNotKept() throws ProblemException {
    AdoptedStack adopted =
        new AdoptedStack(
            "ai",
            Path.of("/srv/ai"),
            "dream-server",
            "v1",
            new ComposeInvocation("ai", Path.of("/srv/ai"), List.of(), List.of(), List.of()),
            Instant.EPOCH);
    Container[] containers =
        List.of("llama-server", "open-webui", "dashboard-api", "dashboard").stream()
            .map(name -> container("ods-" + name, 1, "ai", name, "/srv/ai", "/a.yml", ""))
            .toArray(Container[]::new);
    Stacks knowing = new Stacks(Catalogue.load(), () -> List.of(adopted));
    assertThat(knowing.find(snapshot(containers), "ai").era()).isEqualTo("ods");
  }

  @Test
  void anUnknownNameIsAnsweredWithTheKnownOnes() {
    EngineSnapshot snapshot =
        snapshot(container("web-1", 1, "shop", "web", "/srv", "/srv/a.yml", ""));
    assertThatThrownBy(() -> stacks.find(snapshot, "sh\u001b[31mop"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.problem().happened()).contains("shop");
              assertThat(problem.problem().title()).doesNotContain("\u001b");
            });
  }

  @Test
  void anEmptyNameNeverMeansTheContainersWithoutAStack() throws ProblemException {
    EngineSnapshot snapshot = snapshot(container("solo", 1, null, null, null, null, null));
    assertThatThrownBy(() -> stacks.find(snapshot, "")).isInstanceOf(ProblemException.class);
    assertThat(stacks.group(snapshot, "").services()).hasSize(1);
  }

  @Test
  void labelsThatNoHonestComposeWritesGiveNoInvocation() {
    List<Stack> all =
        stacks.all(
            snapshot(
                container("x", 1, "evil", "web", "relative", "a.yml", ""),
                container("y", 1, "nul", "web", "/a\0b", "/a", "")));
    assertThat(all).allMatch(stack -> stack.invocation() == null);
  }

  @Test
  void anAdoptedStackKeepsItsFolderAndItsProfilesWhateverALabelSays() throws ProblemException {
    ComposeInvocation told =
        new ComposeInvocation(
            "shop",
            Path.of("/srv/shop"),
            List.of(Path.of("/srv/shop/a.yml")),
            List.of(),
            List.of("voice"));
    AdoptedStack adopted =
        new AdoptedStack("shop", Path.of("/srv/shop"), "generic", "", told, Instant.EPOCH);
    Stacks knowing = new Stacks(Catalogue.load(), () -> List.of(adopted));
    EngineSnapshot snapshot =
        snapshot(
            container(
                "web-1", 1, "shop", "web", "/srv/shop", "/srv/shop/a.yml,/srv/shop/b.yml", ""),
            container("odd", 9, "shop", "odd", "/tmp/evil", "/tmp/evil/x.yml", ""));

    Stack stack = knowing.find(snapshot, "shop");

    assertThat(stack.invocation().directory()).isEqualTo(Path.of("/srv/shop"));
    assertThat(stack.invocation().files())
        .containsExactly(Path.of("/srv/shop/a.yml"), Path.of("/srv/shop/b.yml"));
    assertThat(stack.invocation().profiles()).containsExactly("voice");
    assertThat(Makings.disagreement(stack, List.of("web"))).isNull();
    assertThat(Makings.disagreement(stack, List.of()).code()).isEqualTo("MADE-ELSEWHERE");
  }

  @Test
  void eachServiceIsMadeFromItsOwnFilesAndTwoListsAtOnceAreRefusedWithBoth() throws Exception {
    EngineSnapshot snapshot =
        snapshot(
            container("vllm-1", 1, "s", "vllm", "/s", "/s/base.yml,/s/gpu.yml", "/s/.env"),
            container("db-1", 1, "s", "db", "/s", "/s/base.yml,/s/gpu.yml", ""),
            container("web-1", 2, "s", "web", "/s", "/s/base.yml", ""));
    Stack stack = stacks.find(snapshot, "s");
    assertThat(stack.invocation().files()).containsExactly(Path.of("/s/base.yml"));

    assertThat(Makings.agreed(stack, List.of("vllm", "db")).invocation().files())
        .as("what made them, not what came last")
        .containsExactly(Path.of("/s/base.yml"), Path.of("/s/gpu.yml"));
    for (List<String> services :
        List.of(List.of("vllm", "web"), List.<String>of(), List.of("new"))) {
      assertThatThrownBy(() -> Makings.agreed(stack, services))
          .isInstanceOfSatisfying(
              ProblemException.class,
              problem -> {
                assertThat(problem.problem().code()).isEqualTo("MADE-DIFFERENTLY");
                assertThat(problem.problem().happened())
                    .contains("vllm from base.yml, gpu.yml", "web from base.yml");
              });
    }
  }

  static EngineSnapshot snapshot(Container... containers) {
    return new EngineSnapshot(new Connection.Connecting(), List.of(containers), true);
  }

  private static Container with(Container c, Map<String, String> labels) {
    return new Container(
        c.id(),
        c.name(),
        c.image(),
        c.imageId(),
        c.state(),
        c.health(),
        c.created(),
        c.ports(),
        labels,
        c.networks(),
        c.facts());
  }

  static Container container(
      String name,
      int age,
      String project,
      String service,
      String directory,
      String files,
      String env) {
    Map<String, String> labels = new HashMap<>();
    put(labels, "com.docker.compose.project", project);
    put(labels, "com.docker.compose.service", service);
    put(labels, "com.docker.compose.project.working_dir", directory);
    put(labels, "com.docker.compose.project.config_files", files);
    put(labels, "com.docker.compose.project.environment_file", env);
    return new Container(
        new ContainerId(name),
        name,
        "image",
        "",
        ContainerState.RUNNING,
        Health.NONE,
        Instant.ofEpochSecond(age),
        List.of(),
        labels,
        List.of(),
        null);
  }

  private static void put(Map<String, String> labels, String name, String value) {
    if (value != null && !value.isEmpty()) {
      labels.put(name, value);
    }
  }
}
