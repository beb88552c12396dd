package dev.quayside.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Health;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.engine.demo.DemoEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileSetTest {

  private static final String STRUCTURE =
      """
      {"services":{
        "llama_0":{"profiles":["llama_0","gpu0"]}, "r1_0":{"profiles":["r1_0","gpu0"]},
        "voice":{"profiles":["voice"]}, "router":{}, "extra":{"profiles":["part"]},
        "postgres":{"profiles":["part"]}}}
      """;

  private final DemoEngine engine =
      new DemoEngine(InstantSource.fixed(Instant.parse("2026-01-15T12:00:00Z")), later -> {});

  @Test
  void profilesTellHowMuchOfThemIsThereAndWhatRuns() throws Exception {
    List<ProfileSet.Profile> profiles = ProfileSet.of(stack(), definition()).all();

    assertThat(profiles)
        .extracting(one -> one.name() + " " + one.state() + " " + one.services())
        .contains("llama_0 ON [llama_0]", "voice OFF [voice]", "part PART [extra, postgres]");
    ProfileSet.Profile models =
        profiles.stream().filter(one -> one.name().equals("gpu0")).findFirst().orElseThrow();
    assertThat(models.running()).containsExactly("llama_0");
  }

  @Test
  void anUnknownProfileIsAProblemThatNamesThoseThereAre() {
    assertThatThrownBy(() -> ProfileSet.of(stack(), definition()).named("nobody"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            failure -> {
              assertThat(failure.problem().code()).isEqualTo("PROFILE-UNKNOWN");
              assertThat(failure.problem().happened()).contains("gpu0, llama_0, part, r1_0, voice");
            });
  }

  @Test
  void whatWasStartedOnceIsOnAndOneThatWasOnlyMadeIsNot() throws Exception {
    StackDefinition definition = parsed(PROFILED);
    ProfileSet profiles =
        ProfileSet.of(
            stackOf(
                List.of(),
                made("web", ContainerState.EXITED),
                made("vllm", ContainerState.EXITED),
                made("kept", ContainerState.CREATED)),
            definition);

    assertThat(profiles.on()).containsExactly("gpu");
    assertThat(profiles.uses("vllm")).isTrue();
    assertThat(profiles.uses("web")).isTrue();
    assertThat(profiles.uses("kept")).as("it was never started").isFalse();
    assertThat(profiles.uses("rag")).as("its profile is on by one service of two").isFalse();
  }

  @Test
  void aServiceThatWasStartedByItsNameIsInUseAndItsProfileIsNotOn() throws Exception {
    ProfileSet profiles =
        ProfileSet.of(
            stackOf(
                List.of(), made("web", ContainerState.RUNNING), made("rag", ContainerState.EXITED)),
            parsed(PROFILED));

    assertThat(profiles.on()).isEmpty();
    assertThat(profiles.uses("rag")).isTrue();
    assertThat(profiles.uses("kept")).isFalse();
  }

  @Test
  void whatTheStackWasAdoptedWithAndWhatItsEnvFileNamesIsOn(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve(".env"), "COMPOSE_PROFILES=full, nobody\n");
    Stack stack =
        new Stack(
            "p",
            "generic",
            "",
            new ComposeInvocation("p", folder, List.of(), List.of(), List.of("model")),
            List.of());

    assertThat(ProfileSet.of(stack, parsed(PROFILED)).on()).containsExactly("full", "model");

    Files.writeString(folder.resolve(".env"), "COMPOSE_PROFILES=*\n");
    assertThat(ProfileSet.of(stack, parsed(PROFILED)).on())
        .containsExactly("deep", "full", "gpu", "model");
  }

  @Test
  void composeGetsTheProfilesThatAreOnAndThoseThatADependencyNeeds() throws Exception {
    StackDefinition definition = parsed(PROFILED);
    ComposeInvocation called =
        new ComposeInvocation("p", Path.of("/s"), List.of(), List.of(), List.of("gpu"));

    assertThat(ProfileSet.of(called, definition).complete(called, List.of("kept")).profiles())
        .as("kept depends on db, which the profile deep switches on")
        .containsExactly("deep", "gpu", "model");
    assertThat(ProfileSet.of(called, definition).complete(called, List.of("vllm")).profiles())
        .as("no more than needed")
        .containsExactly("gpu");
  }

  private static final String PROFILED =
      """
      {"services":{
        "web":{}, "vllm":{"profiles":["full","gpu"]}, "rag":{"profiles":["full"]},
        "kept":{"profiles":["model"],"depends_on":{"db":{"condition":"service_started"}}},
        "db":{"profiles":["deep"]}}}
      """;

  private static Container made(String service, ContainerState state) {
    return new Container(
        new ContainerId(service),
        service,
        "image",
        "",
        state,
        Health.NONE,
        Instant.EPOCH,
        List.of(),
        Map.of(Container.PROJECT, "p", Container.SERVICE, service),
        List.of(),
        null);
  }

  private static Stack stackOf(List<String> profiles, Container... containers) {
    ComposeInvocation called =
        new ComposeInvocation("p", Path.of("/none"), List.of(), List.of(), profiles);
    return new Stack(
        "p",
        "generic",
        "",
        called,
        Stream.of(containers).map(one -> new StackService(one.service(), List.of(one))).toList());
  }

  private static StackDefinition parsed(String structure) throws ProblemException {
    return StackDefinition.parse(
        structure, new ComposeInvocation("p", Path.of("/s"), List.of(), List.of(), List.of()));
  }

  private static StackDefinition definition() throws ProblemException {
    return parsed(STRUCTURE);
  }

  private Stack stack() throws ProblemException {
    return new Stacks(Catalogue.load()).find(engine.feed().latest(), "llm-infrastructure");
  }
}
