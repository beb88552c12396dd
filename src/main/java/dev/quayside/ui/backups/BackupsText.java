package dev.quayside.ui.backups;

import dev.quayside.backup.ShelvedArchive;
import dev.quayside.common.Messages;
import dev.quayside.common.Quantities;
import java.time.Duration;
import java.time.Instant;

/** Words what the page shows of backups. */
final class BackupsText {

  private static final Messages MESSAGES = Messages.of("backups-page");

  private BackupsText() {}

  static String of(String key, Object... arguments) {
    return MESSAGES.get(key, arguments);
  }

  static String ago(Instant at, Instant now) {
    return of("ago", Quantities.duration(Duration.between(at, now)));
  }

  /** Returns whether and when an archive was last found sound. */
  static String verified(ShelvedArchive archive, Instant now) {
    if (archive.fault() != null) {
      return of("verified.fault", archive.fault());
    }
    return archive.verified() == null
        ? of("verified.never")
        : of("verified.when", ago(archive.verified(), now));
  }
}
