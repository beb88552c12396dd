package dev.quayside.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.common.Home;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.compose.ComposeInvocation;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdoptedStacksTest {

  @TempDir private Path folder;
  private AdoptedStacks list;

  @BeforeEach
  void open() {
    list =
        new AdoptedStacks(
            new Home(folder.resolve("config"), folder.resolve("state"), folder.resolve("cache")));
  }

  private static AdoptedStack stack(String name, String project, String root) {
    Path directory = Path.of(root);
    return new AdoptedStack(
        name,
        directory,
        "generic",
        "",
        new ComposeInvocation(project, directory, List.of(), List.of(), List.of()),
        Instant.parse("2026-11-22T12:00:00.123456789Z"));
  }

  private void refused(AdoptedStack stack, String code) throws Exception {
    List<AdoptedStack> before = list.all();
    assertThatThrownBy(() -> list.add(stack))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.problem().code()).isEqualTo(code));
    assertThat(list.all()).isEqualTo(before);
  }

  @Test
  void noNameMeansTwoStacksNeitherStraightNorCrosswise() throws Exception {
    list.add(stack("mine", "shop", "/srv/mine"));
    refused(stack("mine", "other", "/srv/other"), "NAME-TAKEN");
    refused(stack("other", "shop", "/srv/other"), "PROJECT-TAKEN");
    refused(stack("shop", "other", "/srv/other"), "NAME-PROJECT");
    refused(stack("other", "mine", "/srv/other"), "PROJECT-NAME");
    list.add(stack("shop", "shop", "/srv/mine"));
    assertThat(list.all()).extracting(AdoptedStack::name).containsExactly("shop");
  }

  @Test
  void aStackIsReplacedOnlyAsLongAsItIsOnTheListAsItWas() throws Exception {
    AdoptedStack guessed = stack("mine", "", "/srv/mine");
    AdoptedStack told = stack("mine", "shop", "/srv/mine");
    list.add(guessed);
    assertThat(list.replace(guessed, told)).isTrue();
    assertThat(list.all()).containsExactly(told);

    assertThat(list.replace(guessed, stack("mine", "late", "/srv/mine"))).isFalse();
    assertThat(list.all()).containsExactly(told);

    assertThat(list.forget("mine")).isTrue();
    assertThat(list.replace(told, stack("mine", "late", "/srv/mine"))).isFalse();
    assertThat(list.all()).as("what was forgotten stays so").isEmpty();
  }

  @Test
  void whatComposeTellsLateIsNotTakenWhereItWouldMeanAnother() throws Exception {
    AdoptedStack guessed = stack("mine", "", "/srv/mine");
    list.add(guessed);
    list.add(stack("theirs", "shop", "/srv/theirs"));
    List<AdoptedStack> before = list.all();
    assertThatThrownBy(() -> list.replace(guessed, stack("mine", "shop", "/srv/mine")))
        .isInstanceOf(ProblemException.class);
    assertThat(list.all()).isEqualTo(before);
  }
}
