package dev.quayside.ui.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.secrets.RotationPlan;
import dev.quayside.secrets.RotationReceipt;
import dev.quayside.secrets.SecretStatus;
import dev.quayside.ui.secrets.ScriptedSecrets;
import dev.quayside.ui.secrets.SecretsDesk;
import dev.quayside.ui.secrets.SecretsPage;
import dev.quayside.ui.shell.PageSpec;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.ThemeChoice;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("window")
class SecretsWindowTest {

  private static final int[] SMALL = {1280, 800};

  @Test
  void aSecretIsRotatedFromPlanToReceiptAndEnterConfirmsNothing() throws Exception {
    ScriptedDialogs dialogs = new ScriptedDialogs();
    try (PageStage stage =
        PageStage.open(engine ->
            List.of(
                new PageSpec(
                    "secrets",
                    "Secrets",
                    Icon.SECRETS,
                    workbench ->
                        new SecretsPage(
                            PageStage.with(workbench, dialogs), new ScriptedSecrets()))))) {
      stage.picture("secrets-no-stack", SMALL, ThemeChoice.LIGHT);
      PageStage.run(() ->
          stage.stage().getScene().getRoot().lookupAll(".stack-button").stream()
              .map(Button.class::cast)
              .filter(button -> button.getText().equals("dream-server"))
              .findFirst()
              .orElseThrow()
              .fire());
      TableView<?> table = stage.node("secrets-table");
      PageStage.await("secrets", () -> table.getItems().size() == 7);
      PageStage.run(() -> table.getSelectionModel().select(5));
      assertThat(((Button) stage.node("secrets.rotate")).isDisabled()).isTrue();
      PageStage.run(() -> table.getSelectionModel().select(1));
      stage.pictures("secrets");

      stage.press("secrets.rotate");
      Button go = stage.node("rotation-go");
      assertThat(go.getText()).isEqualTo("Rotate LITELLM_KEY and recreate 3 services");
      PageStage.await(
          "cancel has the focus",
          () -> stage.stage().getScene().lookup("#rotation-cancel").isFocused());
      stage.picture("secrets-plan", SMALL, ThemeChoice.LIGHT);
      PageStage.run(() -> {
        go.requestFocus();
        for (var type : List.of(KeyEvent.KEY_PRESSED, KeyEvent.KEY_RELEASED)) {
          go.fireEvent(new KeyEvent(type, "", "", KeyCode.ENTER, false, false, false, false));
        }
      });
      assertThat(PageStage.call(() -> stage.shows("rotation-plan"))).isTrue();
      PageStage.run(() -> stage.stage().getScene().lookup("#rotation-cancel").requestFocus());
      stage.press("rotation-go");

      stage.node("rotation-receipt");
      stage.picture("secrets-receipt", SMALL, ThemeChoice.LIGHT);
      stage.picture("secrets-receipt-dark", SMALL, ThemeChoice.DARK);
      assertThat(dialogs.notices).hasSize(1);
      stage.press("receipt-close");
      stage.picture("secrets-after", SMALL, ThemeChoice.DARK);
      assertThat(dialogs.problems).isEmpty();
    }
  }

