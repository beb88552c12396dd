package dev.quayside.ui.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.backup.BackupReceipt;
import dev.quayside.backup.BackupRequest;
import dev.quayside.backup.BackupScope;
import dev.quayside.backup.PreviewReport;
import dev.quayside.backup.RestoreReceipt;
import dev.quayside.backup.RestoreRequest;
import dev.quayside.backup.ShelvedArchive;
import dev.quayside.backup.Unlocking;
import dev.quayside.backup.VerificationReport;
import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.ui.backups.BackupDesk;
import dev.quayside.ui.backups.BackupsPage;
import dev.quayside.ui.backups.DrillDesk;
import dev.quayside.ui.backups.ForeignDesk;
import dev.quayside.ui.backups.KeyDesk;
import dev.quayside.ui.backups.LandingDesk;
import dev.quayside.ui.backups.ScheduleDesk;
import dev.quayside.ui.backups.ScriptedBackups;
import dev.quayside.ui.shell.PageSpec;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.ThemeChoice;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Labeled;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableView;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("window")
class BackupsWindowTest {

  private static final int[] SMALL = {1280, 800};
  private static final int[] LARGE = {1920, 1080};
  private static final int[] LOW = {1280, 520};

  @Test
  void aBackupIsMadeVerifiedAndRestored() throws Exception {
    ScriptedDialogs dialogs = new ScriptedDialogs();
    try (PageStage stage =
        PageStage.open(engine ->
            List.of(
                new PageSpec(
                    "backups",
                    "Backups",
                    Icon.BACKUPS,
                    workbench ->
                        new BackupsPage(
                            PageStage.with(workbench, dialogs), new ScriptedBackups()))))) {
      PageStage.await(
          "a stack to choose", () -> stage.stage().getScene().lookup(".stack-button") != null);
      assertThat(PageStage.call(() -> stage.shows("backups-first"))).isFalse();
      stage.picture("backups-no-stack", SMALL, ThemeChoice.LIGHT);
      PageStage.run(() ->
          stage.stage().getScene().getRoot().lookupAll(".stack-button").stream()
              .map(Button.class::cast)
              .filter(button -> button.getText().equals("llm-infrastructure"))
              .findFirst()
              .orElseThrow()
              .fire());
      stage.node("backups-first");
      stage.picture("backups-empty", SMALL, ThemeChoice.LIGHT);

      stage.press("backups-first");
      Button go = stage.node("create-go");
      assertThat(go.isDisabled()).isTrue();
      dialogs.files.add(Path.of("/backups"));
      stage.press("create-target-choose");
      stage.type("create-passphrase", "right");
      stage.type("create-passphrase-again", "wrong");
      stage.picture("backups-create", SMALL, ThemeChoice.LIGHT);
      assertThat(go.isDisabled()).isTrue();
      ScrollPane scroll = stage.node("create-scroll");
      Region parts = (Region) scroll.getContent();
      assertThat(parts.getHeight())
          .as("all of it is seen at 1280 × 800")
          .isLessThanOrEqualTo(scroll.getViewportBounds().getHeight() + 0.5);
      stage.picture("backups-create-dark", LARGE, ThemeChoice.DARK);
      stage.picture("backups-create-low", LOW, ThemeChoice.LIGHT);
      assertThat(stage.shows("create-go")).isTrue();
      assertThat(go.localToScene(go.getBoundsInLocal()).getMaxY()).isLessThan(LOW[1]);
      PageStage.run(() ->
          ((dev.quayside.ui.control.SecretField)
                  stage.stage().getScene().lookup("#create-passphrase-again"))
              .wipe());
      stage.type("create-passphrase-again", "right");
      stage.press("create-go");
      TableView<?> table = stage.node("backups-table");
      PageStage.await("one archive", () -> table.getItems().size() == 1);
      PageStage.run(() -> table.getSelectionModel().select(0));
      stage.pictures("backups");

      stage.press("backups.verify");
      stage.type("unlock-passphrase", "right");
      stage.press("unlock-go");
      PageStage.await("verified", () -> dialogs.notices.size() == 2);

      stage.press("backups.restore-chosen");
      stage.type("restore-passphrase", "wrong");
      stage.press("restore-open");
      stage.node("restore-wrong");
      stage.picture("restore-wrong", SMALL, ThemeChoice.LIGHT);
      stage.type("restore-passphrase", "right");
      stage.press("restore-open");
      stage.node("restore-not-verified");
      stage.picture("restore-preview", SMALL, ThemeChoice.LIGHT);
      stage.press("restore-verify");
      stage.node("restore-verified");
      stage.picture("restore-verified", SMALL, ThemeChoice.DARK);
      dialogs.files.add(Path.of("/tmp/empty"));
      stage.press("restore-choose");
      stage.node("restore-done");
      stage.picture("restore-done", SMALL, ThemeChoice.LIGHT);
      stage.press("restore-close");
      assertThat(dialogs.problems).isEmpty();
    }
  }

