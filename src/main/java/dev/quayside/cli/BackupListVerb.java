package dev.quayside.cli;

import dev.quayside.backup.ShelvedArchive;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Quantities;
import java.util.List;
import picocli.CommandLine.Command;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists the archives that Quayside made or verified. */
@Command(name = "list", resourceBundle = "dev.quayside.cli.help")
final class BackupListVerb extends Verb {

  @Override
  ExitCode run(Session session, Terminal terminal) throws ProblemException {
    List<ShelvedArchive> archives = session.shelf().look();
    if (terminal.forPrograms()) {
      ObjectNode document = terminal.json().document("backups");
      ArrayNode array = document.putArray("archives");
      archives.forEach(archive -> array.add(document(terminal.json(), archive)));
      ArrayNode drills = document.putArray("drills");
      session
          .drills()
          .list()
          .forEach(drill -> drills.add(BackupDrillVerb.document(terminal.json(), drill)));
      terminal.print(document);
    } else {
      terminal.say(archives.isEmpty() ? terminal.text("backup.none") : table(terminal, archives));
    }
    return ExitCode.PROVEN;
  }

  private static String table(Terminal terminal, List<ShelvedArchive> archives) {
    Table table = new Table().row(terminal.text("backup.columns").split("\\|"));
    for (ShelvedArchive archive : archives) {
      table.row(
          archive.stack(),
          terminal.time(archive.created()),
          Quantities.bytes(archive.bytes()),
          set(terminal, archive),
          archive.fault() != null
              ? archive.fault()
              : archive.verified() == null ? "—" : terminal.time(archive.verified()),
          archive.fault() == null ? BackupDrillVerb.state(terminal, archive.proof()) : "—",
          archive.archive().toString());
    }
    return table.text();
  }

  private static String set(Terminal terminal, ShelvedArchive archive) {
    String whole =
        archive.complete() ? terminal.text("backup.complete") : terminal.text("backup.incomplete");
    return switch (archive.presence()) {
      case THERE -> whole;
      case FILE_GONE -> terminal.text("backup.file-gone");
      case NOT_AS_WRITTEN -> terminal.text("backup.not-as-written");
      case DISK_AWAY -> terminal.text("backup.disk-away", whole);
    };
  }

  private static ObjectNode document(Json json, ShelvedArchive archive) {
    ObjectNode node = json.object();
    node.put("id", archive.id());
    node.put("stack", archive.stack());
    node.put("archive", archive.archive().toString());
    Json.put(node, "created", archive.created());
    node.put("presence", Json.word(archive.presence()));
    node.put("bytes", archive.bytes());
    node.put("contentBytes", archive.contentBytes());
    node.put("entries", archive.entries());
    node.put("complete", archive.complete());
    Json.put(node, "verified", archive.verified());
    node.put("fault", archive.fault());
    node.set("proof", BackupDrillVerb.document(json, archive.proof()));
    return node;
  }
}
