package dev.quayside.backup.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether it is time to type the passphrase and see it checked: one that nobody has typed for
 * long is one that nobody knows any more.
 *
 * @param state whether it is time
 * @param key fingerprint of the key that waits longest; null if there is none to check
 * @param last when its passphrase was last found right; null if never
 * @param next when it is time, or was; null if there is none to check
 */
public record KeyReminder(
    State state, @Nullable String key, @Nullable Instant last, @Nullable Instant next) {

  /** How long a check lasts. */
  public static final Duration LASTS = Duration.ofDays(60);

  /** Names whether it is time. */
  public enum State {
    /** There is no key whose passphrase anybody here has to know. */
    NO_KEY,
    /** It was checked not long ago. */
    NOT_DUE,
    /** It is time. */
    DUE,
    /** It was never checked since the key was made. */
    NEVER_CHECKED
  }

  /** Returns the reminder for the one of {@code keys} that waits longest. */
  public static KeyReminder of(List<ShelvedKey> keys, Instant now) {
    ShelvedKey longest = null;
    for (ShelvedKey each : keys) {
      if (each.reminds() && (longest == null || next(each).isBefore(next(longest)))) {
        longest = each;
      }
    }
    if (longest == null) {
      return new KeyReminder(State.NO_KEY, null, null, null);
    }
    return new KeyReminder(
        state(longest, now), longest.fingerprint(), longest.checked(), next(longest));
  }

  /** Whoever has made a key is to try the passphrase at once, from the kit. */
  private static Instant next(ShelvedKey key) {
    Instant checked = key.checked();
    return checked == null ? key.added() : checked.plus(LASTS);
  }

  private static State state(ShelvedKey key, Instant now) {
    if (key.checked() == null) {
      return State.NEVER_CHECKED;
    }
    return now.isBefore(next(key)) ? State.NOT_DUE : State.DUE;
  }
}