  @Test
  void anArchiveIsRestoredOverItsStackAndTheBannerStaysUntilItIsUndone() throws Exception {
    ScriptedDialogs dialogs = new ScriptedDialogs();
    ScriptedBackups backups = new ScriptedBackups();
    backups.put(Instant.parse("2026-11-22T10:00:00Z"));
    try (PageStage stage = open(dialogs, backups)) {
      TableView<?> table = stage.node("backups-table");
      PageStage.await("the archive", () -> table.getItems().size() == 1);
      PageStage.run(() -> {
        stage.shell().workbench().stacks().choose("shop");
        table.getSelectionModel().select(0);
      });
      assertThat(PageStage.call(() -> stage.shows("backups-standing"))).isFalse();
      stage.press("backups.restore-chosen");
      stage.type("restore-passphrase", "right");
      stage.press("restore-open");
      Node plan = stage.node("restore-plan");
      PageStage.await("the plan is what comes next", plan::isFocused);
      stage.picture("restore-target", SMALL, ThemeChoice.LIGHT);
      stage.picture("restore-target-low", LOW, ThemeChoice.LIGHT);
      stage.press("restore-plan");
      Button land = stage.node("restore-land");
      assertThat(land.getText()).isEqualTo("Stop 2 services and restore over shop");
      assertThat(backups.asked).doesNotContain("land shop");
      stage.picture("restore-planned", SMALL, ThemeChoice.LIGHT);
      stage.picture("restore-planned-dark", LARGE, ThemeChoice.DARK);
      stage.press("restore-land");
      stage.node("restore-landed");
      stage.picture("restore-landed", SMALL, ThemeChoice.LIGHT);
      stage.press("restore-close");
      PageStage.await("the banner", () -> stage.shows("backups-standing"));
      stage.pictures("backups-pending");
      stage.press("landing-undo-shop");
      PageStage.await("gone", () -> !stage.shows("backups-standing"));
      assertThat(dialogs.confirmations).hasSize(1);
      assertThat(dialogs.confirmations.getFirst().typed()).isEqualTo("shop");
      assertThat(backups.asked).endsWith("land shop", "undo shop");
      assertThat(dialogs.problems).isEmpty();
    }
  }

