package dev.quayside.ui.backups;

import dev.quayside.backup.ArchivePlan;
import dev.quayside.backup.BackupReceipt;
import dev.quayside.backup.BackupRequest;
import dev.quayside.backup.BackupScope;
import dev.quayside.backup.ManifestState;
import dev.quayside.backup.Origin;
import dev.quayside.backup.PassphraseSource;
import dev.quayside.backup.Presence;
import dev.quayside.backup.PreviewReport;
import dev.quayside.backup.Proof;
import dev.quayside.backup.Protection;
import dev.quayside.backup.RestoreReceipt;
import dev.quayside.backup.RestoreRequest;
import dev.quayside.backup.ShelvedArchive;
import dev.quayside.backup.Unlocking;
import dev.quayside.backup.VerificationReport;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.Secret;
import dev.quayside.engine.ContainerId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Answers the page as a script says: the passphrase is "right". The real operations have tests of
 * their own.
 */
public final class ScriptedBackups implements BackupDesk {

  public final List<String> asked = new ArrayList<>();
  final ScriptedForeign scriptedForeign = new ScriptedForeign(this);

  /** What reads files of other origin. */
  public ForeignDesk foreign = scriptedForeign;

  public final ScriptedLandings landings = new ScriptedLandings(asked);
  final List<ShelvedArchive> shelf = new CopyOnWriteArrayList<>();
  final List<Path> keys = new ArrayList<>();
  public final ScriptedSchedules schedules = new ScriptedSchedules(asked);
  public final ScriptedKeys shelvedKeys = new ScriptedKeys(asked);
  public final ScriptedDrills drills = new ScriptedDrills(this);

  /** Whether the stack has volumes, and services that write to what is saved. */
  public boolean busy;

  boolean damaged;
  boolean keyLocked = true;

  static Problem problem(String code, String title) {
    return new Problem(code, title, "Evidence.", "Nothing was changed.", "Next.", null, "");
  }

  /** Puts an archive made at {@code created} on the shelf. */
  public void put(Instant created) {
    shelf.addFirst(
        new ShelvedArchive(
            "id" + shelf.size(),
            "shop",
            Path.of("/backups/shop.tar.zst.gpg"),
            created,
            120L << 20,
            358L << 20,
            1_206,
            true,
            null,
            null));
  }

  /** Makes it so that the file of the newest archive was removed. */
  public void lose() {
    ShelvedArchive last = shelf.removeFirst();
    shelf.addFirst(
        new ShelvedArchive(
            last.id(),
            last.stack(),
            last.archive(),
            last.created(),
            last.bytes(),
            last.contentBytes(),
            last.entries(),
            last.complete(),
            last.verified(),
            last.fault(),
            last.proof(),
            last.holds(),
            Presence.FILE_GONE));
  }

  /** Puts on the shelf what a drill showed of the newest archive. */
  void prove(Proof proof) {
    ShelvedArchive last = shelf.removeFirst();
    shelf.addFirst(
        new ShelvedArchive(
            last.id(),
            last.stack(),
            last.archive(),
            last.created(),
            last.bytes(),
            last.contentBytes(),
            last.entries(),
            last.complete(),
            proof.at(),
            null,
            proof,
            List.of()));
  }

  static ArchivePlan plan() {
    return new ArchivePlan(
        1,
        "id",
        Instant.parse("2026-11-20T02:00:00Z"),
        "Quayside 0.1.0",
        "shop",
        "llm-infrastructure",
        List.of(),
        List.of(
            new ArchivePlan.Part(
                "databases/postgres/n8n.dump",
                ArchivePlan.PartKind.POSTGRES_DUMP,
                "postgres/n8n",
                48L << 20,
                1,
                "15.14",
                "postgres",
                ArchivePlan.Consistency.SNAPSHOT),
            new ArchivePlan.Part(
                "databases/postgres/globals.sql",
                ArchivePlan.PartKind.POSTGRES_GLOBALS,
                "postgres",
                4_096,
                1,
                "15.14",
                "postgres",
                ArchivePlan.Consistency.SNAPSHOT),
            new ArchivePlan.Part(
                "folders/n8n",
                ArchivePlan.PartKind.FOLDER,
                "/srv/shop/data/n8n",
                310L << 20,
                1_204,
                "",
                "n8n",
                ArchivePlan.Consistency.STILL)),
        List.of(new BackupScope.LeftOut("volume models", "can be downloaded again")),
        1L << 30,
        10_000,
        "");
  }

  void check(Unlocking unlocking) throws ProblemException {
    if (unlocking.secretKey() == null || keyLocked) {
      check(unlocking.passphrases());
    }
  }

