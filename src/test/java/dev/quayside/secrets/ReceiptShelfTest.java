package dev.quayside.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.catalogue.RotationClass;
import dev.quayside.common.Home;
import dev.quayside.exposure.probe.ProbeAnswer;
import dev.quayside.stack.ServiceResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiptShelfTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  @TempDir Path folder;

  private RotationReceipt write(String id, String stack, Instant began) throws Exception {
    Path file = folder.resolve("receipts/rotation-" + id + ".json");
    Files.createDirectories(file.getParent());
    RotationReceipt receipt =
        new RotationReceipt(
            id,
            stack,
            Path.of("/srv/shop/.env"),
            began,
            Duration.ofMillis(1234),
            List.of(
                new RotationReceipt.RotatedSecret(
                    "KEY",
                    "old",
                    "new",
                    List.of(
                        new ProbeAnswer(
                            ProbeAnswer.Credential.OLD,
                            "api",
                            "GET /v1",
                            "this host",
                            "http://x",
                            401,
                            ProbeAnswer.Verdict.REFUSED),
                        new ProbeAnswer(
                            ProbeAnswer.Credential.NEW,
                            "api",
                            "GET /v1",
                            "this host",
                            "http://x",
                            0,
                            ProbeAnswer.Verdict.UNCLEAR)))),
            List.of(
                new ServiceResult(
                    "api", ServiceResult.Reached.HEALTHY, "ok", Duration.ofMillis(5))),
            "00",
            file);
    Files.write(file, RotationReceipts.json(receipt));
    return receipt;
  }

  @Test
  void receiptsAreReadBackAsTheyWereWrittenNewestFirst() throws Exception {
    RotationReceipt older = write("a", "shop", NOW.minusSeconds(9));
    RotationReceipt newer = write("b", "shop", NOW);
    write("c", "other", NOW);
    ReceiptShelf shelf = new ReceiptShelf(new Home(folder, folder, folder));
    assertThat(shelf.list("shop")).containsExactly(newer, older);
  }

  @Test
  void whatIsNoReceiptIsLeftOutAndAMissingFolderIsEmpty() throws Exception {
    ReceiptShelf shelf = new ReceiptShelf(new Home(folder, folder, folder));
    assertThat(shelf.list("shop")).isEmpty();
    RotationReceipt good = write("a", "shop", NOW);
    Files.writeString(folder.resolve("receipts/rotation-torn.json"), "{\"id\":");
    Files.writeString(folder.resolve("receipts/rotation-odd.json"), "{\"id\":7}");
    Files.writeString(folder.resolve("receipts/backup-x.json"), "{}");
    assertThat(shelf.list("shop")).containsExactly(good);
  }

  @Test
  void theSummaryCountsKnownAgesAndNeverGuessesUnknownOnes() {
    SecretsSummary summary =
        SecretsSummary.of(
            List.of(
                secret("OLD", NOW.minus(Duration.ofDays(91)), Set.of(), true),
                secret("FRESH", NOW.minus(Duration.ofDays(89)), Set.of(SecretFlag.SHARED), true),
                secret("UNKNOWN", null, Set.of(), false)),
            NOW);
    assertThat(summary)
        .isEqualTo(new SecretsSummary(3, 2, 1, 1, 1, "OLD", NOW.minus(Duration.ofDays(91))));
    assertThat(SecretsSummary.of(List.of(), NOW))
        .isEqualTo(new SecretsSummary(0, 0, 0, 0, 0, null, null));
  }

  private static SecretStatus secret(
      String name, Instant changed, Set<SecretFlag> flags, boolean rotatable) {
    return new SecretStatus(
        name,
        RotationClass.R1,
        Set.of(RotationClass.R1),
        List.of(),
        List.of(),
        "",
        changed,
        flags,
        rotatable,
        "");
  }
}
