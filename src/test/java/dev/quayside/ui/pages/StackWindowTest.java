package dev.quayside.ui.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.common.Problem;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.stack.AdoptedStack;
import dev.quayside.stack.StackDefinition;
import dev.quayside.stack.adopt.FoundStack;
import dev.quayside.stack.picture.PlaceSize;
import dev.quayside.stack.picture.StackPicture;
import dev.quayside.ui.shell.PageSpec;
import dev.quayside.ui.shell.StackChoice;
import dev.quayside.ui.stack.DemoStackDesk;
import dev.quayside.ui.stack.StackDesk;
import dev.quayside.ui.stack.StackPage;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.ThemeChoice;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("window")
class StackWindowTest {

  private static final int[] SMALL = {1280, 800};
  private static final int[] LARGE = {1920, 1080};

  private final ScriptedDialogs dialogs = new ScriptedDialogs();

  @Test
  void aStackIsShownWithItsServicesTheCommandThatStartsItAndTheSizesOfItsData() throws Exception {
    try (PageStage stage = open(null)) {
      stage.picture("stack-none", SMALL, ThemeChoice.LIGHT);
      choose(stage, "dream-server");
      Labeled command = stage.node("stack-command");
      assertThat(PageStage.call(command::getText))
          .contains("cd /srv/dream-server", "docker compose -p dream-server");
      Node box = stage.node("map-open-webui");
      assertThat(PageStage.call(box::getAccessibleText)).contains("Needs: litellm, qdrant");
      TableView<?> places = stage.node("stack-places");
      assertThat(places.getItems()).hasSizeGreaterThan(5);
      PageStage.await(
          "a size",
          () ->
              places.lookupAll(".label").stream()
                  .map(Labeled.class::cast)
                  .anyMatch(label -> String.valueOf(label.getText()).endsWith("iB")));
      stage.picture("stack-shown", SMALL, ThemeChoice.LIGHT);
      stage.picture("stack-shown-large", LARGE, ThemeChoice.DARK);
    }
  }

  @Test
  void aFolderIsLookedAtFirstAndAdoptedOnlyByItsButton() throws Exception {
    Adopting desk = new Adopting(null);
    dialogs.files.addAll(List.of(Path.of("/srv/shop"), Path.of("/srv/shop")));
    try (PageStage stage = open(desk)) {
      stage.press("stack.adopt");
      TextField name = stage.node("adopt-name");
      PageStage.await("the name", () -> name.getText().equals("shop"));
      stage.picture("stack-adopt", SMALL, ThemeChoice.LIGHT);
      stage.press("adopt-cancel");
      assertThat(desk.adopted).isEmpty();
      stage.press("stack.adopt");
      TextField again = stage.node("adopt-name");
      PageStage.run(() -> again.setText("my-shop"));
      stage.press("adopt-go");
      PageStage.await("adopted", () -> dialogs.notices.size() == 1);
      assertThat(desk.adopted).containsExactly("/srv/shop as my-shop");
      assertThat(PageStage.call(() -> stage.shell().workbench().stacks().chosen().get()))
          .isEqualTo("shop");
    }
  }

  @Test
  void whatComposeRejectsIsSaidBeforeItIsAdopted() throws Exception {
    Adopting desk =
        new Adopting(
            new Problem("X", "rejected", "compose.yml, line 7: no such key", "", "", null, ""));
    dialogs.files.add(Path.of("/srv/shop"));
    try (PageStage stage = open(desk)) {
      stage.press("stack.adopt");
      stage.node("adopt-name");
      assertThat(
              PageStage.call(() ->
                  stage.stage().getScene().getRoot().lookupAll(".label").stream()
                      .map(Labeled.class::cast)
                      .map(label -> String.valueOf(label.getText()))
                      .toList()))
          .anyMatch(text -> text.contains("compose.yml, line 7"));
      stage.picture("stack-adopt-rejected", SMALL, ThemeChoice.DARK);
    }
  }

  @Test
  void aStackIsForgottenAfterAQuestionAndEnterDoesNotAnswerIt() throws Exception {
    Adopting desk = new Adopting(null);
    try (PageStage stage = open(desk)) {
      choose(stage, "dream-server");
      stage.node("stack-page");
      stage.press("stack.forget");
      PageStage.await("forgotten", () -> dialogs.notices.size() == 1);
      assertThat(desk.forgotten).containsExactly("dream-server");
      assertThat(dialogs.confirmations).hasSize(1);
      // It has containers, so it stays.
      assertThat(PageStage.call(() -> stage.shell().workbench().stacks().chosen().get()))
          .isEqualTo("dream-server");
      choose(stage, StackChoice.ALL);
      assertThat(PageStage.call(() -> ((Button) find(stage, "stack.forget")).isDisabled()))
          .isTrue();
    }
  }

