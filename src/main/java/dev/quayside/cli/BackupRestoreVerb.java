package dev.quayside.cli;

import dev.quayside.backup.ForeignArchives;
import dev.quayside.backup.ForeignReport;
import dev.quayside.backup.HeldPassphrase;
import dev.quayside.backup.Restore;
import dev.quayside.backup.RestoreReceipt;
import dev.quayside.backup.RestoreRequest;
import dev.quayside.backup.Unlocking;
import dev.quayside.backup.foreign.ContentKind;
import dev.quayside.backup.landing.ForeignLanding;
import dev.quayside.backup.landing.LandingPlan;
import dev.quayside.backup.landing.LandingReceipt;
import dev.quayside.backup.landing.LandingRequest;
import dev.quayside.backup.landing.StackRestore;
import dev.quayside.common.Messages;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.Quantities;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** Restores an archive into an empty folder, or over a stack. */
@Command(name = "restore", resourceBundle = "dev.quayside.cli.help")
final class BackupRestoreVerb extends Verb {

  @Parameters(paramLabel = "F", descriptionKey = "backup.archive")
  private Path archive = Path.of("");

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Target target = new Target();

  /** Says where to. */
  static final class Target {

    @Option(names = "--to", paramLabel = "DIR", descriptionKey = "backup.restore-to")
    private @Nullable Path folder;

    @Option(names = "--stack", paramLabel = "STACK", descriptionKey = "backup.restore-stack")
    private @Nullable String stack;
  }

  @Option(names = "--part", paramLabel = "PATH", descriptionKey = "backup.restore-part")
  private List<String> parts = new ArrayList<>();

  @Option(names = "--into", descriptionKey = "backup.restore-into")
  private boolean into;

  @Option(names = "--service", paramLabel = "SERVICE", descriptionKey = "backup.restore-service")
  private @Nullable String service;

  @Option(names = "--database", paramLabel = "NAME", descriptionKey = "backup.restore-database")
  private @Nullable String database;

  @Option(names = "--unknown-origin", descriptionKey = "backup.restore-origin")
  private boolean unknownOrigin;

  @Option(names = "--with-functions", descriptionKey = "backup.restore-functions")
  private boolean functions;

  @Option(names = "--dry-run", descriptionKey = "backup.restore-dry-run")
  private boolean dryRun;

  @Mixin private UnlockOptions unlock = new UnlockOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  boolean changes() {
    return !dryRun;
  }

  /** A dry run reads, which may take long, and asks for a passphrase. */
  @Override
  boolean stopsInOrder() {
    return true;
  }

  @Override
  void checkUsage() {
    boolean one = service != null || database != null;
    if (one && (service == null || database == null || target.stack == null)) {
      throw usage("usage.database");
    }
    if (functions && !one) {
      throw usage("usage.functions");
    }
    if (one && !parts.isEmpty()) {
      throw usage("usage.database.parts");
    }
  }

  @Override
  ExitCode run(Session session, Terminal terminal) throws ProblemException, EngineUnreachable {
    String stack = target.stack;
    if (stack != null) {
      return over(session, terminal, stack);
    }
    if (dryRun) {
      throw new ParameterException(
          spec.commandLine(), Messages.of("cli").get("usage.dry-run-stack"));
    }
    Path to = target.folder == null ? Path.of("") : target.folder;
    Unlocking asked = unlock.unlocking(interruptible());
    try (HeldPassphrase held = HeldPassphrase.of(asked)) {
      return into(
          session,
          terminal,
          new RestoreRequest(
              archive.toAbsolutePath().normalize(),
              held.unlocking(asked),
              to.toAbsolutePath().normalize()));
    }
  }

  private ExitCode into(Session session, Terminal terminal, RestoreRequest request)
      throws ProblemException {
    ForeignArchives foreign = session.foreignArchives();
    if (foreign.foreign(request.archive(), request.unlocking(), unknownOrigin)) {
      if (!unknownOrigin) {
        ContentKind kind = foreign.recognise(request.archive(), request.unlocking());
        return terminal.refuse(ForeignArchives.unasked(request.archive(), kind), ExitCode.REFUSED);
      }
      return ForeignDocuments.restored(
          terminal, interruptible().run(progress -> foreign.restore(request, progress)));
    }
    Restore restore = session.restore();
    Outcome<RestoreReceipt> outcome =
        interruptible().run(progress -> restore.run(request, progress));
    return terminal.report(
        "restore",
        outcome,
        receipt -> text(terminal, receipt),
        receipt -> document(terminal.json(), receipt));
  }

