package dev.quayside.cli;

import dev.quayside.backup.ArchivePlan;
import dev.quayside.backup.BackupCreation;
import dev.quayside.backup.BackupReceipt;
import dev.quayside.backup.BackupRequest;
import dev.quayside.backup.BackupScope;
import dev.quayside.backup.BackupVerification;
import dev.quayside.backup.Compression;
import dev.quayside.backup.Protection;
import dev.quayside.backup.Restore;
import dev.quayside.backup.RestoreReceipt;
import dev.quayside.backup.RestoreRequest;
import dev.quayside.backup.ShelvedArchive;
import dev.quayside.backup.Unlocking;
import dev.quayside.backup.VerificationReport;
import dev.quayside.common.Messages;
import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Quantities;
import dev.quayside.stack.Stack;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes, lists, previews, verifies and restores encrypted archives. */
@Command(
    name = "backup",
    resourceBundle = "dev.quayside.cli.help",
    subcommands = {
      BackupVerb.Create.class,
      BackupVerb.ListArchives.class,
      BackupVerb.Look.class,
      BackupVerb.Verify.class,
      BackupVerb.RestoreArchive.class
    })
final class BackupVerb implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), Messages.of("cli").get("usage.missing-verb"));
  }

  private static @Nullable Path credentials() {
    String folder = System.getenv("CREDENTIALS_DIRECTORY");
    return folder == null || folder.isBlank() ? null : Path.of(folder);
  }

  /** Says how an archive is opened. */
  static final class UnlockOptions {

    @Option(
        names = "--passphrase-file",
        paramLabel = "F",
        descriptionKey = "backup.passphrase-file")
    private @Nullable Path passphraseFile;

    @Option(names = "--secret-key", paramLabel = "F", descriptionKey = "backup.secret-key")
    private @Nullable Path secretKey;

    Unlocking unlocking() {
      return new Unlocking(new TerminalPassphrase(passphraseFile, credentials()), secretKey);
    }
  }

  /** Makes an archive. */
  @Command(name = "create", resourceBundle = "dev.quayside.cli.help")
  static final class Create extends Verb {

    @Parameters(paramLabel = "STACK", descriptionKey = "backup.stack")
    private String stack = "";

    @Option(names = "--to", required = true, paramLabel = "F|DIR", descriptionKey = "backup.to")
    private Path to = Path.of("");

    @ArgGroup(exclusive = true)
    private @Nullable Lock lock;

    @Option(names = "--folder", paramLabel = "DIR", descriptionKey = "backup.folder")
    private List<Path> folders = new ArrayList<>();

    @Option(
        names = "--compress",
        paramLabel = "zstd|gzip",
        defaultValue = "zstd",
        descriptionKey = "backup.compress")
    private Compression compression = Compression.ZSTD;

    /** Says who can open the archive: holders of keys, or of a passphrase. */
    static final class Lock {

      @Option(names = "--recipient", paramLabel = "KEYFILE", descriptionKey = "backup.recipient")
      private List<Path> recipients = new ArrayList<>();

      @Option(
          names = "--passphrase-file",
          paramLabel = "F",
          descriptionKey = "backup.passphrase-file")
      private @Nullable Path passphraseFile;
    }

    @Override
    boolean changes() {
      return true;
    }

    @Override
    ExitCode run(Session session, Terminal terminal) throws ProblemException, EngineUnreachable {
      Stack found = session.stacks().find(engineOf(session), stack);
      BackupScope scope = session.backupScope(found, folders);
      BackupRequest request =
          new BackupRequest(scope, to.toAbsolutePath().normalize(), protection(), compression);
      BackupCreation creation = session.backupCreation();
      Outcome<BackupReceipt> outcome =
          Interruptible.run(terminal, progress -> creation.run(request, progress));
      return terminal.report(
          "backup",
          outcome,
          receipt -> text(terminal, receipt),
          receipt -> document(terminal.json(), receipt));
    }

    private Protection protection() {
      if (lock != null && !lock.recipients.isEmpty()) {
        return new Protection.Recipients(lock.recipients);
      }
      return new Protection.Passphrase(
          new TerminalPassphrase(lock == null ? null : lock.passphraseFile, credentials()));
    }

    private static String text(Terminal terminal, BackupReceipt receipt) {
      List<String> lines = new ArrayList<>();
      lines.add(
          terminal.text(
              "backup.made",
              receipt.archive(),
              Quantities.bytes(receipt.bytes()),
              Long.toString(receipt.entries()),
              Quantities.bytes(receipt.contentBytes())));
      receipt
          .unread()
          .forEach(
              unread -> lines.add(terminal.text("backup.unread", unread.path(), unread.reason())));
      receipt.changed().forEach(path -> lines.add(terminal.text("backup.changed", path)));
      receipt.skipped().forEach(path -> lines.add(terminal.text("backup.skipped", path)));
      return String.join("\n", lines);
    }

    private static ObjectNode document(Json json, BackupReceipt receipt) {
      ObjectNode node = json.object();
      node.put("id", receipt.id());
      node.put("archive", receipt.archive().toString());
      Json.put(node, "created", receipt.created());
      node.put("bytes", receipt.bytes());
      node.put("contentBytes", receipt.contentBytes());
      node.put("entries", receipt.entries());
      node.put("tookSeconds", receipt.took().toMillis() / 1000.0);
      node.put("complete", receipt.complete());
      node.set("unread", unread(json, receipt.unread()));
      node.set("changed", json.texts(receipt.changed()));
      node.set("skipped", json.texts(receipt.skipped()));
      return node;
    }
  }

  private static ArrayNode unread(Json json, List<BackupReceipt.Unread> unread) {
    ArrayNode array = json.array();
    for (BackupReceipt.Unread one : unread) {
      array.addObject().put("path", one.path()).put("reason", one.reason());
    }
    return array;
  }

  /** A plan is written before anything is read, so the size of a dump may not be known in it. */
  private static OptionalLong foretold(ArchivePlan.Part part) {
    boolean dump = part.kind() != ArchivePlan.PartKind.FOLDER;
    return dump && part.bytes() == 0 ? OptionalLong.empty() : OptionalLong.of(part.bytes());
  }

  private static ObjectNode plan(Json json, ArchivePlan plan) {
    ObjectNode node = json.object();
    node.put("format", plan.format());
    node.put("id", plan.id());
    Json.put(node, "created", plan.created());
    node.put("madeBy", plan.madeBy());
    node.put("stack", plan.stack());
    node.put("kind", plan.kind());
    ArrayNode parts = node.putArray("parts");
    for (ArchivePlan.Part part : plan.parts()) {
      ObjectNode one = parts.addObject();
      one.put("path", part.path());
      one.put("kind", Json.word(part.kind()));
      one.put("source", part.source());
      Json.put(one, "bytes", foretold(part));
      one.put("entries", part.entries());
    }
    ArrayNode leftOut = node.putArray("leftOut");
    plan.leftOut()
        .forEach(one -> leftOut.addObject().put("what", one.what()).put("reason", one.reason()));
    return node;
  }

  /** Lists the archives that Quayside made or verified. */
  @Command(name = "list", resourceBundle = "dev.quayside.cli.help")
  static final class ListArchives extends Verb {

    @Override
    ExitCode run(Session session, Terminal terminal) throws ProblemException {
      List<ShelvedArchive> archives = session.shelf().list();
      if (terminal.forPrograms()) {
        ObjectNode document = terminal.json().document("backups");
        ArrayNode array = document.putArray("archives");
        archives.forEach(archive -> array.add(document(terminal.json(), archive)));
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
            archive.created().toString(),
            Quantities.bytes(archive.bytes()),
            archive.complete()
                ? terminal.text("backup.complete")
                : terminal.text("backup.incomplete"),
            archive.fault() != null
                ? archive.fault()
                : archive.verified() == null ? "—" : archive.verified().toString(),
            archive.archive().toString());
      }
      return table.text();
    }

    private static ObjectNode document(Json json, ShelvedArchive archive) {
      ObjectNode node = json.object();
      node.put("id", archive.id());
      node.put("stack", archive.stack());
      node.put("archive", archive.archive().toString());
      Json.put(node, "created", archive.created());
      node.put("bytes", archive.bytes());
      node.put("contentBytes", archive.contentBytes());
      node.put("entries", archive.entries());
      node.put("complete", archive.complete());
      Json.put(node, "verified", archive.verified());
      node.put("fault", archive.fault());
      return node;
    }
  }

  /** Shows what an archive says it holds, which is not verified. */
  @Command(name = "preview", resourceBundle = "dev.quayside.cli.help")
  static final class Look extends Verb {

    @Parameters(paramLabel = "F", descriptionKey = "backup.archive")
    private Path archive = Path.of("");

    @Mixin private UnlockOptions unlock = new UnlockOptions();

    @Override
    ExitCode run(Session session, Terminal terminal) throws ProblemException {
      ArchivePlan plan =
          session.preview().read(archive.toAbsolutePath().normalize(), unlock.unlocking());
      if (terminal.forPrograms()) {
        ObjectNode document = terminal.json().document("backup-preview");
        document.put("verified", false);
        document.set("plan", plan(terminal.json(), plan));
        terminal.print(document);
      } else {
        terminal.say(text(terminal, plan));
      }
      return ExitCode.PROVEN;
    }

    private static String text(Terminal terminal, ArchivePlan plan) {
      List<String> lines = new ArrayList<>();
      lines.add(terminal.text("backup.preview", plan.stack(), plan.created().toString()));
      Table table = new Table().row(terminal.text("backup.parts.columns").split("\\|"));
      plan.parts()
          .forEach(part ->
              table.row(
                  Json.word(part.kind()),
                  foretold(part).isPresent() ? Quantities.bytes(part.bytes()) : "—",
                  part.path(),
                  part.source()));
      lines.add(table.text());
      plan.leftOut()
          .forEach(one -> lines.add(terminal.text("backup.left-out", one.what(), one.reason())));
      return String.join("\n", lines);
    }
  }

  /** Reads every byte of an archive and compares every hash. */
  @Command(name = "verify", resourceBundle = "dev.quayside.cli.help")
  static final class Verify extends Verb {

    @Parameters(paramLabel = "F", descriptionKey = "backup.archive")
    private Path archive = Path.of("");

    @Mixin private UnlockOptions unlock = new UnlockOptions();

    @Override
    ExitCode run(Session session, Terminal terminal) throws ProblemException {
      BackupVerification verification = session.backupVerification();
      Outcome<VerificationReport> outcome =
          Interruptible.run(
              terminal,
              progress ->
                  verification.run(
                      archive.toAbsolutePath().normalize(), unlock.unlocking(), progress));
      return terminal.report(
          "backup-verification",
          outcome,
          report -> text(terminal, report),
          report -> document(terminal.json(), report));
    }

    private static String text(Terminal terminal, VerificationReport report) {
      if (report.fault() != null) {
        return terminal.text(
            "backup.unsound", report.archive(), report.fault().title(), report.fault().happened());
      }
      return terminal.text(
          "backup.sound",
          report.archive(),
          Long.toString(report.entries()),
          Quantities.bytes(report.contentBytes()));
    }

    private static ObjectNode document(Json json, VerificationReport report) {
      ObjectNode node = json.object();
      node.put("archive", report.archive().toString());
      node.put("sound", report.sound());
      node.put("bytes", report.bytes());
      node.put("entries", report.entries());
      node.put("contentBytes", report.contentBytes());
      node.put("incomplete", report.incomplete());
      node.put("origin", Json.word(report.origin()));
      node.set("plan", report.plan() == null ? null : plan(json, report.plan()));
      node.set("fault", report.fault() == null ? null : json.problem(report.fault()));
      node.put("tookSeconds", report.took().toMillis() / 1000.0);
      return node;
    }
  }

  /** Restores an archive into an empty folder. */
  @Command(name = "restore", resourceBundle = "dev.quayside.cli.help")
  static final class RestoreArchive extends Verb {

    @Parameters(paramLabel = "F", descriptionKey = "backup.archive")
    private Path archive = Path.of("");

    @Option(
        names = "--to",
        required = true,
        paramLabel = "DIR",
        descriptionKey = "backup.restore-to")
    private Path to = Path.of("");

    @Mixin private UnlockOptions unlock = new UnlockOptions();

    @Override
    boolean changes() {
      return true;
    }

    @Override
    ExitCode run(Session session, Terminal terminal) throws ProblemException {
      RestoreRequest request =
          new RestoreRequest(
              archive.toAbsolutePath().normalize(),
              unlock.unlocking(),
              to.toAbsolutePath().normalize());
      Restore restore = session.restore();
      Outcome<RestoreReceipt> outcome =
          Interruptible.run(terminal, progress -> restore.run(request, progress));
      return terminal.report(
          "restore",
          outcome,
          receipt -> text(terminal, receipt),
          receipt -> document(terminal.json(), receipt));
    }

    private static String text(Terminal terminal, RestoreReceipt receipt) {
      List<String> lines = new ArrayList<>();
      lines.add(
          terminal.text(
              "backup.restored",
              receipt.folder(),
              Long.toString(receipt.entries()),
              Quantities.bytes(receipt.contentBytes())));
      if (!receipt.ownersKept()) {
        lines.add(terminal.text("backup.owners"));
      }
      receipt.outsideLinks().forEach(link -> lines.add(terminal.text("backup.outside-link", link)));
      receipt
          .unread()
          .forEach(
              unread -> lines.add(terminal.text("backup.unread", unread.path(), unread.reason())));
      return String.join("\n", lines);
    }

    private static ObjectNode document(Json json, RestoreReceipt receipt) {
      ObjectNode node = json.object();
      node.put("folder", receipt.folder().toString());
      node.set("plan", plan(json, receipt.plan()));
      node.put("entries", receipt.entries());
      node.put("contentBytes", receipt.contentBytes());
      node.put("origin", Json.word(receipt.origin()));
      node.set("outsideLinks", json.texts(receipt.outsideLinks()));
      node.put("ownersKept", receipt.ownersKept());
      node.set("unread", unread(json, receipt.unread()));
      node.put("tookSeconds", receipt.took().toMillis() / 1000.0);
      return node;
    }
  }
}
