package dev.quayside.common;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Identifies a process beyond the reuse of its number.
 *
 * @param pid the process id
 * @param startedAt when it started, as the system says; the epoch if it had ended before anyone
 *     could look
 */
public record ProcessIdentity(long pid, Instant startedAt) {

  private static final Pattern AS_PREFIX = Pattern.compile("([0-9]{1,18})-(-?[0-9]{1,18})-");
  // The system counts from its boot, and the time of the boot moves a little when the clock is set.
  private static final Duration CLOCK_SLACK = Duration.ofSeconds(2);

  /** Returns what identifies the process behind {@code handle}. */
  public static ProcessIdentity of(ProcessHandle handle) {
    return new ProcessIdentity(handle.pid(), handle.info().startInstant().orElse(Instant.EPOCH));
  }

  /** Returns what identifies this process. */
  public static ProcessIdentity own() {
    return of(ProcessHandle.current());
  }

  /**
   * Reads what {@link #noted} wrote.
   *
   * @return null where it is something else
   */
  public static @Nullable ProcessIdentity read(@Nullable String noted) {
    if (noted == null) {
      return null;
    }
    try {
      String[] words = noted.split(" ", 2);
      return new ProcessIdentity(Long.parseLong(words[0]), Instant.parse(words[1]));
    } catch (NumberFormatException | DateTimeParseException | IndexOutOfBoundsException foreign) {
      return null;
    }
  }

  /**
   * Reads the process whose {@link #asPrefix} the name of a file begins with.
   *
   * @return null where it begins with something else
   */
  public static @Nullable ProcessIdentity ofPrefix(String name) {
    Matcher maker = AS_PREFIX.matcher(name);
    return maker.lookingAt()
        ? new ProcessIdentity(
            Long.parseLong(maker.group(1)), Instant.ofEpochMilli(Long.parseLong(maker.group(2))))
        : null;
  }

  /** Returns it as the beginning of a file's name, so that what a kill left can be told. */
  public String asPrefix() {
    return pid + "-" + startedAt.toEpochMilli() + "-";
  }

  /** Returns it as a text for a journal or a record. */
  public String noted() {
    return pid + " " + startedAt;
  }

  /** Returns whether this very process still runs. */
  public boolean alive() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .flatMap(handle -> handle.info().startInstant())
        .filter(start -> Duration.between(startedAt, start).abs().compareTo(CLOCK_SLACK) < 0)
        .isPresent();
  }
}
