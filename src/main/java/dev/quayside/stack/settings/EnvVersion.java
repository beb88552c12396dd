package dev.quayside.stack.settings;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describes an older content of an environment file.
 *
 * @param id by which it is asked for: a number of ours, or the name of a foreign file
 * @param file whose content it was
 * @param at until when it was the content, or when the foreign file was last written
 * @param hash SHA-256; empty where the foreign file cannot be read
 * @param size in bytes
 * @param reason why it was replaced: {@code edit}, {@code restore}, {@code switch}; {@code foreign}
 *     for a copy that somebody else made
 * @param names of the settings that the change concerned; empty for a foreign one
 * @param foreign where the foreign copy lies; null for ours
 * @param mode of the foreign copy where others can read it, for example {@code rw-r--r--}; else
 *     empty
 */
public record EnvVersion(
    String id,
    Path file,
    Instant at,
    String hash,
    long size,
    String reason,
    List<String> names,
    @Nullable Path foreign,
    String mode) {

  /** Makes the list immutable. */
  public EnvVersion {
    names = List.copyOf(names);
  }
}
