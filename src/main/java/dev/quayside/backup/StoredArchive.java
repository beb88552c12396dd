package dev.quayside.backup;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds a {@link ShelvedArchive} in the form in which it is kept: its path as a file URI, which
 * keeps every byte.
 */
record StoredArchive(
    String id,
    String stack,
    String archive,
    Instant created,
    long bytes,
    long contentBytes,
    long entries,
    boolean complete,
    @Nullable Instant verified,
    @Nullable String fault,
    @Nullable Proof proof,
    @Nullable List<String> holds) {

  static StoredArchive of(ShelvedArchive archive) {
    return new StoredArchive(
        archive.id(),
        archive.stack(),
        RawPaths.stored(archive.archive()),
        archive.created(),
        archive.bytes(),
        archive.contentBytes(),
        archive.entries(),
        archive.complete(),
        archive.verified(),
        archive.fault(),
        archive.proof(),
        archive.holds());
  }

  ShelvedArchive shelved() {
    return new ShelvedArchive(
        id,
        stack,
        RawPaths.loaded(archive),
        created,
        bytes,
        contentBytes,
        entries,
        complete,
        verified,
        fault,
        proof,
        holds == null ? List.of() : holds);
  }
}
