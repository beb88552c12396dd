package dev.quayside.ui.dialog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Is a question before an action.
 *
 * @param title names the thing: {@code Recreate 4 services of dream-server?}
 * @param text what will happen, in a sentence or two
 * @param points what is touched, or what keeps a copy; one line each, foreign text allowed
 * @param confirm the button, named after the action: {@code Recreate 4 services}; never OK
 * @param danger the tier
 * @param typed what the operator has to type; not null exactly for {@link Danger#IRREVERSIBLE}
 */
public record Confirmation(
    String title,
    String text,
    List<String> points,
    String confirm,
    Danger danger,
    @Nullable String typed) {

  /** Checks that only what cannot be had back asks for a name, and that it does. */
  public Confirmation {
    points = List.copyOf(points);
    if ((danger == Danger.IRREVERSIBLE) != (typed != null)) {
      throw new IllegalArgumentException("a name is typed exactly where nothing can be had back");
    }
  }

  /** Creates a question about something that can be had back. */
  public static Confirmation recoverable(
      String title, String text, List<String> points, String confirm) {
    return new Confirmation(title, text, points, confirm, Danger.RECOVERABLE, null);
  }
}
