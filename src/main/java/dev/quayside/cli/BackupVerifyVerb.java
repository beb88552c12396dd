package dev.quayside.cli;

import dev.quayside.backup.BackupVerification;
import dev.quayside.backup.ForeignArchives;
import dev.quayside.backup.HeldPassphrase;
import dev.quayside.backup.Unlocking;
import dev.quayside.backup.VerificationReport;
import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Quantities;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Reads every byte of an archive and compares every hash. */
@Command(name = "verify", resourceBundle = "dev.quayside.cli.help")
final class BackupVerifyVerb extends Verb {

  @Parameters(paramLabel = "F", descriptionKey = "backup.archive")
  private Path archive = Path.of("");

  @Mixin private UnlockOptions unlock = new UnlockOptions();

  @Override
  boolean stopsInOrder() {
    return true;
  }

  @Override
  ExitCode run(Session session, Terminal terminal) throws ProblemException {
    Path file = archive.toAbsolutePath().normalize();
    Unlocking asked = unlock.unlocking(interruptible());
    try (HeldPassphrase held = HeldPassphrase.of(asked)) {
      return run(session, terminal, file, held.unlocking(asked));
    }
  }

  private ExitCode run(Session session, Terminal terminal, Path file, Unlocking unlocking)
      throws ProblemException {
    ForeignArchives foreign = session.foreignArchives();
    if (foreign.foreign(file, unlocking, false)) {
      return ForeignDocuments.report(
          terminal, interruptible().run(progress -> foreign.survey(file, unlocking, progress)));
    }
    BackupVerification verification = session.backupVerification();
    Outcome<VerificationReport> outcome =
        interruptible().run(progress -> verification.run(file, unlocking, progress));
    return terminal.report(
        "backup-verification",
        outcome,
        report -> text(terminal, report),
        report -> document(terminal.json(), report));
  }

  static String text(Terminal terminal, VerificationReport report) {
    if (report.fault() != null) {
      return terminal.text(
              "backup.unsound", report.archive(), report.fault().title(), report.fault().happened())
          + (report.fault().nextStep().isBlank()
              ? ""
              : "\n" + terminal.text("problem.next") + " " + report.fault().nextStep());
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        terminal.text(
            "backup.sound",
            report.archive(),
            Long.toString(report.entries()),
            Quantities.bytes(report.contentBytes())));
    lines.add(BackupDocuments.origin(terminal, report.origin()));
    BackupDocuments.manifest(terminal, report.manifest()).ifPresent(lines::add);
    if (report.incomplete() > 0) {
      lines.add(terminal.text("backup.gaps", report.incomplete()));
    }
    report.changed().forEach(path -> lines.add(terminal.text("backup.changed", path)));
    report.unsure().forEach(source -> lines.add(terminal.text("backup.unsure", source)));
    if (report.plan() != null) {
      lines.addAll(BackupDocuments.leftOut(terminal, report.plan().leftOut()));
    }
    return String.join("\n", lines);
  }

  private static ObjectNode document(Json json, VerificationReport report) {
    ObjectNode node = json.object();
    node.put("archive", report.archive().toString());
    node.put("sound", report.sound());
    node.put("bytes", report.bytes());
    node.put("entries", report.entries());
    // Of an archive with a fault these are not known.
    node.put("contentBytes", report.sound() ? Long.valueOf(report.contentBytes()) : null);
    node.put("incomplete", report.sound() ? Integer.valueOf(report.incomplete()) : null);
    node.set("changed", report.sound() ? json.texts(report.changed()) : null);
    node.put("origin", Json.word(report.origin()));
    node.put("manifest", Json.word(report.manifest()));
    node.set("plan", report.plan() == null ? null : BackupDocuments.plan(json, report.plan()));
    node.set("fault", report.fault() == null ? null : json.problem(report.fault()));
    node.put("tookSeconds", report.took().toMillis() / 1000.0);
    return node;
  }
}