  @Test
  void theMapIsWalkedByKeysAndABoxOpensItsContainer() throws Exception {
    try (PageStage stage = open(null)) {
      choose(stage, "dream-server");
      Button box = stage.node("map-litellm");
      PageStage.run(() -> {
        box.requestFocus();
        box.fireEvent(
            new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.SPACE, false, false, false, false));
        box.fireEvent(
            new KeyEvent(KeyEvent.KEY_RELEASED, "", "", KeyCode.SPACE, false, false, false, false));
      });
      assertThat(PageStage.call(() -> stage.shell().page())).isEqualTo("services");
    }
  }

  @Test
  void aStackThatWasForgottenLateLeavesTheOneThatIsChosenByThen() throws Exception {
    Adopting desk = new Adopting(null);
    desk.empty = true;
    desk.slow = true;
    try (PageStage stage = open(desk)) {
      choose(stage, "dream-server");
      stage.node("stack-page");
      stage.press("stack.forget");
      Labeled doing = stage.node("stack-doing");
      PageStage.await("said", () -> doing.getText().equals("Forgetting dream-server"));
      assertThat(PageStage.call(() -> ((Button) find(stage, "stack.forget")).isDisabled()))
          .isTrue();
      choose(stage, "llm-infrastructure");
      desk.forgetting.countDown();
      PageStage.await("forgotten", () -> dialogs.notices.size() == 1);
      assertThat(PageStage.call(() -> stage.shell().workbench().stacks().chosen().get()))
          .isEqualTo("llm-infrastructure");
      assertThat(PageStage.call(() -> doing.getParent().isVisible())).isFalse();
    }
  }

  @Test
  void aHiddenPageReadsNothingUntilItIsSeenAgain() throws Exception {
    Adopting desk = new Adopting(null);
    try (PageStage stage = open(desk)) {
      choose(stage, "dream-server");
      stage.node("stack-page");
      PageStage.run(() -> stage.shell().workbench().navigator().show("services"));
      choose(stage, "llm-infrastructure");
      PageStage.run(() -> {});
      assertThat(desk.read).containsExactly("dream-server");
      PageStage.run(() -> stage.shell().workbench().navigator().show("stack"));
      PageStage.await("read", () -> desk.read.contains("llm-infrastructure"));
    }
  }

  @Test
  void copyingTheCommandIsSaid() throws Exception {
    try (PageStage stage = open(null)) {
      choose(stage, "dream-server");
      stage.node("stack-page");
      stage.press("stack-copy");
      PageStage.await("said", () -> dialogs.notices.size() == 1);
    }
  }

  private static Node find(PageStage stage, String id) {
    try {
      return stage.stage().getScene().getRoot().lookupAll(".button").stream()
          .filter(node -> id.equals(node.getId()))
          .findFirst()
          .orElseThrow();
    } catch (RuntimeException gone) {
      throw new AssertionError(id, gone);
    }
  }

  private static void choose(PageStage stage, String name) throws Exception {
    PageStage.run(() -> stage.shell().workbench().stacks().choose(name));
  }

  private PageStage open(Adopting desk) throws Exception {
    return PageStage.open(engine -> {
      StackDesk demo = new DemoStackDesk(engine.feed());
      if (desk != null) {
        desk.shown = demo;
      }
      return List.of(
          new PageSpec(
              "stack",
              "Stack",
              Icon.STACK,
              workbench ->
                  new StackPage(PageStage.with(workbench, dialogs), desk == null ? demo : desk)),
          new PageSpec("services", "Services", Icon.SERVICES, workbench -> () -> new Button("x")));
    });
  }

  /** Shows the demo's stacks and writes down what is adopted and forgotten. */
  private static final class Adopting implements StackDesk {

    private final Problem complaint;
    private final List<String> adopted = new ArrayList<>();
    private final List<String> forgotten = new ArrayList<>();
    private final List<String> read = new CopyOnWriteArrayList<>();
    private final CountDownLatch forgetting = new CountDownLatch(1);
    private boolean empty;
    private boolean slow;
    private StackDesk shown;

    Adopting(Problem complaint) {
      this.complaint = complaint;
    }

    @Override
    public Shown show(String stack) throws dev.quayside.common.ProblemException {
      read.add(stack);
      Shown one = shown.show(stack);
      return empty ? new Shown(withoutServices(one.picture()), true) : one;
    }

    private static StackPicture withoutServices(StackPicture one) {
      return new StackPicture(
          one.stack(),
          one.title(),
          one.root(),
          one.invocation(),
          one.origin(),
          one.complaint(),
          List.of(),
          one.profiles(),
          one.envFiles(),
          one.data(),
          one.mounts(),
          one.differences(),
          one.others());
    }

    @Override
    public PlaceSize size(Path place) throws dev.quayside.common.ProblemException {
      return shown.size(place);
    }

    @Override
    public Candidate look(Path folder) throws dev.quayside.common.ProblemException {
      return new Candidate(
          new FoundStack(
              folder,
              "generic",
              "",
              call(folder),
              FoundStack.Origin.DEFAULT,
              complaint == null ? new StackDefinition("shop", Map.of(), Map.of()) : null,
              complaint,
              List.of(folder.resolve("compose.gpu.yml"))),
          Catalogue.load().kind("generic", "").title());
    }

    private void awaitForgetting() {
      try {
        forgetting.await();
      } catch (InterruptedException interrupted) {
        throw new AssertionError(interrupted);
      }
    }

    private static ComposeInvocation call(Path folder) {
      return new ComposeInvocation(
          "shop", folder, List.of(folder.resolve("compose.yml")), List.of(), List.of());
    }

    @Override
    public AdoptedStack adopt(Path folder, String name) {
      adopted.add(folder + " as " + name);
      return new AdoptedStack(name, folder, "generic", "", call(folder), Instant.EPOCH);
    }

    @Override
    public void forget(String stack) {
      if (slow) {
        awaitForgetting();
      }
      forgotten.add(stack);
    }
  }
}
