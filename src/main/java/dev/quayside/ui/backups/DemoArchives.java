package dev.quayside.ui.backups;

import dev.quayside.backup.Proof;
import dev.quayside.backup.ShelvedArchive;
import dev.quayside.backup.drill.DrillReceipt;
import dev.quayside.backup.drill.DrilledService;
import dev.quayside.backup.keys.KeyRole;
import dev.quayside.backup.keys.ShelvedKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds the archives of the demo: one that is proven, one that is verified, one of which a server
 * could read nothing, and one that is damaged. There are no such files.
 */
final class DemoArchives {

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final Path FOLDER = Path.of("/mnt/backup/quayside");
  private static final String DREAM = "dream-server";
  private static final String LLM = "llm-infrastructure";

  private final Instant now;

  /** Scripts them so that they are as old at every start. */
  DemoArchives(InstantSource clock) {
    this.now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  List<ShelvedArchive> shelf() {
    Instant last = now.minus(Duration.ofHours(7));
    Instant before = now.minus(Duration.ofHours(31));
    Instant other = now.minus(Duration.ofDays(3));
    Instant oldest = now.minus(Duration.ofDays(12));
    return List.of(
        archive("demo-4", DREAM, last, 1_840, 21_377, last.plusSeconds(260), null, null),
        archive(
            "demo-3",
            DREAM,
            before,
            1_836,
            21_352,
            before.plusSeconds(1_300),
            null,
            dreamDrill().proof()),
        archive(
            "demo-2",
            LLM,
            other,
            412,
            3_904,
            other.plusSeconds(700),
            null,
            infrastructureDrill().proof()),
        archive(
            "demo-1",
            LLM,
            oldest,
            398,
            3_870,
            now.minus(Duration.ofDays(3)),
            "BACKUP-ALTERED",
            null));
  }

  private static ShelvedArchive archive(
      String id,
      String stack,
      Instant made,
      long mebibytes,
      long entries,
      Instant verified,
      @Nullable String fault,
      @Nullable Proof proof) {
    return new ShelvedArchive(
        id,
        stack,
        file(stack, made),
        made,
        mebibytes << 20,
        (mebibytes << 20) / 2 * 5,
        entries,
        true,
        verified,
        fault,
        proof,
        List.of());
  }

  private static Path file(String stack, Instant made) {
    return FOLDER.resolve(stack + "-" + NAME.format(made) + ".tar.zst.gpg");
  }

  /** Returns the drills, newest first. */
  List<DrillReceipt> drills() {
    return List.of(dreamDrill(), infrastructureDrill());
  }

  private DrillReceipt dreamDrill() {
    Instant made = now.minus(Duration.ofHours(31));
    return drill(
        "demo-3",
        DREAM,
        made,
        made.plusSeconds(1_300),
        proven(
            "n8n", "4", "SQLite: integrity_check says ok", "12 workflows, 3 credentials decrypt"),
        proven("open-webui", "5", "SQLite: integrity_check says ok, 41 tables"));
  }

  private DrillReceipt infrastructureDrill() {
    Instant made = now.minus(Duration.ofDays(3));
    return drill(
        "demo-2",
        LLM,
        made,
        made.plusSeconds(700),
        proven(
            "postgres", "1", "PostgreSQL 15.14 accepts connections", "n8n: 41 tables, 9,212 rows"),
        new DrilledService(
            "openwebui",
            "sha256:" + "2".repeat(64),
            DrilledService.Verdict.FAILED,
            List.of("its folder was unpacked"),
            "integrity_check of webui.db says: database disk image is malformed"));
  }

  private static DrillReceipt drill(
      String id, String stack, Instant made, Instant at, DrilledService... services) {
    return new DrillReceipt(
        "drill-" + id,
        file(stack, made),
        id,
        stack,
        at,
        Duration.ofSeconds(94),
        true,
        List.of(services),
        null);
  }

  private static DrilledService proven(String service, String digest, String... evidence) {
    return new DrilledService(
        service,
        "sha256:" + digest.repeat(64),
        DrilledService.Verdict.PROVEN,
        List.of(evidence),
        "");
  }

  /** Returns the key that the archives are made for. */
  List<ShelvedKey> keys() {
    return List.of(
        new ShelvedKey(
            "3F1C9A27D8E450B6917A2C44E0B85D1360F7A9E2",
            "Operator <operator@example.org>",
            KeyRole.RECIPIENT,
            now.minus(Duration.ofDays(80)),
            null,
            true,
            true,
            now.minus(Duration.ofDays(12)),
            FOLDER.resolve("operator.asc")));
  }
}
