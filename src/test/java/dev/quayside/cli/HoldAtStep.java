package dev.quayside.cli;

import dev.quayside.backup.BackupCreation;
import dev.quayside.backup.BackupRequest;
import dev.quayside.backup.BackupScope;
import dev.quayside.backup.Compression;
import dev.quayside.backup.Protection;
import dev.quayside.common.Home;
import dev.quayside.common.Outcome;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.journal.Journal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/**
 * Makes a backup with a passphrase file in a process of its own, says {@code held} at one step, and
 * waits there until it is told to go on.
 */
public final class HoldAtStep {

  private HoldAtStep() {}

  /** Takes {@code FOLDER PASSPHRASE-FILE STEP}, and {@code leak} to keep the passphrase. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Path file = Path.of(arguments[1]);
    String step = arguments[2];
    String kept = arguments.length > 3 ? Files.readString(file) : "";
    Home home =
        new Home(folder.resolve("config"), folder.resolve("state"), folder.resolve("cache"));
    home.create();
    InstantSource time = InstantSource.system();
    StepBoundary hold =
        name -> {
          if (name.equals(step)) {
            hold(kept);
          }
        };
    BackupScope scope =
        new BackupScope(
            "demo",
            "generic",
            List.of(new BackupScope.Folder("data", folder.resolve("data"))),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    BackupRequest request =
        new BackupRequest(
            scope,
            folder.resolve("made.tar.zst.gpg"),
            new Protection.Passphrase(new TerminalPassphrase(file, null, null)),
            Compression.ZSTD);
    Outcome<?> outcome =
        new BackupCreation(home, Journal.open(home, time), time, hold)
            .run(request, Progress.none());
    System.exit(outcome instanceof Outcome.Done ? 0 : 1);
  }

  private static void hold(String kept) {
    System.out.println("held" + (kept.isEmpty() ? "" : " with a leak"));
    try {
      if (System.in.read() < 0 && kept.hashCode() == 1) {
        System.out.println(kept);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
