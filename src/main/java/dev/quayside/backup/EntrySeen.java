package dev.quayside.backup;

import dev.quayside.backup.tar.TarEntry;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Pairs an entry that was read with the hash of its content. */
final class EntrySeen {

  private final TarEntry entry;
  private final byte @Nullable [] sha256;

  EntrySeen(TarEntry entry, byte @Nullable [] sha256) {
    this.entry = Objects.requireNonNull(entry);
    this.sha256 = sha256;
  }

  TarEntry entry() {
    return entry;
  }

  byte @Nullable [] sha256() {
    return sha256;
  }
}
