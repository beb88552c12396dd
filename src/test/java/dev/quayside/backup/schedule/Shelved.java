package dev.quayside.backup.schedule;

import dev.quayside.backup.ShelvedArchive;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes records of archives for tests, in one place. */
final class Shelved {

  private Shelved() {}

  static ShelvedArchive sound(String id, Instant created) {
    return of(id, Path.of("/backups").resolve(id + ".tar.zst.gpg"), created, true, null);
  }

  static ShelvedArchive of(
      String id, Path archive, Instant created, boolean complete, @Nullable String fault) {
    return new ShelvedArchive(id, "demo", archive, created, 9, 9, 9, complete, null, fault);
  }
}
