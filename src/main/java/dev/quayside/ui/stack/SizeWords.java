package dev.quayside.ui.stack;

import dev.quayside.common.Quantities;
import dev.quayside.engine.compose.ComposeCommandLine;
import dev.quayside.stack.picture.PlaceSize;
import dev.quayside.stack.picture.StackPicture;
import dev.quayside.ui.control.UnknownText;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Says how large a place is.
 *
 * @param text what stands in the table
 * @param hint how it is to be understood, and how old it is
 * @param sure whether it is a whole size of this hour
 */
record SizeWords(String text, String hint, boolean sure) {

  /**
   * Says how large {@code place} is at {@code now}.
   *
   * @param measured its size; null where it was not measured yet
   */
  static SizeWords of(Place place, StackModel.@Nullable Measured measured, Instant now) {
    if (place.path() == null) {
      return new SizeWords(UnknownText.DASH, nowhere(place.unplaced()), false);
    }
    if (measured == null) {
      return new SizeWords(
          StackText.of("size.measuring"), StackText.of("size.measuring.hint"), false);
    }
    PlaceSize size = measured.size();
    Duration age = Duration.between(measured.at(), now);
    boolean old = age.compareTo(StackModel.FRESH) >= 0;
    String ago =
        age.compareTo(Duration.ofMinutes(1)) < 0
            ? StackText.of("size.now")
            : StackText.of("size.ago", Quantities.duration(age));
    String text = StackText.size(size);
    String hint = StackText.hint(size, ComposeCommandLine.quoted(place.path().toString()));
    return new SizeWords(
        old ? StackText.of("size.old", text, Quantities.duration(age)) : text,
        size instanceof PlaceSize.NotMeasured ? hint : ago + " " + hint,
        size instanceof PlaceSize.Known && !old);
  }

  private static String nowhere(StackPicture.@Nullable Unplaced unplaced) {
    if (unplaced == null) {
      return StackText.of("size.docker.hint");
    }
    String key = unplaced.why().name().toLowerCase(Locale.ROOT).replace('_', '-');
    return StackText.of("unplaced." + key, unplaced.variable());
  }
}
