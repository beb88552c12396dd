package dev.quayside.bench.archive;

import dev.quayside.backup.BackupCreation;
import dev.quayside.backup.BackupRequest;
import dev.quayside.backup.BackupScope;
import dev.quayside.backup.BackupShelf;
import dev.quayside.backup.BackupVerification;
import dev.quayside.backup.Compression;
import dev.quayside.backup.PassphraseSource;
import dev.quayside.backup.Preview;
import dev.quayside.backup.Protection;
import dev.quayside.backup.Restore;
import dev.quayside.backup.RestoreRequest;
import dev.quayside.backup.Unlocking;
import dev.quayside.common.Home;
import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.Secret;
import dev.quayside.common.StepBoundary;
import dev.quayside.journal.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/**
 * Makes, verifies, previews or restores one archive of one folder, in a process of its own, by the
 * operations that the verbs call, without an engine: {@code create HOME PASSPHRASE-FILE SOURCE
 * ARCHIVE}, {@code verify HOME PASSPHRASE-FILE ARCHIVE}, {@code preview HOME PASSPHRASE-FILE
 * ARCHIVE}, {@code restore HOME PASSPHRASE-FILE ARCHIVE FOLDER}. Prints the most memory it had
 * resident, in KiB.
 */
public final class ArchiveClient {

  private final Home home;
  private final PassphraseSource passphrase;
  private final InstantSource time = InstantSource.system();
  private final Unlocking unlocking;

  private ArchiveClient(Path folder, Path passphraseFile) {
    this.home =
        new Home(folder.resolve("config"), folder.resolve("state"), folder.resolve("cache"));
    this.passphrase = _ -> read(passphraseFile);
    this.unlocking = Unlocking.passphrase(passphrase);
  }

  /** Runs one of the operations; ends with an exception unless it is done. */
  public static void main(String[] arguments) throws Exception {
    List<String> words = List.of(arguments);
    new ArchiveClient(Path.of(words.get(1)), Path.of(words.get(2)))
        .run(words.getFirst(), words.subList(3, words.size()).stream().map(Path::of).toList());
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) {
        System.out.println(line.replaceAll("[^0-9]", ""));
      }
    }
  }

  private void run(String what, List<Path> paths) throws IOException, ProblemException {
    home.create();
    switch (what) {
      case "create" -> require(create(paths.getFirst(), paths.getLast()));
      case "verify" ->
          require(
              new BackupVerification(new BackupShelf(home), time)
                  .run(paths.getFirst(), unlocking, Progress.none()));
      case "preview" -> new Preview(home).read(paths.getFirst(), unlocking);
      case "restore" ->
          require(
              new Restore(home, Journal.open(home, time), time, StepBoundary.none())
                  .run(
                      new RestoreRequest(paths.getFirst(), unlocking, paths.getLast()),
                      Progress.none()));
      default -> throw new IllegalArgumentException(what);
    }
  }

  private Outcome<?> create(Path source, Path archive) throws ProblemException {
    BackupScope scope =
        new BackupScope(
            "bench",
            "generic",
            List.of(new BackupScope.Folder("data", source)),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    return new BackupCreation(home, Journal.open(home, time), time, StepBoundary.none())
        .run(
            new BackupRequest(
                scope, archive, new Protection.Passphrase(passphrase), Compression.ZSTD),
            Progress.none());
  }

  private static void require(Outcome<?> outcome) {
    if (!(outcome instanceof Outcome.Done<?>)) {
      throw new IllegalStateException(outcome.toString());
    }
  }

  private static Secret read(Path file) throws ProblemException {
    try {
      return Secret.owning(Files.readString(file).strip().toCharArray());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
