package dev.quayside.ui.backups;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.backup.Proof;
import dev.quayside.backup.ShelvedArchive;
import dev.quayside.ui.control.TonePill;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a drill showed before a fault was found is not shown as if it still held. */
class DrillTextsTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:20:30Z");

  @Test
  void anArchiveWithAFaultIsNotProvenWhateverItsLastDrillShowed() {
    assertThat(DrillTexts.proven(archive(null), NOW)).contains("5 of 5 proven");
    assertThat(DrillTexts.tone(archive(null))).isEqualTo(TonePill.Tone.GOOD);

    ShelvedArchive faulty = archive("BACKUP-ALTERED");
    assertThat(DrillTexts.proven(faulty, NOW)).isEqualTo("not proven");
    assertThat(DrillTexts.tone(faulty)).isEqualTo(TonePill.Tone.BAD);
    assertThat(DrillTexts.reasons(faulty)).isEmpty();
  }

  private static ShelvedArchive archive(@Nullable String fault) {
    return new ShelvedArchive(
        "id",
        "shop",
        Path.of("/b/shop.gpg"),
        NOW,
        9,
        9,
        9,
        true,
        NOW,
        fault,
        new Proof(NOW, 5, 5, 0, true, List.of()),
        List.of());
  }
}
