package dev.quayside.ui.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Home;
import dev.quayside.journal.Journal;
import dev.quayside.ui.journal.JournalBackend;
import dev.quayside.ui.journal.JournalPage;
import dev.quayside.ui.shell.PageSpec;
import dev.quayside.ui.theme.Icon;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("window")
class JournalWindowTest {

  private static final Instant MOMENT = Instant.parse("2026-11-22T10:00:00Z");

  @TempDir Path folder;
  private final AtomicReference<Instant> now = new AtomicReference<>(MOMENT);
  private Journal journal;

  @BeforeEach
  void begin() throws Exception {
    Home home =
        new Home(folder.resolve("config"), folder.resolve("state"), folder.resolve("cache"));
    home.create();
    journal = Journal.open(home, InstantSource.system());
    journal.begin("rotate", "shop", Map.of("secret", "LITELLM_KEY")).done(Map.of());
    journal.begin("backup", "shop", Map.of()).failed(Map.of());
  }

  private PageStage open(JournalBackend backend) throws Exception {
    return PageStage.open(engine ->
        List.of(
            new PageSpec(
                "journal",
                "Journal",
                Icon.JOURNAL,
                workbench -> new JournalPage(PageStage.with(workbench, now::get), backend))));
  }

  @Test
  void whileItIsReadThePageSaysSoAndAFilterThatHidesAllOffersToBeCleared() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    JournalBackend slow =
        new JournalBackend(
            () -> {
              await(goOn);
              return journal.entries();
            },
            journal::verify);
    try (PageStage stage = open(slow)) {
      PageStage.await("reading", () -> stage.shows("journal-reading"));
      assertThat(PageStage.call(() -> stage.shows("journal-table"))).isFalse();
      goOn.countDown();
      TableView<Object> table = stage.node("journal-table");
      PageStage.await("entries", () -> table.getItems().size() == 4);
      PageStage.run(() -> table.getSelectionModel().select(2));
      Object chosen = PageStage.call(() -> table.getSelectionModel().getSelectedItem());

      TextField filter = stage.node("journal-filter");
      PageStage.run(() -> filter.setText("nothing like this"));
      stage.press("journal-clear");
      assertThat(PageStage.call(() -> filter.getText())).isEmpty();
      assertThat(PageStage.call(() -> table.getItems().size())).isEqualTo(4);
      Object still = PageStage.call(() -> table.getSelectionModel().getSelectedItem());
      assertThat(still).isSameAs(chosen);
    } finally {
      goOn.countDown();
    }
  }

  @Test
  void readingAgainKeepsWhatIsChosenAndAnOldCheckShowsItsAgeUntilSomethingComes() throws Exception {
    try (PageStage stage = open(new JournalBackend(journal::entries, journal::verify))) {
      TableView<Object> table = stage.node("journal-table");
      PageStage.await("entries", () -> table.getItems().size() == 4);
      PageStage.run(() -> table.getSelectionModel().select(1));
      Object chosen = PageStage.call(() -> table.getSelectionModel().getSelectedItem());
      stage.press("journal.verify");
      Labeled verdict = stage.node("journal-verdict");
      PageStage.await("checked", () -> verdict.getText().contains("checked just now"));
      now.set(MOMENT.plus(Duration.ofMinutes(9)));
      PageStage.await("older", () -> verdict.getText().contains("checked 9 min ago"));

      journal.begin("backup", "other", Map.of());
      PageStage.run(() -> stage.shell().workbench().actions().get("window.refresh").run());
      PageStage.await("the new entry", () -> table.getItems().size() == 5);
      Object still = PageStage.call(() -> table.getSelectionModel().getSelectedItem());
      assertThat(still).isSameAs(chosen);
      assertThat(PageStage.call(() -> table.getSelectionModel().getSelectedIndex())).isEqualTo(2);
      assertThat(PageStage.call(verdict::getText)).contains("not checked");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