  @Test
  void anArchiveIsGreenOnlyWhenAllOfItWasDrilled() throws Exception {
    ScriptedBackups backups = new ScriptedBackups();
    backups.put(Instant.parse("2026-11-22T10:00:00Z"));
    ScriptedDialogs dialogs = new ScriptedDialogs();
    try (PageStage stage = open(dialogs, backups)) {
      TableView<?> table = stage.node("backups-table");
      PageStage.await("never drilled", () -> pill(table, "never drilled") != null);
      PageStage.run(() -> table.getSelectionModel().select(0));
      stage.press("backups.drill");
      stage.type("drill-passphrase", "wrong");
      stage.press("drill-go");
      stage.node("drill-wrong");
      stage.type("drill-passphrase", "right");
      stage.picture("drill-locked", SMALL, ThemeChoice.LIGHT);
      stage.press("drill-go");
      stage.node("drill-verdict");
      stage.picture("drill-partly", SMALL, ThemeChoice.LIGHT);
      stage.press("drill-close");
      PageStage.await("half", () -> pill(table, "1 of 2 proven") != null);
      assertThat(PageStage.call(() -> pill(table, "1 of 2 proven").getStyleClass()))
          .doesNotContain("is-good");

      backups.drills.whole = true;
      stage.press("backups.drill");
      stage.type("drill-passphrase", "right");
      stage.press("drill-go");
      stage.node("drill-verdict");
      stage.picture("drill-proven", SMALL, ThemeChoice.DARK);
      stage.press("drill-close");
      PageStage.await("whole", () -> pill(table, "2 of 2 proven") != null);
      assertThat(PageStage.call(() -> pill(table, "2 of 2 proven").getStyleClass()))
          .contains("is-good");
      stage.pictures("backups-proven");
      assertThat(dialogs.problems).isEmpty();
    }
  }

  private static Node pill(TableView<?> table, String words) {
    return table.lookupAll(".pill").stream()
        .filter(node -> node.isVisible() && ((Labeled) node).getText().startsWith(words))
        .findFirst()
        .orElse(null);
  }

  @Test
  void aKeyThatWasAddedByMistakeIsTakenOutAgain() throws Exception {
    ScriptedDialogs dialogs = new ScriptedDialogs();
    try (PageStage stage = open(dialogs, new ScriptedBackups())) {
      PageStage.run(() -> stage.shell().workbench().stacks().choose("dream-server"));
      stage.press("backups-first");
      RadioButton byKey = stage.node("create-by-key");
      PageStage.run(byKey::fire);
      dialogs.files.addAll(
          List.of(Path.of("/keys/me.asc"), Path.of("/keys/me.asc"), Path.of("/keys/other.asc")));
      for (int i = 0; i < 3; i++) {
        stage.press("create-add-key");
      }
      Pane keys = stage.node("create-keys");
      assertThat(PageStage.call(() -> keys.getChildren().size())).isEqualTo(2);
      stage.picture("backups-create-keys", SMALL, ThemeChoice.LIGHT);
      PageStage.run(() -> ((Button) keys.getChildren().getFirst().lookup(".button")).fire());
      assertThat(
              PageStage.call(() ->
                  keys.lookupAll(".label").stream()
                      .map(label -> ((Labeled) label).getText())
                      .toList()))
          .containsExactly("/keys/other.asc");
    }
  }

  @Test
  void whatIsStoppedIsSaidAndEveryLineOfALongListIsReadable() throws Exception {
    ScriptedBackups backups = new ScriptedBackups();
    backups.busy = true;
    ScriptedDialogs dialogs = new ScriptedDialogs();
    try (PageStage stage = open(dialogs, backups)) {
      PageStage.run(() -> stage.shell().workbench().stacks().choose("dream-server"));
      stage.press("backups-first");
      CheckBox stop = stage.node("create-may-stop");
      assertThat(stop.isSelected()).isTrue();
      assertThat(stop.getText()).startsWith("Stop n8n, n8n-worker, qdrant while");
      stage.picture("backups-create-busy", SMALL, ThemeChoice.LIGHT);
      stage.picture("backups-create-busy-dark", LARGE, ThemeChoice.DARK);
      Region parts = (Region) ((ScrollPane) stage.node("create-scroll")).getContent();
      assertThat(
              PageStage.call(() ->
                  parts.lookupAll(".check-box").stream()
                      .map(Region.class::cast)
                      .filter(box -> box.getHeight() < box.prefHeight(box.getWidth()) - 0.5)
                      .count()))
          .as("boxes whose words are cut")
          .isZero();
    }
  }

