package dev.quayside.ui.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.catalogue.DataFolder;
import dev.quayside.stack.picture.PlaceSize;
import dev.quayside.stack.picture.StackPicture.Unplaced;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SizeWordsTest {

  private static final Instant THEN = Instant.parse("2026-11-22T12:00:00Z");

  @Test
  void aSizeOfThisHourSaysItsAgeInTheHintAndAnOlderOneAtOnce() {
    PlaceSize size = new PlaceSize.Known(2048, 3);
    SizeWords fresh = words(size, Duration.ofMinutes(5));
    assertThat(fresh.text()).isEqualTo("2 KiB");
    assertThat(fresh.hint()).startsWith("Measured 5 min ago. 3 files");
    assertThat(fresh.sure()).isTrue();
    SizeWords old = words(size, Duration.ofHours(2));
    assertThat(old.text()).isEqualTo("2 KiB, 2 h ago");
    assertThat(old.sure()).isFalse();
    // The time shown goes on by minutes, so it may lie before the answer.
    assertThat(words(size, Duration.ofSeconds(-30)).hint()).startsWith("Measured just now.");
  }

  @Test
  void whatWasLeftOutOrNotMeasuredIsSaid() {
    assertThat(words(new PlaceSize.AtLeast(1024, 0, 2, false), Duration.ZERO).hint())
        .isEqualTo(
            "Measured just now. 2 folders in it lie on another file system and are not"
                + " counted.");
    assertThat(words(new PlaceSize.AtLeast(1024, 1, 1, false), Duration.ZERO).hint())
        .contains("One folder in it lies on another file system and is not counted.", "One place");
    SizeWords elsewhere = words(new PlaceSize.NotMeasured(PlaceSize.Why.ELSEWHERE), Duration.ZERO);
    assertThat(elsewhere.text()).isEqualTo("not measured");
    assertThat(elsewhere.hint()).startsWith("It lies on the machine of the engine");
    for (PlaceSize.Why why : PlaceSize.Why.values()) {
      assertThat(words(new PlaceSize.NotMeasured(why), Duration.ZERO).hint()).isNotBlank();
    }
  }

  @Test
  void aPlaceThatCannotBeToldSaysWhy() {
    for (Unplaced.Why why : Unplaced.Why.values()) {
      Place place = place(null, null, new Unplaced(why, "DATA"));
      assertThat(SizeWords.of(place, null, THEN).hint()).isNotBlank();
    }
    Place unset = place(null, null, new Unplaced(Unplaced.Why.NO_VALUE, "DATA"));
    assertThat(SizeWords.of(unset, null, THEN).hint()).contains("DATA", "no value");
    Place volume = place(null, DataFolder.Where.VOLUME, null);
    assertThat(SizeWords.of(volume, null, THEN).hint()).contains("inside Docker");
  }

  private static SizeWords words(PlaceSize size, Duration age) {
    Place place = place(Path.of("/srv/data"), null, null);
    return SizeWords.of(place, new StackModel.Measured(size, THEN), THEN.plus(age));
  }

  private static Place place(
      @Nullable Path path, DataFolder.@Nullable Where where, @Nullable Unplaced unplaced) {
    return new Place("data", path, "", "", null, where, unplaced);
  }
}
