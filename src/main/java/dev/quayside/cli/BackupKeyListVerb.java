package dev.quayside.cli;

import dev.quayside.backup.keys.KeyReminder;
import dev.quayside.backup.keys.KeyRole;
import dev.quayside.backup.keys.KeyShelf;
import dev.quayside.backup.keys.ShelvedKey;
import dev.quayside.common.ForeignText;
import dev.quayside.common.ProblemException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists the keys, and says whether it is time to type a passphrase. */
@Command(name = "list", resourceBundle = "dev.quayside.cli.help")
final class BackupKeyListVerb extends Verb {

  private static final int LONGEST_OWNER = 60;

  @Override
  ExitCode run(Session session, Terminal terminal) throws ProblemException {
    KeyShelf shelf = session.keyShelf();
    List<ShelvedKey> keys = shelf.list();
    KeyReminder reminder = shelf.reminder(session.clock().instant());
    if (terminal.forPrograms()) {
      ObjectNode document = terminal.json().document("backup-keys");
      ArrayNode array = document.putArray("keys");
      keys.forEach(key -> array.add(document(terminal.json(), key)));
      ObjectNode node = document.putObject("reminder");
      node.put("state", Json.word(reminder.state()));
      node.put("fingerprint", reminder.key());
      Json.put(node, "last", reminder.last());
      Json.put(node, "next", reminder.next());
      terminal.print(document);
    } else {
      terminal.say(keys.isEmpty() ? terminal.text("key.none") : table(terminal, keys));
      keys.stream()
          .filter(key -> key.role() == KeyRole.OWN)
          .forEach(key -> terminal.say(terminal.text("key.signs-here", key.fingerprint())));
      String due = due(terminal, reminder);
      if (due != null) {
        terminal.say(due);
      }
    }
    return ExitCode.PROVEN;
  }

  private static String table(Terminal terminal, List<ShelvedKey> keys) {
    Table table = new Table().row(terminal.text("key.columns").split("\\|"));
    for (ShelvedKey key : keys) {
      table.row(
          key.fingerprint(),
          role(terminal, key),
          key.usable() ? until(terminal, key.expires()) : terminal.text("key.unusable"),
          key.checked() == null ? "—" : terminal.time(key.checked()),
          ForeignText.line(key.owner(), LONGEST_OWNER));
    }
    return table.text();
  }

  private static String role(Terminal terminal, ShelvedKey key) {
    return switch (key.role()) {
      case RECIPIENT ->
          terminal.text(key.secretKept() ? "key.role.recipient-kept" : "key.role.recipient");
      case SIGNER -> terminal.text("key.role.signer");
      case OWN -> terminal.text("key.role.own");
    };
  }

  private static String until(Terminal terminal, @Nullable Instant expires) {
    return expires == null ? terminal.text("key.for-ever") : terminal.time(expires);
  }

  private static @Nullable String due(Terminal terminal, KeyReminder reminder) {
    String key = reminder.key();
    if (key == null) {
      return null;
    }
    return switch (reminder.state()) {
      case NO_KEY, NOT_DUE -> null;
      case DUE ->
          reminder.last() == null
              ? null
              : terminal.text("key.due", key, terminal.time(reminder.last()));
      case NEVER_CHECKED -> terminal.text("key.never-checked", key);
    };
  }

  static ObjectNode document(Json json, ShelvedKey key) {
    ObjectNode node = json.object();
    node.put("fingerprint", key.fingerprint());
    node.put("owner", key.owner());
    node.put("role", Json.word(key.role()));
    Json.put(node, "added", key.added());
    Json.put(node, "expires", key.expires());
    node.put("usable", key.usable());
    node.put("secretKept", key.secretKept());
    Json.put(node, "checked", key.checked());
    return node;
  }
}