  private ExitCode over(Session session, Terminal terminal, String stack)
      throws ProblemException, EngineUnreachable {
    String server = service;
    String name = database;
    if (server != null && name != null) {
      ForeignLanding landing =
          new ForeignLanding(
              archive.toAbsolutePath().normalize(),
              unlock.unlocking(interruptible()),
              session.stacks().find(engineOf(session), stack),
              server,
              name,
              unknownOrigin,
              functions);
      StackRestore restore = session.stackRestore();
      if (dryRun) {
        ForeignArchives foreign = session.foreignArchives();
        return LandingDocuments.reportPlan(
            terminal,
            interruptible().run(progress -> planned(foreign, restore, landing, progress)));
      }
      return LandingDocuments.reportForeign(
          terminal, interruptible().run(progress -> restore.run(landing, progress)));
    }
    Path file = archive.toAbsolutePath().normalize();
    Unlocking asked = unlock.unlocking(interruptible());
    try (HeldPassphrase held = HeldPassphrase.of(asked)) {
      Unlocking unlocking = held.unlocking(asked);
      Problem unplaced = session.foreignArchives().unplaced(file, unlocking, unknownOrigin);
      if (unplaced != null) {
        return terminal.refuse(unplaced, ExitCode.REFUSED);
      }
      return over(
          session,
          terminal,
          new LandingRequest(
              file,
              unlocking,
              session.stacks().find(engineOf(session), stack),
              parts,
              into,
              unknownOrigin));
    }
  }

  private ExitCode over(Session session, Terminal terminal, LandingRequest request)
      throws ProblemException {
    StackRestore restore = session.stackRestore();
    if (dryRun) {
      return LandingDocuments.reportPlan(terminal, interruptible().run(_ -> restore.plan(request)));
    }
    Outcome<LandingReceipt> outcome =
        interruptible().run(progress -> restore.run(request, progress));
    return LandingDocuments.report(terminal, outcome);
  }

  private static Outcome<LandingPlan> planned(
      ForeignArchives foreign, StackRestore restore, ForeignLanding landing, Progress progress) {
    return switch (foreign.survey(landing.file(), landing.unlocking(), progress)) {
      case Outcome.Done<ForeignReport>(ForeignReport report) -> restore.plan(landing, report);
      case Outcome.Found<ForeignReport>(ForeignReport report) -> restore.plan(landing, report);
      case Outcome.Attention<ForeignReport>(ForeignReport report, Problem plain) ->
          restore.plan(landing, report);
      case Outcome.Failed<ForeignReport>(Problem problem) -> new Outcome.Failed<>(problem);
      case Outcome.Refused<ForeignReport>(Problem problem) -> new Outcome.Refused<>(problem);
    };
  }

  private static String text(Terminal terminal, RestoreReceipt receipt) {
    List<String> lines = new ArrayList<>();
    lines.add(
        terminal.text(
            "backup.restored",
            receipt.folder(),
            Long.toString(receipt.entries()),
            Quantities.bytes(receipt.contentBytes())));
    lines.add(BackupDocuments.origin(terminal, receipt.origin()));
    if (!receipt.ownersKept()) {
      lines.add(terminal.text("backup.owners"));
    }
    receipt.outsideLinks().forEach(link -> lines.add(terminal.text("backup.outside-link", link)));
    receipt
        .unread()
        .forEach(
            unread -> lines.add(terminal.text("backup.unread", unread.path(), unread.reason())));
    receipt.changed().forEach(path -> lines.add(terminal.text("backup.changed", path)));
    receipt.plan().unsure().forEach(source -> lines.add(terminal.text("backup.unsure", source)));
    lines.addAll(BackupDocuments.leftOut(terminal, receipt.plan().leftOut()));
    return String.join("\n", lines);
  }

  private static ObjectNode document(Json json, RestoreReceipt receipt) {
    ObjectNode node = json.object();
    node.put("folder", receipt.folder().toString());
    node.set("plan", BackupDocuments.plan(json, receipt.plan()));
    node.put("entries", receipt.entries());
    node.put("contentBytes", receipt.contentBytes());
    node.put("origin", Json.word(receipt.origin()));
    node.set("outsideLinks", json.texts(receipt.outsideLinks()));
    node.put("ownersKept", receipt.ownersKept());
    node.set("unread", BackupDocuments.unread(json, receipt.unread()));
    node.set("changed", json.texts(receipt.changed()));
    node.put("tookSeconds", receipt.took().toMillis() / 1000.0);
    return node;
  }
}
