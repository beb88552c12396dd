package dev.quayside.ui.journal;

import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.journal.EntryKind;
import dev.quayside.journal.JournalEntry;
import java.util.stream.Collectors;

/** Words what the page shows of the journal. */
final class JournalText {

  private static final int LONGEST = 2_000;
  private static final Messages MESSAGES = Messages.of("journal-page");

  private JournalText() {}

  static String of(String key, Object... arguments) {
    return MESSAGES.get(key, arguments);
  }

  static String kind(EntryKind kind) {
    return switch (kind) {
      case INTENT -> of("kind.intent");
      case STEP -> of("kind.step");
      case DONE -> of("kind.done");
      case FAILED -> of("kind.failed");
      case ATTENTION -> of("kind.attention");
      case NOTE -> of("kind.note");
    };
  }

  static String details(JournalEntry entry) {
    String all =
        entry.details().entrySet().stream()
            .map(one -> one.getKey() + ": " + one.getValue())
            .collect(Collectors.joining(" · "));
    return ForeignText.line(all, LONGEST);
  }
}
