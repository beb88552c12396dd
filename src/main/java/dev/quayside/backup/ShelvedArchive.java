package dev.quayside.backup;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Records one archive that Quayside made or verified.
 *
 * @param id identity of the archive
 * @param stack name of the stack
 * @param archive where it was seen last
 * @param created when it was made
 * @param bytes its size then
 * @param contentBytes size of its content
 * @param entries number of its entries
 * @param complete whether everything asked for could be read
 * @param verified when every byte was last read and found sound; null if never
 * @param fault code of the problem the last verification found; null if none
 */
public record ShelvedArchive(
    String id,
    String stack,
    Path archive,
    Instant created,
    long bytes,
    long contentBytes,
    long entries,
    boolean complete,
    @Nullable Instant verified,
    @Nullable String fault) {}
