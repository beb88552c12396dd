package dev.quayside.ui.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Home;
import dev.quayside.journal.Intent;
import dev.quayside.journal.Journal;
import dev.quayside.journal.JournalCheck;
import dev.quayside.ui.fx.Background;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javafx.collections.ListChangeListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalModelTest {

  private static final Instant MOMENT = Instant.parse("2026-11-22T10:00:00Z");

  @TempDir Path folder;
  private Journal journal;
  private JournalModel model;

  @BeforeEach
  void open() throws Exception {
    Home home =
        new Home(folder.resolve("config"), folder.resolve("state"), folder.resolve("cache"));
    home.create();
    journal = Journal.open(home, InstantSource.system());
    model =
        new JournalModel(
            new JournalBackend(journal::entries, journal::verify),
            new Background(Runnable::run, Runnable::run),
            InstantSource.fixed(MOMENT));
  }

  @Test
  void anEmptyJournalIsToldFromOneThatIsNotReadAndFromAFilterThatHidesAll() throws Exception {
    assertThat(model.state().get()).isEqualTo(new JournalModel.State.Reading());
    model.filter().set("nothing");
    assertThat(model.state().get()).isEqualTo(new JournalModel.State.Reading());
    model.reload();
    assertThat(model.state().get()).isEqualTo(new JournalModel.State.Empty());
    journal.begin("rotate", "shop", Map.of("secret", "KEY")).done(Map.of());
    model.reload();
    model.filter().set("nothing like this");
    assertThat(model.state().get()).isEqualTo(new JournalModel.State.Listed());
    assertThat(model.shown()).isEmpty();
  }

  @Test
  void aJournalThatGrewKeepsItsRowsAndTellsOnlyWhatCameOnTop() throws Exception {
    journal.begin("rotate", "shop", Map.of()).done(Map.of());
    model.reload();
    List<JournalRow> before = List.copyOf(model.shown());
    List<Integer> changed = new ArrayList<>();
    model
        .shown()
        .addListener(
            (ListChangeListener<JournalRow>)
                change -> {
                  while (change.next()) {
                    changed.add(change.getAddedSize() - change.getRemovedSize());
                  }
                });
    model.reload();
    assertThat(changed).isEmpty();
    journal.begin("backup", "shop", Map.of());
    model.reload();
    assertThat(changed).containsExactly(1);
    assertThat(model.shown()).hasSize(3);
    assertThat(model.shown().get(1)).isSameAs(before.get(0));
    assertThat(model.shown().get(2)).isSameAs(before.get(1));
  }

  @Test
  void aCheckIsToldWithItsTimeAndForgottenWhenTheJournalGrows() throws Exception {
    journal.begin("rotate", "shop", Map.of()).done(Map.of());
    model.reload();
    model.verify();
    model.reload();
    assertThat(model.check().get())
        .isInstanceOfSatisfying(
            JournalModel.Check.Done.class, done -> assertThat(done.at()).isEqualTo(MOMENT));
    journal.begin("backup", "shop", Map.of());
    model.reload();
    assertThat(model.check().get()).isEqualTo(new JournalModel.Check.NotYet());

    // What came since the page was read is checked, and then shown too.
    journal.begin("backup", "other", Map.of());
    model.verify();
    assertThat(model.check().get()).isInstanceOf(JournalModel.Check.Done.class);
    assertThat(model.shown()).hasSize(4);
  }

  @Test
  void entriesAreShownNewestFirstAndFilteredByWords() throws Exception {
    Intent rotate = journal.begin("rotate", "shop", Map.of("secret", "LITELLM_KEY"));
    rotate.done(Map.of("proof", "old refused"));
    journal.begin("backup", "dream", Map.of()).failed(Map.of());
    model.reload();
    assertThat(model.shown())
        .extracting(row -> row.entry().number())
        .isSortedAccordingTo(java.util.Comparator.reverseOrder());
    model.filter().set("litellm");
    assertThat(model.shown())
        .singleElement()
        .extracting(row -> row.entry().action())
        .isEqualTo("rotate");
    model.filter().set("FAILED");
    assertThat(model.shown())
        .singleElement()
        .extracting(row -> row.entry().subject())
        .isEqualTo("dream");
  }

  @Test
  void theCheckNamesTheFirstEntryThatWasChanged() throws Exception {
    journal.begin("rotate", "shop", Map.of()).done(Map.of());
    model.verify();
    assertThat(model.check().get())
        .isInstanceOfSatisfying(
            JournalModel.Check.Done.class,
            done -> assertThat(done.result()).isInstanceOf(JournalCheck.Intact.class));

    String text = Files.readString(journal.path());
    Files.write(journal.path(), text.replaceFirst("shop", "shup").getBytes(StandardCharsets.UTF_8));
    model.verify();
    assertThat(model.check().get())
        .isInstanceOfSatisfying(
            JournalModel.Check.Done.class,
            done -> assertThat(done.result()).isInstanceOf(JournalCheck.Broken.class));
  }
}
