package dev.quayside.cli;

import dev.quayside.backup.Proof;
import dev.quayside.backup.drill.Drill;
import dev.quayside.backup.drill.DrillReceipt;
import dev.quayside.backup.drill.DrilledService;
import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Quantities;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Restores an archive into throw-away containers and tells which services came back to life. */
@Command(name = "drill", resourceBundle = "dev.quayside.cli.help")
final class BackupDrillVerb extends Verb {

  @Parameters(paramLabel = "F", descriptionKey = "backup.archive")
  private Path archive = Path.of("");

  @Mixin private UnlockOptions unlock = new UnlockOptions();

  @Override
  boolean changes() {
    return true;
  }

  @Override
  ExitCode run(Session session, Terminal terminal) throws ProblemException, EngineUnreachable {
    var _ = engineOf(session);
    Drill drill = session.drill();
    Outcome<DrillReceipt> outcome =
        interruptible()
            .run(progress ->
                drill.run(
                    archive.toAbsolutePath().normalize(),
                    unlock.unlocking(interruptible()),
                    progress));
    return terminal.report(
        "drill",
        outcome,
        receipt -> text(terminal, receipt),
        receipt -> document(terminal.json(), receipt));
  }

  private static String text(Terminal terminal, DrillReceipt receipt) {
    List<String> lines = new ArrayList<>();
    if (receipt.fault() != null) {
      lines.add(
          terminal.text(
              "backup.unsound",
              receipt.archive(),
              receipt.fault().title(),
              receipt.fault().happened()));
      return String.join("\n", lines);
    }
    lines.add(
        terminal.text(
            "backup.drilled", receipt.archive(), state(terminal, receipt.proof()), took(receipt)));
    for (DrilledService one : receipt.services()) {
      lines.add(
          switch (one.verdict()) {
            case PROVEN -> terminal.text("backup.drill.proven", one.service());
            case FAILED -> terminal.text("backup.drill.failed", one.service(), one.reason());
            case UNKNOWN -> terminal.text("backup.drill.unknown", one.service(), one.reason());
          });
      one.evidence().forEach(seen -> lines.add(terminal.text("backup.drill.saw", seen)));
    }
    return String.join("\n", lines);
  }

  private static String took(DrillReceipt receipt) {
    return Quantities.duration(receipt.took());
  }

  /** Says in few words what a drill showed. */
  static String state(Terminal terminal, @Nullable Proof proof) {
    if (proof == null) {
      return terminal.text("backup.never-drilled");
    }
    return proof.whole()
        ? terminal.text("backup.proven")
        : terminal.text("backup.proven-part", proof.proven(), proof.of());
  }

  static ObjectNode document(Json json, DrillReceipt receipt) {
    ObjectNode node = json.object();
    node.put("id", receipt.id());
    node.put("archive", receipt.archive().toString());
    node.put("archiveId", receipt.archiveId());
    node.put("stack", receipt.stack());
    Json.put(node, "at", receipt.at());
    node.put("tookSeconds", receipt.took().toMillis() / 1000.0);
    node.put("proven", receipt.proven());
    node.put("complete", receipt.complete());
    ArrayNode services = node.putArray("services");
    for (DrilledService one : receipt.services()) {
      ObjectNode service = services.addObject();
      service.put("service", one.service());
      service.put("image", one.image());
      service.put("verdict", Json.word(one.verdict()));
      service.set("evidence", json.texts(one.evidence()));
      service.put("reason", one.reason());
    }
    node.set("fault", receipt.fault() == null ? null : json.problem(receipt.fault()));
    return node;
  }

  /** Writes what the last drill of an archive showed; null if there was none. */
  static @Nullable ObjectNode document(Json json, @Nullable Proof proof) {
    if (proof == null) {
      return null;
    }
    ObjectNode node = json.object();
    Json.put(node, "at", proof.at());
    node.put("whole", proof.whole());
    node.put("proven", proof.proven());
    node.put("failed", proof.failed());
    node.put("of", proof.of());
    node.set("reasons", json.texts(proof.reasons()));
    return node;
  }
}
