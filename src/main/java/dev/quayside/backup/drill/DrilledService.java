package dev.quayside.backup.drill;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a drill showed of one stateful service.
 *
 * @param service its name, or the folder in the archive where the archive names no service
 * @param image digest of the image it ran on when it was saved; null if the archive names none
 * @param verdict the answer
 * @param evidence what was seen, in words, in the order in which it was seen
 * @param reason why it is not proven, in words; empty if it is
 */
public record DrilledService(
    String service, @Nullable String image, Verdict verdict, List<String> evidence, String reason) {

  /** Makes the list immutable. */
  public DrilledService {
    evidence = List.copyOf(evidence);
  }

  /** Names the three answers. */
  public enum Verdict {
    /** It came back to life on the very image, and all its data could be read. */
    PROVEN,
    /** Its own server or tools refused what the archive holds. */
    FAILED,
    /** It could not be tried, or not to the end, for a reason that is not the archive's. */
    UNKNOWN
  }
}
