package dev.quayside.cli;

import dev.quayside.backup.ArchivePlan;
import dev.quayside.backup.ForeignArchives;
import dev.quayside.backup.HeldPassphrase;
import dev.quayside.backup.PreviewReport;
import dev.quayside.backup.Unlocking;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Quantities;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Shows what an archive holds, by the list beside it or by its own head. */
@Command(name = "preview", resourceBundle = "dev.quayside.cli.help")
final class BackupPreviewVerb extends Verb {

  @Parameters(paramLabel = "F", descriptionKey = "backup.archive")
  private Path archive = Path.of("");

  @Mixin private UnlockOptions unlock = new UnlockOptions();

  @Override
  boolean stopsInOrder() {
    return true; // a file of other origin is read to its end
  }

  @Override
  ExitCode run(Session session, Terminal terminal) throws ProblemException {
    Path file = archive.toAbsolutePath().normalize();
    Unlocking asked = unlock.unlocking(interruptible());
    try (HeldPassphrase held = HeldPassphrase.of(asked)) {
      Unlocking unlocking = held.unlocking(asked);
      PreviewReport report;
      try {
        report = session.preview().look(file, unlocking);
      } catch (ProblemException e) {
        ForeignArchives foreign = session.foreignArchives();
        if (!foreign.foreign(file, unlocking, false)) {
          throw e;
        }
        return ForeignDocuments.report(
            terminal, interruptible().run(progress -> foreign.survey(file, unlocking, progress)));
      }
      return show(terminal, report);
    }
  }

  private static ExitCode show(Terminal terminal, PreviewReport report) {
    if (terminal.forPrograms()) {
      ObjectNode document = terminal.json().document("backup-preview");
      document.put("verified", report.verified());
      document.put("manifest", Json.word(report.manifest()));
      PreviewReport.Listed listed = report.listed();
      document.put("entries", listed == null ? null : Long.valueOf(listed.entries()));
      document.put("contentBytes", listed == null ? null : Long.valueOf(listed.contentBytes()));
      document.set("plan", BackupDocuments.plan(terminal.json(), report.plan()));
      terminal.print(document);
    } else {
      terminal.say(text(terminal, report));
    }
    return ExitCode.PROVEN;
  }

  private static String text(Terminal terminal, PreviewReport report) {
    ArchivePlan plan = report.plan();
    PreviewReport.Listed listed = report.listed();
    List<String> lines = new ArrayList<>();
    if (listed == null) {
      lines.add(terminal.text("backup.preview", plan.stack(), terminal.time(plan.created())));
      BackupDocuments.manifest(terminal, report.manifest()).ifPresent(lines::add);
    } else {
      lines.add(
          terminal.text(
              "backup.preview.listed",
              plan.stack(),
              terminal.time(plan.created()),
              Long.toString(listed.entries()),
              Quantities.bytes(listed.contentBytes())));
    }
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
