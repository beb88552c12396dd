package dev.quayside.ui.backups;

import dev.quayside.backup.landing.LandingPlan;
import dev.quayside.backup.landing.LandingReceipt;
import dev.quayside.backup.landing.StackDatabases;
import dev.quayside.common.Outcome;
import dev.quayside.common.Progress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Restores over stacks that are scripted. */
public final class ScriptedLandings implements LandingDesk {

  private final List<String> asked;
  private final List<LandingReceipt> pending = new ArrayList<>();

  /** Whether a guard speaks against every plan. */
  public boolean refused;

  ScriptedLandings(List<String> asked) {
    this.asked = asked;
  }

  @Override
  public List<StackDatabases.Held> databases(String stack) {
    asked.add("databases " + stack);
    return stack.equals("local-llm-stack")
        ? List.of()
        : List.of(
            new StackDatabases.Held("postgres", "n8n", 48L << 20),
            new StackDatabases.Held("postgres", "postgres", 7L << 20));
  }

  @Override
  public Outcome<LandingPlan> plan(LandingOrder order) {
    asked.add(
        switch (order) {
          case LandingOrder.Parts some ->
              "plan " + some.stack() + " " + some.parts() + " " + some.into();
          case LandingOrder.Dump dump ->
              "plan " + dump.stack() + " " + dump.service() + "/" + dump.database();
        });
    if (refused) {
      return new Outcome.Refused<>(
          ScriptedBackups.problem("NO-PLACE", "The stack has no place for a part"));
    }
    if (order instanceof LandingOrder.Dump dump) {
      return new Outcome.Done<>(
          new LandingPlan(
              ScriptedBackups.plan(),
              List.of(),
              List.of(
                  new LandingPlan.Database(
                      "databases/postgres/n8n.dump", dump.service(), dump.database())),
              List.of(),
              List.of("n8n", "n8n-worker"),
              List.of(),
              List.of()));
    }
    return new Outcome.Done<>(
        new LandingPlan(
            ScriptedBackups.plan(),
            List.of(new LandingPlan.Folder("folders/n8n", Path.of("/srv/shop/data/n8n"))),
            List.of(new LandingPlan.Database("databases/postgres/n8n.dump", "postgres", "n8n")),
            List.of(
                new LandingPlan.Mount(
                    "volumes/qdrant", "shop_qdrant-data", 21L << 20, List.of("sha256:3"))),
            List.of("n8n", "n8n-worker"),
            List.of(),
            List.of("files/compose.yaml")));
  }

  @Override
  public Outcome<LandingReceipt> land(LandingOrder order, Progress progress) {
    asked.add("land " + order.stack());
    return new Outcome.Done<>(put(order.stack()));
  }

  /** Lets a restore of {@code stack} wait to be accepted or undone. */
  public LandingReceipt put(String stack) {
    LandingReceipt receipt =
        new LandingReceipt(
            LandingReceipt.State.RESTORED,
            stack,
            Path.of("/backups/shop-2026-11-20.tar.zst.gpg"),
            Instant.parse("2026-11-22T10:00:00Z"),
            List.of(
                new LandingReceipt.Folder(
                    Path.of("/srv/shop/data/n8n"), Path.of("/srv/shop/data/n8n.before-1a2b3c4d"))),
            List.of(new LandingReceipt.Database("postgres", "n8n", "quayside_before_1a2b3c4d_0")),
            List.of("shop_qdrant-data"),
            List.of("n8n", "n8n-worker"),
            List.of());
    pending.add(receipt);
    return receipt;
  }

  private Outcome<LandingReceipt> end(String what, String stack) {
    asked.add(what + " " + stack);
    LandingReceipt ended =
        pending.stream().filter(one -> one.stack().equals(stack)).findFirst().orElseThrow();
    pending.remove(ended);
    return new Outcome.Done<>(ended);
  }

  @Override
  public Outcome<LandingReceipt> undo(String stack) {
    return end("undo", stack);
  }

  @Override
  public Outcome<LandingReceipt> accept(String stack) {
    return end("accept", stack);
  }

  @Override
  public List<LandingReceipt> pending() {
    return List.copyOf(pending);
  }
}