  private static void check(PassphraseSource source) throws ProblemException {
    try (Secret secret = source.passphrase(PassphraseSource.Purpose.OPEN);
        Secret right = Secret.owning("right".toCharArray())) {
      if (!secret.sameAs(right)) {
        throw new ProblemException(problem("WRONG", "The passphrase is wrong"));
      }
    }
  }

  @Override
  public BackupScope scope(String stack) {
    asked.add("scope " + stack);
    return new BackupScope(
        stack,
        "llm-infrastructure",
        List.of(
            new BackupScope.Folder("n8n", Path.of("/srv/shop/data/n8n")),
            new BackupScope.Folder("config", Path.of("/srv/shop/config"))),
        List.of(
            new BackupScope.SingleFiles(
                "shop", Path.of("/srv/shop"), List.of(Path.of("/srv/shop/compose.yaml")))),
        List.of(new BackupScope.Postgres("postgres", new ContainerId("c"), "n8n", "n8n")),
        List.of(),
        List.of(new BackupScope.LeftOut("volume models", "can be downloaded again")),
        busy
            ? List.of(
                new BackupScope.Mounted(
                    "qdrant", true, "shop_qdrant-data", new ContainerId("q"), "/qdrant/storage"),
                new BackupScope.Mounted(
                    "redis", false, "/srv/shop/data/redis", new ContainerId("r"), "/data"))
            : List.of(),
        busy
            ? List.of(
                new BackupScope.Writing(
                    "shop_qdrant-data",
                    List.of(new BackupScope.Writer("qdrant", new ContainerId("q")))),
                new BackupScope.Writing(
                    "/srv/shop/data/n8n",
                    List.of(
                        new BackupScope.Writer("n8n", new ContainerId("n")),
                        new BackupScope.Writer("n8n-worker", new ContainerId("w")))))
            : List.of());
  }

  @Override
  public Outcome<BackupReceipt> create(BackupRequest request, Progress progress)
      throws ProblemException {
    asked.add("create " + request.target());
    if (request.protection() instanceof Protection.Passphrase(PassphraseSource source)) {
      check(source);
    }
    Path file = request.target().resolve("shop-2026-11-22.tar.zst.pgp");
    shelf.addFirst(
        new ShelvedArchive(
            "id" + shelf.size(),
            request.scope().stack(),
            file,
            Instant.now().minusSeconds(70),
            120L << 20,
            358L << 20,
            1_206,
            true,
            null,
            null));
    return new Outcome.Done<>(
        new BackupReceipt(
            "id",
            file,
            Instant.now(),
            120L << 20,
            358L << 20,
            1_206,
            Duration.ofSeconds(9),
            List.of(),
            request.scope().leftOut(),
            List.of(),
            List.of(),
            List.of()));
  }

  @Override
  public List<ShelvedArchive> shelf() {
    return List.copyOf(shelf);
  }

  @Override
  public PreviewReport preview(Path archive, Unlocking unlocking) throws ProblemException {
    keys.add(unlocking.secretKey());
    check(unlocking);
    asked.add("preview");
    return new PreviewReport(plan(), ManifestState.NONE, null);
  }

  @Override
  public Outcome<VerificationReport> verify(Path archive, Unlocking unlocking, Progress progress)
      throws ProblemException {
    check(unlocking);
    asked.add("verify");
    Problem fault =
        damaged ? problem("DAMAGED", "A byte differs in folders/n8n/database.sqlite") : null;
    VerificationReport report =
        new VerificationReport(
            archive,
            120L << 20,
            plan(),
            1_206,
            358L << 20,
            0,
            List.of(),
            Origin.PASSPHRASE_HOLDER,
            fault,
            Duration.ofSeconds(3));
    return damaged ? new Outcome.Found<>(report) : new Outcome.Done<>(report);
  }

  @Override
  public Outcome<RestoreReceipt> restore(RestoreRequest request, Progress progress)
      throws ProblemException {
    check(request.unlocking());
    if (request.folder().equals(Path.of("/full"))) {
      return new Outcome.Refused<>(problem("NOT-EMPTY", "The folder is not empty"));
    }
    asked.add("restore " + request.folder());
    return new Outcome.Done<>(
        new RestoreReceipt(
            request.folder(),
            plan(),
            1_206,
            358L << 20,
            Origin.PASSPHRASE_HOLDER,
            List.of(),
            false,
            List.of(),
            List.of(),
            Duration.ofSeconds(5)));
  }

  @Override
  public ForeignDesk foreign() {
    return foreign;
  }

  @Override
  public LandingDesk landings() {
    return landings;
  }

  @Override
  public DrillDesk drills() {
    return drills;
  }

  @Override
  public ScheduleDesk schedules() {
    return schedules;
  }

  @Override
  public KeyDesk keys() {
    return shelvedKeys;
  }
}
