package dev.quayside.ui.backups;

import dev.quayside.backup.Unlocking;
import dev.quayside.backup.drill.DrillReceipt;
import dev.quayside.backup.drill.DrilledService;
import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Drills that are scripted: PostgreSQL always comes to life, n8n if it may. */
public final class ScriptedDrills implements DrillDesk {

  private final ScriptedBackups backups;
  private final List<DrillReceipt> history = new ArrayList<>();

  /** Whether n8n comes to life as well. */
  public boolean whole;

  ScriptedDrills(ScriptedBackups backups) {
    this.backups = backups;
  }

  @Override
  public Outcome<DrillReceipt> drill(Path archive, Unlocking unlocking, Progress progress)
      throws ProblemException {
    backups.check(unlocking);
    backups.asked.add("drill");
    DrillReceipt receipt =
        new DrillReceipt(
            "drill" + history.size(),
            archive,
            backups.shelf.getFirst().id(),
            "shop",
            Instant.now(),
            Duration.ofSeconds(74),
            true,
            List.of(
                new DrilledService(
                    "postgres",
                    "sha256:1",
                    DrilledService.Verdict.PROVEN,
                    List.of("PostgreSQL 15.14 accepts connections", "n8n: 41 tables, 9,212 rows"),
                    ""),
                new DrilledService(
                    "n8n",
                    "sha256:2",
                    whole ? DrilledService.Verdict.PROVEN : DrilledService.Verdict.UNKNOWN,
                    List.of("the health check answered"),
                    whole ? "" : "its image is not on this machine any more")),
            null);
    history.addFirst(receipt);
    backups.prove(receipt.proof());
    return new Outcome.Done<>(receipt);
  }

  @Override
  public List<DrillReceipt> history() {
    return List.copyOf(history);
  }
}
