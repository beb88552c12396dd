package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Outcome;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.pgp.Gnupg;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Flips 9,000 bits of an archive, one at a time, and cuts it at 1,000 places: each is refused by a
 * verification, and a restore of it leaves nothing. In recipient mode, where no slow passphrase
 * hash is in the way. {@link RefusalTest} has a sample of it.
 */
@Tag("full")
@Tag("full-backup-flips")
class FlipsFamilyTest {

  private static final int DAMAGES = 10_000;
  private static final int CUT_EVERY = 10;
  private static final int RESTORED_EVERY = 20;

  /** Where the packets of the message begin, which are tried as often as all the rest. */
  private static final int HEAD = 600;

  @TempDir private Path folder;

  @Test
  void noDamageIsTakenForAnArchive() throws Exception {
    Workbench bench = new Workbench(folder.resolve("bench"));
    bench.makeEdgeTree();
    Map<String, Integer> answers = new TreeMap<>();
    try (Gnupg gpg = new Gnupg()) {
      String key =
          gpg.makeKey("Flip", "eddsa\nKey-Curve: ed25519", "ecdh\nSubkey-Curve: cv25519", "");
      Unlocking unlocking =
          new Unlocking(Workbench.passphrase(""), gpg.exportSecret(key, "", folder));
      Protection protection = new Protection.Recipients(List.of(gpg.exportPublic(key, folder)));
      BackupRequest request =
          new BackupRequest(bench.scope(), bench.shelf, protection, Compression.ZSTD);
      Path archive = archive(bench.creation(StepBoundary.none()).run(request, Progress.none()));
      byte[] good = Files.readAllBytes(archive);
      Path damaged = folder.resolve("damaged.tar.zst.gpg");
      Path target = folder.resolve("restored");
      Random random = FamilyFigures.random();
      for (int i = 0; i < FamilyFigures.share(DAMAGES); i++) {
        Files.write(damaged, i % CUT_EVERY == 0 ? cut(good, random) : flipped(good, random));
        Outcome<VerificationReport> verified =
            bench.verification().run(damaged, unlocking, Progress.none());
        answers.merge(code(verified), 1, Integer::sum);
        if (i % RESTORED_EVERY == 0) {
          Outcome<RestoreReceipt> restored =
              bench
                  .restore(StepBoundary.none())
                  .run(new RestoreRequest(damaged, unlocking, target), Progress.none());
          assertThat(restored).as("damage %d", i).isInstanceOf(Outcome.Failed.class);
          assertThat(Workbench.exists(target)).as("damage %d", i).isFalse();
        }
      }
      Files.write(damaged, good);
      assertThat(bench.verification().run(damaged, unlocking, Progress.none()))
          .isInstanceOf(Outcome.Done.class);
      assertThat(Workbench.names(folder))
          .noneMatch(name -> name.startsWith("."))
          .contains("bench", "damaged.tar.zst.gpg")
          .doesNotContain("restored");
    }
    FamilyFigures.write("backup-flips", answers);
    assertThat(answers.keySet())
        .noneMatch(answer -> answer.startsWith("Done"))
        .noneMatch(answer -> answer.contains("INTERNAL"))
        .allMatch(answer -> answer.matches("(Found|Failed|Refused) (BACKUP|KEY)-[A-Z-]+"));
  }

  private static byte[] flipped(byte[] good, Random random) {
    byte[] bad = good.clone();
    int at = random.nextInt(random.nextBoolean() ? Math.min(HEAD, good.length) : good.length);
    bad[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    return bad;
  }

  private static byte[] cut(byte[] good, Random random) {
    return Arrays.copyOf(good, random.nextInt(good.length));
  }

  private static Path archive(Outcome<BackupReceipt> outcome) {
    return switch (outcome) {
      case Outcome.Done<BackupReceipt> done -> done.receipt().archive();
      case Outcome<BackupReceipt> other -> throw new AssertionError(other.toString());
    };
  }

  private static String code(Outcome<VerificationReport> outcome) {
    return switch (outcome) {
      case Outcome.Done<VerificationReport> done -> "Done " + done.receipt();
      case Outcome.Found<VerificationReport> found ->
          "Found " + (found.receipt().fault() == null ? "?" : found.receipt().fault().code());
      case Outcome.Failed<VerificationReport> failed -> "Failed " + failed.problem().code();
      case Outcome.Refused<VerificationReport> refused -> "Refused " + refused.problem().code();
      case Outcome<VerificationReport> other -> other.toString();
    };
  }
}
