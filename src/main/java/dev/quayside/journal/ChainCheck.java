package dev.quayside.journal;

import dev.quayside.common.Messages;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks a whole journal. */
final class ChainCheck {

  private static final Messages MESSAGES = Messages.of("journal");

  private ChainCheck() {}

  static JournalCheck of(List<byte[]> lines, JournalFile.@Nullable Head noted, boolean torn) {
    String previous = Chain.START;
    long number = 0;
    for (byte[] line : lines) {
      number++;
      JournalEntry entry = Chain.read(line);
      String fault = fault(entry, line, number, previous);
      if (fault != null || entry == null) {
        return new JournalCheck.Broken(number, number, String.valueOf(fault));
      }
      if (noted != null && noted.number() == number && !noted.hash().equals(entry.hash())) {
        return new JournalCheck.Broken(number, number, MESSAGES.get("broken.noted"));
      }
      previous = entry.hash();
    }
    if (torn) {
      return new JournalCheck.Broken(number + 1, number + 1, MESSAGES.get("broken.torn"));
    }
    if (noted != null && noted.number() > number) {
      return new JournalCheck.Broken(
          number + 1, number + 1, MESSAGES.get("broken.lost", Long.toString(noted.number())));
    }
    return new JournalCheck.Intact(number, previous);
  }

  private static @Nullable String fault(
      @Nullable JournalEntry entry, byte[] line, long number, String previous) {
    if (entry == null) {
      return MESSAGES.get("broken.unreadable");
    }
    if (!entry.previous().equals(previous)) {
      return MESSAGES.get("broken.order");
    }
    if (!Chain.holds(entry, line)) {
      return MESSAGES.get("broken.hash");
    }
    if (entry.number() != number) {
      return MESSAGES.get("broken.number", Long.toString(entry.number()));
    }
    if (entry.kind() == EntryKind.NOTE && entry.action().equals(Journal.LOST)) {
      return MESSAGES.get("broken.lost", String.valueOf(entry.details().get("number")));
    }
    return null;
  }
}
