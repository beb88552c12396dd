package dev.quayside.ui.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Home;
import dev.quayside.journal.Intent;
import dev.quayside.journal.Journal;
import dev.quayside.journal.JournalCheck;
import dev.quayside.journal.JournalEntry;
import dev.quayside.ui.fx.Background;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalModelTest {

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
            new Background(Runnable::run, Runnable::run));
  }

  @Test
  void anEmptyJournalIsToldFromAFilterThatHidesAll() throws Exception {
    List<Boolean> told = new ArrayList<>();
    model.empty().subscribe(now -> told.add(now));
    model.reload();
    assertThat(told).containsExactly(false, true);
    journal.begin("rotate", "shop", Map.of("secret", "KEY")).done(Map.of());
    model.reload();
    model.filter().set("nothing like this");
    assertThat(model.empty().get()).isFalse();
    assertThat(model.shown()).isEmpty();
  }

  @Test
  void entriesAreShownNewestFirstAndFilteredByWords() throws Exception {
    Intent rotate = journal.begin("rotate", "shop", Map.of("secret", "LITELLM_KEY"));
    rotate.done(Map.of("proof", "old refused"));
    journal.begin("backup", "dream", Map.of()).failed(Map.of());
    model.reload();
    assertThat(model.shown())
        .extracting(JournalEntry::number)
        .isSortedAccordingTo(java.util.Comparator.reverseOrder());
    model.filter().set("litellm");
    assertThat(model.shown()).singleElement().extracting(JournalEntry::action).isEqualTo("rotate");
    model.filter().set("FAILED");
    assertThat(model.shown()).singleElement().extracting(JournalEntry::subject).isEqualTo("dream");
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
