package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackupSummaryTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  private static ShelvedArchive archive(
      String id, String stack, int age, Instant verified, String fault) {
    return new ShelvedArchive(
        id, stack, Path.of("/b/" + id), NOW.minusSeconds(age), 1, 2, 3, true, verified, fault);
  }

  @Test
  void theNewestIsNotTakenForTheLastOneThatWasProven() {
    ShelvedArchive newest = archive("a", "shop", 10, null, null);
    ShelvedArchive proven = archive("b", "shop", 900, NOW.minusSeconds(5), null);
    ShelvedArchive damaged = archive("c", "shop", 800, NOW, "BACKUP-DAMAGED");
    List<ShelvedArchive> all =
        List.of(newest, proven, damaged, archive("d", "other", 1, NOW, null));
    assertThat(BackupSummary.of(all, "shop"))
        .isEqualTo(new BackupSummary(3, newest, proven, 1, null));
    assertThat(BackupSummary.of(all, null).count()).isEqualTo(4);
    assertThat(BackupSummary.of(List.of(), "shop"))
        .isEqualTo(new BackupSummary(0, null, null, 0, null));
  }
}
