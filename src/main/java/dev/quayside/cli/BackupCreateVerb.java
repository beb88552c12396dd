package dev.quayside.cli;

import dev.quayside.backup.BackupCreation;
import dev.quayside.backup.BackupReceipt;
import dev.quayside.backup.BackupRequest;
import dev.quayside.backup.BackupScope;
import dev.quayside.backup.Compression;
import dev.quayside.backup.Protection;
import dev.quayside.common.ForeignText;
import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Quantities;
import dev.quayside.stack.Stack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Makes an archive. */
@Command(name = "create", resourceBundle = "dev.quayside.cli.help")
final class BackupCreateVerb extends Verb {

  private static final int LONGEST_PATH = 400;

  @Parameters(paramLabel = "STACK", descriptionKey = "backup.stack")
  private String stack = "";

  @Option(names = "--to", required = true, paramLabel = "F|DIR", descriptionKey = "backup.to")
  private String to = "";

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

  @Option(names = "--no-stop", descriptionKey = "backup.no-stop")
  private boolean noStop;

  /** Says who can open the archive: holders of keys, or of a passphrase. */
  static final class Lock {

    @Option(names = "--recipient", paramLabel = "KEY", descriptionKey = "backup.recipient")
    private List<String> recipients = new ArrayList<>();

    @Option(
        names = "--passphrase-file",
        paramLabel = "F",
        descriptionKey = "backup.passphrase-file")
    private @Nullable Path passphraseFile;
  }

  @Override
  void checkUsage() {
    // A path forgets the slash at its end, and an archive would get the folder's name.
    boolean folder = Files.isDirectory(Path.of(to));
    if (to.endsWith("/") && !folder) {
      throw usage("usage.no-folder", ForeignText.line(to, LONGEST_PATH));
    }
    // Else a disk that is not there would become a file of its name.
    if (!to.endsWith(".gpg") && !folder) {
      throw usage("usage.no-archive", ForeignText.line(to, LONGEST_PATH));
    }
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
        new BackupRequest(
            scope,
            Path.of(to).toAbsolutePath().normalize(),
            protection(session),
            compression,
            !noStop);
    BackupCreation creation = session.backupCreation();
    Outcome<BackupReceipt> outcome =
        interruptible().run(progress -> creation.run(request, progress));
    return terminal.report(
        "backup",
        outcome,
        receipt -> text(terminal, receipt),
        receipt -> document(terminal.json(), receipt));
  }

  private Protection protection(Session session) throws ProblemException {
    if (lock != null && !lock.recipients.isEmpty()) {
      List<Path> certificates = new ArrayList<>();
      for (String each : lock.recipients) {
        certificates.add(session.keyShelf().recipient(each));
      }
      return new Protection.Recipients(certificates);
    }
    return new Protection.Passphrase(
        new TerminalPassphrase(
            lock == null ? null : lock.passphraseFile,
            TerminalPassphrase.credentials(),
            interruptible()));
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
    receipt.unsure().forEach(source -> lines.add(terminal.text("backup.unsure", source)));
    receipt.skipped().forEach(path -> lines.add(terminal.text("backup.skipped", path)));
    lines.addAll(BackupDocuments.leftOut(terminal, receipt.leftOut()));
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
    node.set("unread", BackupDocuments.unread(json, receipt.unread()));
    node.set("changed", json.texts(receipt.changed()));
    node.set("skipped", json.texts(receipt.skipped()));
    node.set("unsure", json.texts(receipt.unsure()));
    node.set("leftOut", BackupDocuments.leftOut(json, receipt.leftOut()));
    return node;
  }
}
