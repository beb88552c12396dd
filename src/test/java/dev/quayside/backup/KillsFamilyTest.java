package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Outcome;
import dev.quayside.common.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills 300 backups and restores at a random moment with {@code kill -9}: the next start leaves a
 * whole archive or none, a whole folder or none, and nothing hidden. {@link KilledAtStepTest} has
 * every named step.
 */
@Tag("full")
@Tag("full-backup-kills")
class KillsFamilyTest {

  private static final int KILLS = 300;

  /** Of the time that the work takes if it is left alone, so that some end by themselves. */
  private static final double LATEST = 1.1;

  private static final long PATIENCE_SECONDS = 120;

  @TempDir private Path folder;
  private final Map<String, Integer> ends = new TreeMap<>();
  private final Map<String, Long> undisturbed = new TreeMap<>();

  @Test
  void aKillAtAnyMomentLeavesAllOrNothing() throws Exception {
    Workbench bench = new Workbench(folder.resolve("bench"));
    bench.makeEdgeTree();
    Files.write(bench.source.resolve("large"), Workbench.random(30_000_000, 9));
    List<String> source = Workbench.describe(bench.source);
    Path archive = bench.archive();
    Path kept = Files.move(archive, folder.resolve("kept.tar.zst.gpg"));
    Path place = Files.createDirectory(folder.resolve("place"));
    Path target = place.resolve("restored");
    Random random = FamilyFigures.random();
    int kills = FamilyFigures.share(KILLS);
    for (int i = 0; i < kills; i++) {
      boolean restoring = i % 2 == 1;
      clear(bench.shelf);
      StagingFolder.remove(target);
      boolean killed =
          restoring
              ? killed(random, "restore", bench.root.toString(), kept.toString(), target.toString())
              : killed(random, "create", bench.root.toString());
      List<Leftovers.Leftover> swept = new Leftovers(bench.home, bench.journal()).sweep();
      String end = restoring ? restored(target, place, source) : made(bench);
      ends.merge(
          "%s, %s, %s%s"
              .formatted(
                  restoring ? "restore" : "create",
                  killed ? "killed" : "ended by itself",
                  end,
                  swept.isEmpty() ? "" : ", swept"),
          1,
          Integer::sum);
      assertThat(Workbench.names(bench.home.state().resolve("backup/unfinished")))
          .as("records after kill %d", i)
          .isEmpty();
      assertThat(Workbench.describe(bench.source)).as("source after kill %d", i).isEqualTo(source);
    }
    assertThat(bench.endings()).containsOnly("backup.create 1", "backup.restore 1");
    FamilyFigures.write("backup-kills", ends);
    assertThat(ends.keySet()).anyMatch(end -> end.contains("swept"));
  }

  private static String made(Workbench bench) throws Exception {
    List<String> names = Workbench.names(bench.shelf);
    List<String> archives = names.stream().filter(name -> name.endsWith(".tar.zst.gpg")).toList();
    assertThat(names).noneMatch(name -> name.startsWith("."));
    if (archives.isEmpty()) {
      assertThat(names).isEmpty();
      return "no archive";
    }
    assertThat(
            bench
                .verification()
                .run(
                    bench.shelf.resolve(archives.getFirst()),
                    Workbench.unlocking(),
                    Progress.none()))
        .isInstanceOf(Outcome.Done.class);
    return "a sound archive";
  }

  private static String restored(Path target, Path place, List<String> source) throws Exception {
    if (Workbench.names(place).isEmpty()) {
      return "no folder";
    }
    assertThat(Workbench.names(place)).containsExactly("restored");
    assertThat(Workbench.describe(target.resolve("files/data"))).isEqualTo(source);
    return "a whole folder";
  }

  /** Kills it while it works: how long that takes alone is learnt from the first of its kind. */
  private boolean killed(Random random, String... arguments) throws Exception {
    Path log = folder.resolve("log");
    Files.deleteIfExists(log);
    Process process = KillAtStep.start(log, List.of(), "none", arguments);
    while (!Files.readString(log).contains(KillAtStep.BEGUN)) {
      assertThat(process.waitFor(1, TimeUnit.MILLISECONDS)).as("%s", log).isFalse();
    }
    long begun = System.nanoTime();
    Long span = undisturbed.get(arguments[0]);
    boolean ended =
        span == null
            ? process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)
            : process.waitFor((long) (random.nextDouble() * LATEST * span), TimeUnit.NANOSECONDS);
    undisturbed.putIfAbsent(arguments[0], System.nanoTime() - begun);
    process.destroyForcibly();
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    return !ended;
  }

  private static void clear(Path shelf) throws Exception {
    for (String name : Workbench.names(shelf)) {
      Files.delete(shelf.resolve(name));
    }
  }
}
