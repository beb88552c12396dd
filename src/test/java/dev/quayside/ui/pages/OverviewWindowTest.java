package dev.quayside.ui.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.backup.ShelvedArchive;
import dev.quayside.secrets.SecretStatus;
import dev.quayside.ui.backups.ScriptedBackups;
import dev.quayside.ui.backups.StandingNotes;
import dev.quayside.ui.dialog.Confirmation;
import dev.quayside.ui.guard.HandFeed;
import dev.quayside.ui.guard.Snapshots;
import dev.quayside.ui.overview.OverviewBackend;
import dev.quayside.ui.overview.OverviewPage;
import dev.quayside.ui.shell.PageSpec;
import dev.quayside.ui.table.ServiceRow;
import dev.quayside.ui.theme.Icon;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The Overview on one snapshot. */
@Tag("window")
class OverviewWindowTest {

  private static PageStage open(OverviewBackend backend) throws Exception {
    return PageStage.open(
        new HandFeed(Snapshots.demo()),
        engine ->
            List.of(
                OverviewPage.spec(backend, workbench -> Region::new),
                new PageSpec("services", "Services", Icon.SERVICES, workbench -> Region::new)));
  }

  @Test
  void aDoubleClickOnAHeadOfTheOverviewOpensNoService() throws Exception {
    try (PageStage stage = open(new NothingProven())) {
      TableView<ServiceRow> table = stage.node("overview-table");
      PageStage.run(() -> table.getSelectionModel().select(0));
      PageStage.await("laid out", () -> table.lookup(".column-header") != null);
      PageStage.run(() ->
          Event.fireEvent(
              table.lookup(".column-header"), PaletteWindowTest.click(MouseButton.PRIMARY, 2)));
      assertThat(PageStage.call(() -> stage.shell().page())).isEqualTo("overview");
      PageStage.run(
          () -> Event.fireEvent(row(table), PaletteWindowTest.click(MouseButton.PRIMARY, 2)));
      assertThat(PageStage.call(() -> stage.shell().page())).isEqualTo("services");
    }
  }

  @Test
  void whatIsKnownOfAnotherStackIsNotShownOfThisOne() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    try (PageStage stage = open(new Held(answer))) {
      Node secrets = stage.node("card-secrets");
      PageStage.await("all stacks", () -> says(secrets, "per stack"));
      PageStage.run(() -> stage.shell().workbench().stacks().choose("dream-server"));
      assertThat(PageStage.call(() -> says(secrets, "reading…"))).isTrue();
      answer.countDown();
      PageStage.await("the answer", () -> says(secrets, "none"));
    } finally {
      answer.countDown();
    }
  }

  @Test
  void restoresThatWaitAreAcceptedAndUndoneWhereTheyAreSeen() throws Exception {
    ScriptedDialogs dialogs = new ScriptedDialogs();
    ScriptedBackups backups = new ScriptedBackups();
    backups.landings.put("dream-server");
    backups.landings.put("llm-infrastructure");
    try (PageStage stage =
        PageStage.open(
            new HandFeed(Snapshots.demo()),
            engine ->
                List.of(
                    OverviewPage.spec(
                        new NothingProven(),
                        workbench ->
                            new StandingNotes(PageStage.with(workbench, dialogs), backups))))) {
      stage.node("landing-undo-llm-infrastructure");
      stage.pictures("overview-pending");
      stage.press("landing-accept-dream-server");
      PageStage.await("accepted", () -> !stage.shows("landing-accept-dream-server"));
      stage.press("landing-undo-llm-infrastructure");
      PageStage.await("undone", () -> !stage.shows("overview-standing"));
      assertThat(backups.asked).containsExactly("accept dream-server", "undo llm-infrastructure");
      assertThat(dialogs.confirmations)
          .extracting(Confirmation::typed)
          .containsExactly("dream-server", "llm-infrastructure");
      assertThat(dialogs.problems).isEmpty();
    }
  }

  private static boolean says(Node card, String text) {
    return card.lookupAll(".label").stream()
        .anyMatch(label -> label instanceof Labeled some && text.equals(some.getText()));
  }

  private static Node row(TableView<?> table) {
    return table.lookupAll(".table-row-cell").stream()
        .filter(row -> row instanceof TableRow<?> some && !some.isEmpty())
        .findFirst()
        .orElseThrow();
  }

  /** Has neither archives nor secrets. */
  static class NothingProven implements OverviewBackend {

    @Override
    public List<ShelvedArchive> archives() {
      return List.of();
    }

    @Override
    public List<SecretStatus> secrets(String name) {
      return List.of();
    }
  }

  /** Tells nothing of a stack before it may. */
  private static final class Held extends NothingProven {

    private final CountDownLatch answer;

    Held(CountDownLatch answer) {
      this.answer = answer;
    }

    @Override
    public List<SecretStatus> secrets(String name) {
      try {
        answer.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return List.of();
    }
  }
}
