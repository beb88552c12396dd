package dev.quayside.ui.backups;

import dev.quayside.backup.ShelvedArchive;
import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.Quantities;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/** Words what the page shows of backups. */
final class BackupsText {

  private static final Messages MESSAGES = Messages.of("backups-page");

  private static final int LONGEST = 2_000;

  private BackupsText() {}

  /** Returns the words of {@code key}; texts that are put in may be foreign, and steer nothing. */
  static String of(String key, Object... arguments) {
    return MESSAGES.get(key, Arrays.stream(arguments).map(BackupsText::plain).toArray());
  }

  private static Object plain(Object argument) {
    return argument instanceof Number ? argument : line(String.valueOf(argument));
  }

  /** Returns foreign text on one line, as far as anybody reads it. */
  static String line(String foreign) {
    return ForeignText.line(foreign, LONGEST);
  }

  static String ago(Instant at, Instant now) {
    return of("ago", Quantities.duration(Duration.between(at, now)));
  }

  /** Returns whether and when an archive was last found sound. */
  static String verified(ShelvedArchive archive, Instant now) {
    if (archive.fault() != null) {
      return of("verified.fault");
    }
    return archive.verified() == null
        ? of("verified.never")
        : of("verified.when", ago(archive.verified(), now));
  }
}
