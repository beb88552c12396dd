package dev.quayside.ui.backups;

import dev.quayside.backup.keys.KeyReminder;
import dev.quayside.backup.keys.KeyRole;
import dev.quayside.backup.keys.ShelvedKey;
import dev.quayside.common.ForeignText;
import dev.quayside.ui.control.ExactTime;
import dev.quayside.ui.control.TonePill;
import dev.quayside.ui.control.TonePill.Tone;
import dev.quayside.ui.dialog.Confirmation;
import dev.quayside.ui.dialog.Danger;
import dev.quayside.ui.dialog.FileQuestion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Words what there is to say of keys. */
final class KeyTexts {

  private static final int LONGEST_OWNER = 80;
  private static final int SHORT = 8;

  private KeyTexts() {}

  /** Returns the end of a fingerprint, by which people tell keys apart. */
  static String tail(String fingerprint) {
    return fingerprint.substring(Math.max(0, fingerprint.length() - SHORT));
  }

  static String owner(ShelvedKey key) {
    return ForeignText.line(key.owner(), LONGEST_OWNER);
  }

  static String name(ShelvedKey key) {
    return BackupsText.of("key.name", owner(key), tail(key.fingerprint()));
  }

  /** Returns a fingerprint in groups of four, as it is compared aloud. */
  static String grouped(String fingerprint) {
    return fingerprint.replaceAll("(.{4})(?!$)", "$1 ");
  }

  static FileQuestion publicKey() {
    return new FileQuestion(
        BackupsText.of("create.add-key.title"),
        FileQuestion.Kind.OPEN,
        null,
        "",
        BackupsText.of("keys.filter"),
        List.of("*.asc", "*.gpg", "*.pgp", "*.key"));
  }

  static FileQuestion newFile(String title, String name) {
    return new FileQuestion(title, FileQuestion.Kind.SAVE, null, name, "", List.of());
  }

  static TonePill role(ShelvedKey key) {
    return key.usable()
        ? new TonePill(
            Tone.INFO,
            switch (key.role()) {
              case RECIPIENT ->
                  BackupsText.of(key.secretKept() ? "key.role.kept" : "key.role.recipient");
              case SIGNER -> BackupsText.of("key.role.signer");
              case OWN -> BackupsText.of("key.role.own");
            })
        : new TonePill(Tone.BAD, BackupsText.of("key.unusable"));
  }

  /** Says until when a key holds, and when its passphrase was last typed. */
  static String state(ShelvedKey key) {
    String until =
        key.expires() == null
            ? BackupsText.of("key.for-ever")
            : BackupsText.of("key.until", ExactTime.text(key.expires()));
    if (!key.reminds()) {
      return until;
    }
    return until
        + " "
        + (key.checked() == null
            ? BackupsText.of("key.never-checked")
            : BackupsText.of("key.checked", ExactTime.text(key.checked())));
  }

  /** Says whether it is time to type a passphrase; null if it is not. */
  static @Nullable String due(KeyReminder reminder) {
    String key = reminder.key();
    if (key == null) {
      return null;
    }
    return switch (reminder.state()) {
      case NO_KEY, NOT_DUE -> null;
      case DUE ->
          BackupsText.of(
              "standing.key.due",
              tail(key),
              reminder.last() == null ? "" : ExactTime.text(reminder.last()));
      case NEVER_CHECKED -> BackupsText.of("standing.key.never", tail(key));
    };
  }

  /** Writes the card of keys. */
  static SideCard.Said card(List<ShelvedKey> keys, KeyReminder reminder) {
    List<ShelvedKey> recipients =
        keys.stream().filter(key -> key.role() == KeyRole.RECIPIENT).toList();
    if (recipients.isEmpty()) {
      return new SideCard.Said(
          Tone.OFF, BackupsText.of("key.none"), BackupsText.of("key.none.text"));
    }
    String due = due(reminder);
    String names = String.join(", ", recipients.stream().map(KeyTexts::name).toList());
    if (recipients.stream().noneMatch(ShelvedKey::usable)) {
      return new SideCard.Said(Tone.BAD, BackupsText.of("key.unusable"), names);
    }
    return due == null
        ? new SideCard.Said(Tone.INFO, BackupsText.of("key.count", recipients.size()), names)
        : new SideCard.Said(Tone.WARN, BackupsText.of("key.check-due"), due);
  }

  /** Asks before a key is taken off the shelf. */
  static Confirmation remove(ShelvedKey key) {
    String title = BackupsText.of("key.remove.title", owner(key));
    List<String> points = List.of(grouped(key.fingerprint()));
    String go = BackupsText.of("key.remove.go");
    return key.secretKept()
        ? new Confirmation(
            title,
            BackupsText.of("key.remove.secret"),
            points,
            go,
            Danger.IRREVERSIBLE,
            tail(key.fingerprint()))
        : new Confirmation(title, BackupsText.of("key.remove.text"), points, go, Danger.NONE, null);
  }
}
