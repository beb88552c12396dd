package dev.quayside.catalogue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says how the owner's own tool of a kind of stack calls Compose; all paths are relative to the
 * stack's root.
 *
 * @param directory the project directory; {@code .} for the root itself
 * @param files Compose files in order, as far as they are always the same
 * @param listFile file that holds the list of Compose files as {@code -f} words; empty for none
 * @param envFile env file that is named to Compose; empty for the one Compose finds itself
 * @param assembly how the list is made where {@code listFile} is missing; null for none
 */
public record KindLayout(
    String directory,
    List<String> files,
    String listFile,
    String envFile,
    @Nullable Assembly assembly) {

  /** The layout of stacks whose files Compose finds by itself. */
  public static final KindLayout PLAIN = new KindLayout(".", List.of(), "", "", null);

  /** Makes the list immutable. */
  public KindLayout {
    files = List.copyOf(files);
  }

  /**
   * Says how a list of files is put together from what is there. In the names, {@code %s} stands
   * for the value of a variable.
   *
   * @param variable of the env file that chooses the overlay
   * @param usual value where the variable is not set
   * @param overlays files beside the base, taken where they exist
   * @param extensions folder with one folder for each optional service
   * @param extensionFiles files of such a folder, in order, taken where they exist
   */
  public record Assembly(
      String variable,
      String usual,
      List<String> overlays,
      String extensions,
      List<String> extensionFiles) {

    /** Makes the lists immutable. */
    public Assembly {
      overlays = List.copyOf(overlays);
      extensionFiles = List.copyOf(extensionFiles);
    }
  }
}