  @Test
  void aRotationIsSeenOnThePageInTheStatusBarAndAmongTheJobsWhileItRuns() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    SecretsDesk slow = new HeldSecrets(new ScriptedSecrets(), goOn);
    ScriptedDialogs dialogs = new ScriptedDialogs();
    try (PageStage stage =
        PageStage.open(engine ->
            List.of(
                new PageSpec(
                    "secrets",
                    "Secrets",
                    Icon.SECRETS,
                    workbench -> new SecretsPage(PageStage.with(workbench, dialogs), slow))))) {
      PageStage.run(() -> stage.shell().workbench().stacks().choose("dream-server"));
      TableView<?> table = stage.node("secrets-table");
      PageStage.await("secrets", () -> table.getItems().size() == 7);
      PageStage.run(() -> table.getSelectionModel().select(1));
      assertThat(PageStage.call(() -> stage.shows("rotation-running"))).isFalse();
      stage.press("secrets.rotate");
      stage.press("rotation-go");
      // At once, before the operation has said anything.
      assertThat(PageStage.call(() -> stage.shows("rotation-running"))).isTrue();
      Button jobs = stage.node("jobs-button");
      assertThat(PageStage.call(jobs::getText)).contains("LITELLM_KEY");
      PageStage.await("the step", () -> jobs.getText().contains("2 of 7"));
      assertThat(PageStage.call(() -> stage.stage().getScene().lookup(".job-progress").isVisible()))
          .isTrue();
      assertThat(((Button) stage.node("secrets.rotate")).isDisabled()).isTrue();
      stage.press("jobs-button");
      stage.picture("secrets-running", SMALL, ThemeChoice.LIGHT);
      assertThat(
              PageStage.call(() ->
                  stage.stage().getScene().lookup("#jobs-panel").lookupAll(".label").stream()
                      .map(label -> ((Labeled) label).getText())
                      .toList()))
          .anyMatch(text -> text != null && text.contains("Recreating"));
      goOn.countDown();
      stage.node("rotation-receipt");
      PageStage.await("quiet", () -> !stage.shows("rotation-running"));
      assertThat(PageStage.call(() -> stage.shell().workbench().jobs().running())).isEmpty();
    } finally {
      goOn.countDown();
    }
  }

  @Test
  void whileAPlanIsMadeNoSecondOneCanBeAskedFor() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger plans = new AtomicInteger();
    ScriptedSecrets scripted = new ScriptedSecrets();
    SecretsDesk slow =
        desk(
            scripted,
            (stack, name) -> {
              plans.incrementAndGet();
              await(goOn);
              return scripted.plan(stack, name);
            },
            scripted::list);
    ScriptedDialogs dialogs = new ScriptedDialogs();
    try (PageStage stage = open(dialogs, slow)) {
      choose(stage, 1);
      assertThat(PageStage.call(() -> stage.shows("rotation-running"))).isFalse();
      stage.press("secrets.rotate");
      Button rotate = stage.node("secrets.rotate");
      assertThat(PageStage.call(rotate::isDisabled)).isTrue();
      assertThat(PageStage.call(() -> stage.shows("rotation-running"))).isTrue();
      PageStage.run(() -> stage.shell().workbench().actions().get("secrets.rotate").run());
      goOn.countDown();
      stage.node("rotation-plan");
      assertThat(PageStage.call(() -> stage.shows("rotation-running"))).isFalse();
      stage.press("rotation-cancel");
      assertThat(PageStage.call(() -> stage.shell().workbench().sheets().showing().get()))
          .isFalse();
      assertThat(plans).hasValue(1);
      assertThat(PageStage.call(rotate::isDisabled)).isFalse();
    } finally {
      goOn.countDown();
    }
  }

  @Test
  void aReceiptThatComesWhileSomethingElseIsAskedWaitsInTheCorner() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    SecretsDesk slow = new HeldSecrets(new ScriptedSecrets(), goOn);
    ScriptedDialogs dialogs = new ScriptedDialogs();
    try (PageStage stage = open(dialogs, slow)) {
      choose(stage, 1);
      stage.press("secrets.rotate");
      stage.press("rotation-go");
      PageStage.run(() -> stage.shell().workbench().actions().get("window.keys").run());
      goOn.countDown();
      PageStage.await("told", () -> dialogs.notices.size() == 1);
      assertThat(PageStage.call(() -> stage.shows("rotation-receipt"))).isFalse();
      PageStage.run(dialogs.notices.getFirst().action()::run);
      stage.node("rotation-receipt");
    } finally {
      goOn.countDown();
    }
  }

  @Test
  void aListThatWasEmptyIsShownWhenSecretsAreFound() throws Exception {
    AtomicBoolean filled = new AtomicBoolean();
    ScriptedSecrets scripted = new ScriptedSecrets();
    SecretsDesk desk =
        desk(scripted, scripted::plan, stack -> filled.get() ? scripted.list(stack) : List.of());
    try (PageStage stage = open(new ScriptedDialogs(), desk)) {
      PageStage.run(() -> stage.shell().workbench().stacks().choose("dream-server"));
      PageStage.await(
          "nothing yet",
          () ->
              stage.stage().getScene().lookup(".empty-state") != null
                  && !stage.shows("secrets-table")
                  && stage.stage().getScene().lookup(".stack-button") == null);
      filled.set(true);
      PageStage.run(() -> stage.shell().workbench().actions().get("window.refresh").run());
      TableView<?> table = stage.node("secrets-table");
      PageStage.await("secrets", () -> table.getItems().size() == 7);
      assertThat(PageStage.call(() -> stage.stage().getScene().lookup(".empty-state"))).isNull();
    }
  }

  private static PageStage open(ScriptedDialogs dialogs, SecretsDesk desk) throws Exception {
    return PageStage.open(engine ->
        List.of(
            new PageSpec(
                "secrets",
                "Secrets",
                Icon.SECRETS,
                workbench -> new SecretsPage(PageStage.with(workbench, dialogs), desk))));
  }

  private static void choose(PageStage stage, int row) throws Exception {
    PageStage.run(() -> stage.shell().workbench().stacks().choose("dream-server"));
    TableView<?> table = stage.node("secrets-table");
    PageStage.await("secrets", () -> table.getItems().size() == 7);
    PageStage.run(() -> table.getSelectionModel().select(row));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private interface Planning {
    Outcome<RotationPlan> plan(String stack, String name) throws ProblemException;
  }

  private interface Listing {
    List<SecretStatus> list(String stack) throws ProblemException;
  }

  /** Returns {@code others} with other plans and another list. */
  private static SecretsDesk desk(SecretsDesk others, Planning planning, Listing listing) {
    return new SecretsDesk() {
      @Override
      public List<SecretStatus> list(String stack) throws ProblemException {
        return listing.list(stack);
      }

      @Override
      public Outcome<RotationPlan> plan(String stack, String name) throws ProblemException {
        return planning.plan(stack, name);
      }

      @Override
      public Outcome<RotationReceipt> run(RotationPlan plan, Progress progress)
          throws ProblemException {
        return others.run(plan, progress);
      }

      @Override
      public List<RotationReceipt> receipts(String stack) throws ProblemException {
        return others.receipts(stack);
      }
    };
  }

  /** Stops in the second step until it may go on. */
  private record HeldSecrets(SecretsDesk desk, CountDownLatch goOn) implements SecretsDesk {

    @Override
    public List<SecretStatus> list(String stack) throws ProblemException {
      return desk.list(stack);
    }

    @Override
    public Outcome<RotationPlan> plan(String stack, String name) throws ProblemException {
      return desk.plan(stack, name);
    }

    @Override
    public Outcome<RotationReceipt> run(RotationPlan plan, Progress progress)
        throws ProblemException {
      progress.step(2, 7, "Recreating services");
      await(goOn);
      return desk.run(plan, progress);
    }

    @Override
    public List<RotationReceipt> receipts(String stack) throws ProblemException {
      return desk.receipts(stack);
    }
  }
}
