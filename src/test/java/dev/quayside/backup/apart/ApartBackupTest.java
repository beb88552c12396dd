package dev.quayside.backup.apart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.backup.BackupCreation;
import dev.quayside.backup.BackupReceipt;
import dev.quayside.backup.BackupRequest;
import dev.quayside.backup.BackupScope;
import dev.quayside.backup.BackupShelf;
import dev.quayside.backup.BackupVerification;
import dev.quayside.backup.Compression;
import dev.quayside.backup.Protection;
import dev.quayside.backup.Unlocking;
import dev.quayside.common.ChildProcess;
import dev.quayside.common.Home;
import dev.quayside.common.Outcome;
import dev.quayside.common.Progress;
import dev.quayside.common.Secret;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.ContainerId;
import dev.quayside.journal.Journal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A backup in a process of its own is the same backup, and a process that is no use costs none. */
@Timeout(60)
class ApartBackupTest {

  private static final String PASSPHRASE = "öpen sesame";

  @TempDir private Path folder;
  private final List<String> here = new ArrayList<>();
  private final List<String> told = new ArrayList<>();

  @BeforeEach
  void fill() throws Exception {
    Files.createDirectory(folder.resolve("shelf"));
    Files.writeString(Files.createDirectory(folder.resolve("data")).resolve("file"), "content");
  }

  /** Serves in another process; the first argument is the home, the second how to misbehave. */
  public static void main(String[] arguments) throws Exception {
    if (arguments[1].equals("deaf")) {
      System.exit(3);
    }
    System.out.println("Building first, which takes a while");
    Home home = home(Path.of(arguments[0]));
    InstantSource time = InstantSource.system();
    StepBoundary steps =
        arguments[1].equals("dies")
            ? step -> Runtime.getRuntime().halt(9)
            : arguments[1].equals("waits") ? step -> awaitCancel() : StepBoundary.none();
    try (ApartWork work = ApartWork.read(System.in);
        OutputStream out = new FileOutputStream(FileDescriptor.out)) {
      BackupCreation creation = new BackupCreation(home, Journal.open(home, time), time, steps);
      running = work;
      Outcome<BackupReceipt> _ = work.run(creation, Progress.none(), out);
    }
  }

  private static ApartWork running;

  private static void awaitCancel() {
    while (!running.cancelled()) {
      Thread.onSpinWait();
    }
  }

  private static Home home(Path folder) throws Exception {
    Home home =
        new Home(folder.resolve("config"), folder.resolve("state"), folder.resolve("cache"));
    home.create();
    return home;
  }

  private ApartBackup apart(String how) {
    return new ApartBackup(
        () ->
            ChildProcess.Command.of(
                List.of(
                    ProcessHandle.current().info().command().orElseThrow(),
                    "-XX:+UseSerialGC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    ApartBackupTest.class.getName(),
                    folder.resolve("home").toString(),
                    how),
                Map.of("PATH", "/usr/bin:/bin")),
        (request, progress) -> {
          here.add("here");
          return new Outcome.Failed<>(null);
        });
  }

  private BackupRequest request() {
    BackupScope scope =
        new BackupScope(
            "demo",
            "generic",
            List.of(new BackupScope.Folder("data", folder.resolve("data"))),
            List.of(new BackupScope.SingleFiles("files", folder.resolve("data"), List.of())),
            List.of(),
            List.of(new BackupScope.Service("web", "plain:1", null)),
            List.of(new BackupScope.LeftOut("volume models", "can be downloaded again")),
            List.of(),
            List.of(
                new BackupScope.Writing(
                    "nowhere", List.of(new BackupScope.Writer("web", new ContainerId("0123"))))));
    return new BackupRequest(
        scope,
        folder.resolve("shelf"),
        new Protection.Passphrase(_ -> Secret.owning(PASSPHRASE.toCharArray())),
        Compression.GZIP,
        true);
  }

  private Progress progress(boolean cancelled) {
    return new Progress() {
      @Override
      public void step(int number, int total, String text) {
        told.add("step");
      }

      @Override
      public void bytes(long done, long total) {}

      @Override
      public void line(String text) {}

      @Override
      public boolean cancelled() {
        return cancelled;
      }
    };
  }

  @Test
  void theOtherProcessMakesTheBackupThatWasAskedFor() throws Exception {
    Outcome<BackupReceipt> outcome = apart("").run(request(), progress(false));
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    BackupReceipt receipt = ((Outcome.Done<BackupReceipt>) outcome).receipt();
    assertThat(receipt.leftOut())
        .containsExactly(new BackupScope.LeftOut("volume models", "can be downloaded again"));
    assertThat(told).contains("step");
    assertThat(here).isEmpty();
    InstantSource time = InstantSource.system();
    assertThat(
            new BackupVerification(new BackupShelf(home(folder.resolve("home"))), time)
                .run(
                    receipt.archive(),
                    Unlocking.passphrase(_ -> Secret.owning(PASSPHRASE.toCharArray())),
                    Progress.none()))
        .isInstanceOf(Outcome.Done.class);
  }

  @Test
  void aCancelReachesTheOtherProcessWhichLeavesNothing() throws Exception {
    assertThat(apart("waits").run(request(), progress(true)))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.problem().code()).isEqualTo("BACKUP-CANCELLED"));
    assertThat(folder.resolve("shelf")).isEmptyDirectory();
    assertThat(here).isEmpty();
  }

  @Test
  void aProcessThatDiesInTheMiddleIsNotMistakenForADoneBackup() throws Exception {
    assertThat(apart("dies").run(request(), progress(false)))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.problem().code()).isEqualTo("BACKUP-APART-ENDED"));
    assertThat(here).isEmpty();
  }

  @Test
  void whatEndsBeforeItBeganOrCannotBeStartedIsMadeHere() throws Exception {
    var _ = apart("deaf").run(request(), progress(false));
    assertThat(here).hasSize(1);
    ApartBackup missing =
        new ApartBackup(
            () -> ChildProcess.Command.of(List.of("/nowhere/quayside"), Map.of()),
            (request, progress) -> {
              here.add("here");
              return new Outcome.Failed<>(null);
            });
    var _ = missing.run(request(), progress(false));
    assertThat(here).hasSize(2);
  }
}
