package dev.quayside.stack.adopt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.bed.Bed;
import dev.quayside.catalogue.Catalogue;
import dev.quayside.common.Home;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.Connection;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Endpoint;
import dev.quayside.engine.EngineSnapshot;
import dev.quayside.engine.Health;
import dev.quayside.engine.compose.Compose;
import dev.quayside.journal.Journal;
import dev.quayside.stack.AdoptedStack;
import dev.quayside.stack.AdoptedStacks;
import dev.quayside.stack.Stack;
import dev.quayside.stack.Stacks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which project a folder is: asked of Compose, never guessed, and never somebody else's. */
@Tag("bed")
class AdoptionNamesBedTest {

  private static final String GOOD = "name: mine\nservices: {web: {image: \"x:1\"}}\n";
  private static final String BROKEN = "name: mine\nservices: {web: {image: [}}\n";

  private final Catalogue catalogue = Catalogue.load();
  private final Compose compose =
      Compose.on(new Endpoint.Unix(Bed.required().socket()), Bed.required().environment());
  @TempDir private Path folder;
  private Path root;
  private AdoptedStacks list;
  private Adoption adoption;

  @BeforeEach
  void open() throws Exception {
    Home home =
        new Home(folder.resolve("config"), folder.resolve("state"), folder.resolve("cache"));
    home.create();
    list = new AdoptedStacks(home);
    InstantSource clock = InstantSource.system();
    StackDetector detector = new StackDetector(catalogue, compose);
    adoption = new Adoption(detector, list, Journal.open(home, clock), clock);
    root = Files.createDirectories(folder.resolve("x"));
  }

  private void write(String text) throws Exception {
    Files.writeString(root.resolve("compose.yaml"), text);
  }

  private List<Stack> running(String project, Path directory) {
    Map<String, String> labels =
        Map.of(
            "com.docker.compose.project",
            project,
            "com.docker.compose.service",
            "web",
            "com.docker.compose.project.working_dir",
            directory.toString(),
            "com.docker.compose.project.config_files",
            directory + "/compose.yaml");
    Container container =
        new Container(
            new ContainerId("c"),
            project + "-web-1",
            "x:1",
            "",
            ContainerState.RUNNING,
            Health.NONE,
            Instant.EPOCH,
            List.of(),
            labels,
            List.of(),
            null);
    return new Stacks(catalogue)
        .all(new EngineSnapshot(new Connection.Connecting(), List.of(container), true));
  }

  @Test
  void aProjectThatComposeCouldNotTellIsAskedForAgain() throws Exception {
    write(BROKEN);
    AdoptedStack stack = adoption.add(root, Wishes.NONE, List.of());
    assertThat(stack.name()).isEqualTo("x");
    assertThat(stack.confirmed()).isFalse();
    EngineSnapshot nothing = new EngineSnapshot(new Connection.Connecting(), List.of(), true);
    assertThat(new Stacks(catalogue, () -> List.of(stack)).find(nothing, "x").invocation())
        .as("nothing can be made under a guessed name")
        .isNull();
    assertThat(adoption.confirmed()).containsExactly(stack);

    write(GOOD);
    AdoptedStack confirmed = adoption.confirmed().getFirst();
    assertThat(confirmed.name()).isEqualTo("x");
    assertThat(confirmed.invocation().project()).isEqualTo("mine");
    assertThat(list.all()).containsExactly(confirmed);
  }

  @Test
  void containersOfThatFolderAreFoundWhateverTheirProject() throws Exception {
    write(GOOD);
    assertThat(adoption.add(root, Wishes.NONE, running("given", root)).project())
        .isEqualTo("given");
  }

  @Test
  void whatALookShowsIsWhatIsPutOnTheList() throws Exception {
    write(GOOD);
    Files.writeString(root.resolve("compose.override.yaml"), "services: {extra: {image: x}}\n");
    for (List<Stack> running : List.of(List.<Stack>of(), running("given", root))) {
      FoundStack found = adoption.look(root, Wishes.NONE, running);
      AdoptedStack stack = adoption.add(root, Wishes.NONE, running);
      assertThat(found.invocation()).isEqualTo(stack.invocation());
      assertThat(found.definition().services().keySet()).contains("web");
      assertThat(found.definition().services().containsKey("extra"))
          .as("only what made the containers")
          .isEqualTo(running.isEmpty());
    }
  }

  @Test
  void aProjectOrNameOfAnotherFolderIsRefused() throws Exception {
    write(GOOD);
    Path other = Files.createDirectories(folder.resolve("other"));
    assertThat(code(Wishes.NONE, running("mine", other))).isEqualTo("PROJECT-ELSEWHERE");
    assertThat(code(Wishes.named("shop"), running("shop", other))).isEqualTo("NAME-TAKEN");
    assertThat(list.all()).isEmpty();

    // Moved here with its containers left behind.
    Path gone = folder.resolve("gone");
    assertThat(adoption.add(root, Wishes.NONE, running("mine", gone)).project()).isEqualTo("mine");
  }

  private String code(Wishes wishes, List<Stack> running) {
    ProblemException[] refused = new ProblemException[1];
    assertThatThrownBy(() -> adoption.add(root, wishes, running))
        .isInstanceOfSatisfying(ProblemException.class, failure -> refused[0] = failure);
    return refused[0].problem().code();
  }

  @Test
  void onlyTheStackOfThatNameIsForgotten() throws Exception {
    write(GOOD);
    adoption.add(root, Wishes.named("first"), List.of());
    Path second = Files.createDirectories(folder.resolve("second"));
    Files.writeString(second.resolve("compose.yaml"), GOOD.replace("mine", "theirs"));
    assertThatThrownBy(() -> adoption.add(second, Wishes.named("mine"), List.of()))
        .as("the project of the first")
        .isInstanceOf(ProblemException.class);
    adoption.add(second, Wishes.named("second"), List.of());

    assertThatThrownBy(() -> adoption.forgetProject("second"))
        .as("a name, no project")
        .isInstanceOf(ProblemException.class);
    adoption.forgetProject("theirs");

    assertThat(list.all()).extracting(AdoptedStack::name).containsExactly("first");
  }
}
