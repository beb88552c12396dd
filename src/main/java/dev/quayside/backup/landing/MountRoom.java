package dev.quayside.backup.landing;

import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.Quantities;
import java.util.HashMap;
import java.util.Map;

/**
 * Adds up what is going to be unpacked on each disk, as long as nothing of it is there. For one
 * restore and one thread.
 */
final class MountRoom {

  private static final long SLACK_BYTES = 64L << 20;
  private static final int BLOCK = 1024;
  private static final Messages MESSAGES = Messages.of("landing");

  private final Progress progress;
  private final Map<String, Long> promised = new HashMap<>();

  MountRoom(Progress progress) {
    this.progress = progress;
  }

  /**
   * Takes room for one place, or says that nobody knows whether there is any.
   *
   * @param source the place
   * @param disk what tells its disk from others
   * @param free how many blocks of 1024 bytes are free, as {@code df} said
   * @param bytes how much will come, as the archive claims
   * @throws ProblemException if it does not fit beside what is promised already
   */
  void take(String source, String disk, String free, long bytes) throws ProblemException {
    long sum = sum(promised.getOrDefault(disk, 0L), bytes);
    promised.put(disk, sum);
    if (!free.matches("[0-9]{1,15}")) {
      progress.line(MESSAGES.get("room.unknown", source));
      return;
    }
    long room = Long.parseLong(free) * BLOCK;
    if (room < sum(sum, SLACK_BYTES)) {
      throw new ProblemException(
          MESSAGES.problem(
              "LANDING-MOUNT-ROOM", source, Quantities.bytes(room), Quantities.bytes(sum)));
    }
  }

  private static long sum(long one, long other) {
    return other > Long.MAX_VALUE - one ? Long.MAX_VALUE : one + other;
  }
}
