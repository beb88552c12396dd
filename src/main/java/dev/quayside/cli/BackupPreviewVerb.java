package dev.quayside.cli;

import dev.quayside.backup.ArchivePlan;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Quantities;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Shows what an archive says it holds, which is not verified. */
@Command(name = "preview", resourceBundle = "dev.quayside.cli.help")
final class BackupPreviewVerb extends Verb {

  @Parameters(paramLabel = "F", descriptionKey = "backup.archive")
  private Path archive = Path.of("");

  @Mixin private UnlockOptions unlock = new UnlockOptions();

  @Override
  ExitCode run(Session session, Terminal terminal) throws ProblemException {
    ArchivePlan plan =
        session.preview().read(archive.toAbsolutePath().normalize(), unlock.unlocking(null));
    if (terminal.forPrograms()) {
      ObjectNode document = terminal.json().document("backup-preview");
      document.put("verified", false);
      document.set("plan", BackupDocuments.plan(terminal.json(), plan));
      terminal.print(document);
    } else {
      terminal.say(text(terminal, plan));
    }
    return ExitCode.PROVEN;
  }

  private static String text(Terminal terminal, ArchivePlan plan) {
    List<String> lines = new ArrayList<>();
    lines.add(terminal.text("backup.preview", plan.stack(), terminal.time(plan.created())));
    Table table = new Table().row(terminal.text("backup.parts.columns").split("\\|"));
    plan.parts()
        .forEach(part ->
            table.row(
                Json.word(part.kind()),
                size(terminal, part),
                Json.word(part.consistency()),
                part.path(),
                part.source()));
    lines.add(table.text());
    lines.addAll(BackupDocuments.leftOut(terminal, plan.leftOut()));
    return String.join("\n", lines);
  }

  /** The size of a dump is not known before it is made; the plan holds that of the database. */
  static String size(Terminal terminal, ArchivePlan.Part part) {
    if (BackupDocuments.foretold(part).isEmpty()) {
      return "—";
    }
    String bytes = Quantities.bytes(part.bytes());
    return part.kind().dumped() ? terminal.text("backup.parts.before-dumping", bytes) : bytes;
  }
}