  @Test
  void whileAStackIsAskedWhatCanBeSavedItIsSaidAndCannotBeAskedAgain() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    SlowBackups slow = new SlowBackups(new ScriptedBackups(), goOn);
    try (PageStage stage = open(new ScriptedDialogs(), slow)) {
      PageStage.run(() -> stage.shell().workbench().stacks().choose("dream-server"));
      stage.press("backups-first");
      assertThat(PageStage.call(() -> stage.shows("backups-asking"))).isTrue();
      assertThat(((Button) stage.node("backups.create")).isDisabled()).isTrue();
      assertThat(((Button) stage.node("backups-first")).isDisabled()).isTrue();
      goOn.countDown();
      stage.node("backup-create");
      assertThat(PageStage.call(() -> stage.shows("backups-asking"))).isFalse();
    } finally {
      goOn.countDown();
    }
  }

  @Test
  void aKeyStaysChosenAfterAWrongPassphraseAndTheFocusStaysInTheSheet() throws Exception {
    ScriptedDialogs dialogs = new ScriptedDialogs();
    ScriptedBackups backups = new ScriptedBackups();
    backups.put(Instant.parse("2026-11-22T10:00:00Z"));
    try (PageStage stage = open(dialogs, backups)) {
      TableView<?> table = stage.node("backups-table");
      PageStage.run(() -> table.getSelectionModel().select(0));
      stage.press("backups.restore-chosen");
      Button look = stage.node("restore-open");
      assertThat(look.isDisabled()).isTrue();
      dialogs.files.add(Path.of("/keys/me.asc"));
      PageStage.run(
          () -> ((Hyperlink) stage.stage().getScene().lookup("#restore-with-key")).fire());
      assertThat(look.isDisabled()).isFalse();
      stage.type("restore-passphrase", "wrong");
      stage.press("restore-open");
      stage.node("restore-wrong");
      assertThat(((Labeled) stage.node("restore-key")).getText()).contains("/keys/me.asc");
      stage.type("restore-passphrase", "right");
      stage.press("restore-open");
      stage.node("restore-not-verified");
      Node verify = stage.node("restore-verify");
      PageStage.await("the next button", verify::isFocused);
      PageStage.run(table::requestFocus);
      PageStage.await("back in the sheet", verify::isFocused);
    }
  }

  @Test
  void aRestoreThatIsStoppedSaysSoAndOneThatIsLeftTellsHowItEnded() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    ScriptedDialogs dialogs = new ScriptedDialogs();
    ScriptedBackups backups = new ScriptedBackups();
    backups.put(Instant.parse("2026-11-22T10:00:00Z"));
    SlowBackups slow = new SlowBackups(backups, goOn);
    try (PageStage stage = open(dialogs, slow)) {
      TableView<?> table = stage.node("backups-table");
      PageStage.run(() -> table.getSelectionModel().select(0));
      stage.press("backups.restore-chosen");
      stage.type("restore-passphrase", "right");
      stage.press("restore-open");
      stage.press("restore-verify");
      dialogs.files.add(Path.of("/full"));
      stage.press("restore-choose");
      stage.node("restore-progress");
      PageStage.await(
          "close has the focus",
          () -> stage.stage().getScene().lookup("#restore-close").isFocused());
      stage.press("restore-stop");
      Labeled line = stage.node("restore-line");
      PageStage.await("stopping", () -> line.getText().contains("Stopping"));
      assertThat(((Button) stage.node("restore-stop")).isDisabled()).isTrue();
      stage.press("restore-close");
      PageStage.run(() -> stage.shell().workbench().actions().get("window.keys").run());
      assertThat(dialogs.notices).isEmpty();
      goOn.countDown();
      PageStage.await("told", () -> dialogs.notices.size() == 1);
      assertThat(dialogs.notices.getFirst().text()).isEqualTo("The folder is not empty");
      assertThat(dialogs.problems).isEmpty();
      PageStage.run(dialogs.notices.getFirst().action()::run);
      assertThat(dialogs.problems).hasSize(1);
    } finally {
      goOn.countDown();
    }
  }

  @Test
  void agesAreToldAnewInTheCellsThatAreThere() throws Exception {
    Instant made = Instant.parse("2026-11-22T10:00:00Z");
    AtomicReference<Instant> now = new AtomicReference<>(made.plus(Duration.ofMinutes(9)));
    ScriptedBackups backups = new ScriptedBackups();
    backups.put(made);
    try (PageStage stage =
        PageStage.open(engine ->
            List.of(
                new PageSpec(
                    "backups",
                    "Backups",
                    Icon.BACKUPS,
                    workbench -> new BackupsPage(PageStage.with(workbench, now::get), backups))))) {
      TableView<?> table = stage.node("backups-table");
      PageStage.await("the age", () -> cell(table, "9 min ago") != null);
      Node before = PageStage.call(() -> cell(table, "9 min ago"));
      now.set(made.plus(Duration.ofMinutes(22)));
      PageStage.await("the later age", () -> cell(table, "22 min ago") != null);
      assertThat(PageStage.call(() -> cell(table, "22 min ago"))).isSameAs(before);
    }
  }

  @Test
  void theOpenPageFollowsWhatIsMadeAndRemovedElsewhere() throws Exception {
    Instant made = Instant.parse("2026-11-22T10:00:00Z");
    AtomicReference<Instant> now = new AtomicReference<>(made.plus(Duration.ofMinutes(1)));
    ScriptedBackups backups = new ScriptedBackups();
    backups.put(made);
    try (PageStage stage =
        PageStage.open(engine ->
            List.of(
                new PageSpec(
                    "backups",
                    "Backups",
                    Icon.BACKUPS,
                    workbench -> new BackupsPage(PageStage.with(workbench, now::get), backups))))) {
      TableView<?> table = stage.node("backups-table");
      PageStage.await("complete", () -> pill(table, "complete") != null);
      backups.lose();
      backups.put(made.plus(Duration.ofMinutes(1)));
      now.set(made.plus(Duration.ofMinutes(3)));
      PageStage.await("the new one", () -> table.getItems().size() == 2);
      PageStage.await("the lost one", () -> pill(table, "file gone") != null);
      assertThat(PageStage.call(() -> pill(table, "complete"))).isNotNull();
    }
  }

  private static Node cell(TableView<?> table, String words) {
    return table.lookupAll(".table-cell").stream()
        .filter(node -> words.equals(((Labeled) node).getText()))
        .findFirst()
        .orElse(null);
  }

  private static PageStage open(ScriptedDialogs dialogs, BackupDesk desk) throws Exception {
    return PageStage.open(engine ->
        List.of(
            new PageSpec(
                "backups",
                "Backups",
                Icon.BACKUPS,
                workbench -> new BackupsPage(PageStage.with(workbench, dialogs), desk))));
  }

  /** Takes its time to find out what can be saved, and to restore. */
  private record SlowBackups(BackupDesk desk, CountDownLatch goOn) implements BackupDesk {

    private void await() {
      try {
        goOn.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public BackupScope scope(String stack) throws ProblemException {
      await();
      return desk.scope(stack);
    }

    @Override
    public Outcome<BackupReceipt> create(BackupRequest request, Progress progress)
        throws ProblemException {
      return desk.create(request, progress);
    }

    @Override
    public List<ShelvedArchive> shelf() throws ProblemException {
      return desk.shelf();
    }

    @Override
    public PreviewReport preview(Path archive, Unlocking unlocking) throws ProblemException {
      return desk.preview(archive, unlocking);
    }

    @Override
    public Outcome<VerificationReport> verify(Path archive, Unlocking unlocking, Progress progress)
        throws ProblemException {
      return desk.verify(archive, unlocking, progress);
    }

    @Override
    public Outcome<RestoreReceipt> restore(RestoreRequest request, Progress progress)
        throws ProblemException {
      progress.step(1, 2, "Unpacking");
      await();
      return desk.restore(request, progress);
    }

    @Override
    public ForeignDesk foreign() {
      return desk.foreign();
    }

    @Override
    public LandingDesk landings() {
      return desk.landings();
    }

    @Override
    public DrillDesk drills() {
      return desk.drills();
    }

    @Override
    public ScheduleDesk schedules() {
      return desk.schedules();
    }

    @Override
    public KeyDesk keys() {
      return desk.keys();
    }
  }
}
