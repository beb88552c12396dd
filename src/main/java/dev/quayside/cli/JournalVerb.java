package dev.quayside.cli;

import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.journal.Journal;
import dev.quayside.journal.JournalCheck;
import dev.quayside.journal.JournalEntry;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows and checks the record of what was done. */
@Command(
    name = "journal",
    resourceBundle = "dev.quayside.cli.help",
    subcommands = {JournalVerb.Show.class, JournalVerb.Verify.class})
final class JournalVerb implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), Messages.of("cli").get("usage.missing-verb"));
  }

  /** Prints the newest entries, oldest of them first. */
  @Command(name = "show", resourceBundle = "dev.quayside.cli.help")
  static final class Show extends Verb {

    @Option(
        names = "--last",
        paramLabel = "N",
        defaultValue = "50",
        descriptionKey = "journal.last")
    private int last;

    @Override
    void checkUsage() {
      if (last < 1) {
        throw usage("usage.last", last);
      }
    }

    @Override
    ExitCode run(Session session, Terminal terminal) throws ProblemException {
      Journal.Content content = session.journal().read();
      List<JournalEntry> all = content.entries();
      List<JournalEntry> entries = all.subList(Math.max(0, all.size() - last), all.size());
      if (terminal.forPrograms()) {
        ObjectNode document = terminal.json().document("journal");
        document.put("total", all.size());
        document.put("unreadable", content.unreadable());
        ArrayNode array = document.putArray("entries");
        entries.forEach(entry -> array.add(document(terminal.json(), entry)));
        terminal.print(document);
      } else {
        terminal.say(entries.isEmpty() ? terminal.text("journal.empty") : table(terminal, entries));
      }
      if (content.unreadable() > 0) {
        terminal.note(terminal.text("journal.unreadable", content.unreadable()));
      }
      return ExitCode.PROVEN;
    }

    private static String table(Terminal terminal, List<JournalEntry> entries) {
      Table table = new Table().row(terminal.text("journal.columns").split("\\|"));
      for (JournalEntry entry : entries) {
        table.row(
            Long.toString(entry.number()),
            terminal.time(entry.at()),
            Json.word(entry.kind()),
            ForeignText.line(entry.action(), 30),
            ForeignText.line(entry.subject(), 40),
            ForeignText.line(
                entry.details().entrySet().stream()
                    .map(detail -> detail.getKey() + "=" + detail.getValue())
                    .collect(Collectors.joining(" ")),
                120));
      }
      return table.text();
    }

    private static ObjectNode document(Json json, JournalEntry entry) {
      ObjectNode node = json.object();
      node.put("number", entry.number());
      Json.put(node, "at", entry.at());
      node.put("kind", Json.word(entry.kind()));
      node.put("intent", entry.intent().isEmpty() ? null : entry.intent());
      node.put("action", entry.action());
      node.put("subject", entry.subject());
      ObjectNode details = node.putObject("details");
      entry.details().forEach(details::put);
      node.put("previous", entry.previous());
      node.put("hash", entry.hash());
      return node;
    }
  }

  /** Reads the whole chain; names the first entry that does not fit. */
  @Command(name = "verify", resourceBundle = "dev.quayside.cli.help")
  static final class Verify extends Verb {

    @Override
    ExitCode run(Session session, Terminal terminal) throws ProblemException {
      JournalCheck check = session.journal().verify();
      ExitCode code =
          switch (check) {
            case JournalCheck.Intact intact -> ExitCode.PROVEN;
            case JournalCheck.Broken broken -> ExitCode.FINDINGS;
          };
      if (terminal.forPrograms()) {
        terminal.print(document(terminal.json(), check, code));
      } else {
        terminal.say(text(terminal, check));
      }
      return code;
    }

    private static String text(Terminal terminal, JournalCheck check) {
      return switch (check) {
        case JournalCheck.Intact intact ->
            terminal.text("journal.intact", intact.entries(), intact.head());
        case JournalCheck.Broken broken ->
            terminal.text("journal.broken", broken.number(), broken.line(), broken.reason());
      };
    }

    private static ObjectNode document(Json json, JournalCheck check, ExitCode code) {
      ObjectNode document = json.document("journal-check");
      document.put("exitCode", code.code());
      switch (check) {
        case JournalCheck.Intact intact -> {
          document.put("intact", true);
          document.put("entries", intact.entries());
          document.put("head", intact.head());
          document.putNull("broken");
        }
        case JournalCheck.Broken broken -> {
          document.put("intact", false);
          document.putNull("entries");
          document.putNull("head");
          ObjectNode node = document.putObject("broken");
          node.put("entry", broken.number());
          node.put("line", broken.line());
          node.put("reason", broken.reason());
        }
      }
      return document;
    }
  }
}
