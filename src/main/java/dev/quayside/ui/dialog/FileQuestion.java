package dev.quayside.ui.dialog;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a file or folder.
 *
 * @param title of the chooser
 * @param kind what is looked for
 * @param folder where to begin; null for the last one or the desktop's choice
 * @param name proposed for a new file; empty otherwise
 * @param filterName what the files are, for people; empty without a filter
 * @param patterns for example {@code *.pgp}; empty without a filter
 */
public record FileQuestion(
    String title,
    Kind kind,
    @Nullable Path folder,
    String name,
    String filterName,
    List<String> patterns) {

  /** Makes the list immutable. */
  public FileQuestion {
    patterns = List.copyOf(patterns);
  }

  /** Names what can be asked for. */
  public enum Kind {
    OPEN,
    SAVE,
    FOLDER
  }
}
