package dev.quayside.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.engine.demo.DemoEngine;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProfilesTest {

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
    List<Profiles.Profile> profiles = Profiles.of(stack(), definition());

    assertThat(profiles)
        .extracting(one -> one.name() + " " + one.state() + " " + one.services())
        .contains("llama_0 ON [llama_0]", "voice OFF [voice]", "part PART [extra, postgres]");
    Profiles.Profile models =
        profiles.stream().filter(one -> one.name().equals("gpu0")).findFirst().orElseThrow();
    assertThat(models.running()).containsExactly("llama_0");
  }

  @Test
  void anUnknownProfileIsAProblemThatNamesThoseThereAre() {
    assertThatThrownBy(() -> Profiles.named(stack(), definition(), "nobody"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            failure -> {
              assertThat(failure.problem().code()).isEqualTo("PROFILE-UNKNOWN");
              assertThat(failure.problem().happened()).contains("gpu0, llama_0, part, r1_0, voice");
            });
  }

  private static StackDefinition definition() throws ProblemException {
    return StackDefinition.parse(
        STRUCTURE, new ComposeInvocation("p", Path.of("/s"), List.of(), List.of(), List.of()));
  }

  private Stack stack() throws ProblemException {
    return new Stacks(Catalogue.load()).find(engine.feed().latest(), "llm-infrastructure");
  }
}
