package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.StepBoundary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder gets its place whole or not at all, and the journal and the record say which. */
class PlacingTest {

  @TempDir private Path folder;
  private Workbench bench;
  private Path place;
  private Path target;
  private Path archive;
  private @Nullable Problem gaps;
  private final List<String> reached = new ArrayList<>();
  private final Map<RestoreStep, Act> acts = new HashMap<>();

  private interface Act {
    void run() throws IOException;
  }

  @BeforeEach
  void setUp() throws Exception {
    bench = new Workbench(folder.resolve("bench"));
    place = Files.createDirectory(folder.resolve("place"));
    target = place.resolve("restored");
    archive = place.resolve("a.gpg");
  }

  @Test
  void whatWasMadeIsPlacedAndWrittenDown() throws Exception {
    Map<String, Integer> records = new HashMap<>();
    for (RestoreStep step : RestoreStep.values()) {
      acts.put(step, () -> records.put(step.name(), recordsWithoutLocks()));
    }

    Outcome<String> outcome = place(this::fill);

    assertThat(outcome).isEqualTo(new Outcome.Done<>("made"));
    assertThat(target.resolve("a")).hasContent("a");
    assertThat(Workbench.names(place)).containsExactly("restored");
    assertThat(reached)
        .containsExactly(
            RestoreStep.ANNOUNCED.label(),
            RestoreStep.RECORDED.label(),
            RestoreStep.PUBLISHED.label(),
            RestoreStep.OUTCOME_RECORDED.label(),
            RestoreStep.RECORD_REMOVED.label());
    assertThat(records)
        .isEqualTo(
            Map.of(
                "ANNOUNCED", 0,
                "RECORDED", 1,
                "PUBLISHED", 1,
                "OUTCOME_RECORDED", 1,
                "RECORD_REMOVED", 0));
    assertThat(journal()).containsExactly("INTENT", "DONE");
    assertThat(bench.journal().entries().getLast().details()).containsEntry("entries", "7");
  }

  @Test
  void theRecordSaysWhetherTheFolderIsComplete() throws Exception {
    List<String> gapsRecorded = new ArrayList<>();
    acts.put(RestoreStep.RECORDED, () -> gapsRecorded.add(record().gaps() + ""));
    acts.put(RestoreStep.PUBLISHED, () -> gapsRecorded.add(record().gaps() + ""));
    gaps = ArchiveProblems.of("BACKUP-RESTORED-WITH-GAPS", target, "", "", "", "");

    Outcome<String> outcome = place(this::fill);

    assertThat(outcome).isEqualTo(new Outcome.Attention<>("made", gaps));
    assertThat(gapsRecorded).containsExactly("null", "BACKUP-RESTORED-WITH-GAPS");
    assertThat(journal()).containsExactly("INTENT", "ATTENTION");
    assertThat(new Unfinished(bench.home).ids()).isEmpty();
  }

  @Test
  void whatFailsLeavesNothingAndTheJournalSaysWhy() throws Exception {
    ArchiveException damaged = new ArchiveException(ArchiveException.Reason.NO_SEAL, "none");
    assertThatThrownBy(() ->
            place(staging -> {
              fill(staging);
              throw damaged;
            }))
        .isSameAs(damaged);
    assertThat(Workbench.names(place)).isEmpty();
    assertThat(journal()).containsExactly("INTENT", "FAILED");
    assertThat(bench.journal().entries().getLast().details())
        .containsEntry("problem", "BACKUP-NO-SEAL");
    assertThat(new Unfinished(bench.home).ids()).isEmpty();
    IllegalStateException mistake = new IllegalStateException("a mistake of ours");
    assertThatThrownBy(() ->
            place(staging -> {
              fill(staging);
              throw mistake;
            }))
        .isSameAs(mistake);
    assertThat(Workbench.names(place)).isEmpty();
    assertThat(bench.journal().entries().getLast().details()).containsEntry("problem", "INTERNAL");
  }

  @Test
  void aPlaceThatIsTakenMeanwhileIsLeftAlone() throws Exception {
    assertThatThrownBy(() ->
            place(staging -> {
              fill(staging);
              Files.createDirectory(target);
              Files.writeString(target.resolve("mine"), "mine");
              return "made";
            }))
        .isInstanceOfSatisfying(TargetException.class, e -> assertThat(e.gone()).isFalse());
    assertThat(Workbench.names(target)).containsExactly("mine");
    assertThat(Workbench.names(place)).containsExactly("restored");
    assertThat(new Unfinished(bench.home).ids()).isEmpty();
  }

  @Test
  void onADiskThatIsGoneTheStagingFolderIsRemembered() throws Exception {
    Path elsewhere = folder.resolve("elsewhere");
    assertThatThrownBy(() ->
            place(staging -> {
              fill(staging);
              Files.move(place, elsewhere);
              Files.createDirectory(place);
              return "made";
            }))
        .isInstanceOfSatisfying(TargetException.class, e -> assertThat(e.gone()).isTrue());
    assertThat(Workbench.names(place)).isEmpty();
    assertThat(Workbench.names(elsewhere)).singleElement().asString().endsWith("staging");
    assertThat(journal()).containsExactly("INTENT", "FAILED");
    assertThat(new Unfinished(bench.home).ids()).hasSize(1);

    assertThatThrownBy(() ->
            place(staging -> {
              fill(staging);
              Files.move(place, folder.resolve("gone"));
              return "made";
            }))
        .isInstanceOfSatisfying(TargetException.class, e -> assertThat(e.gone()).isTrue());
    assertThat(new Unfinished(bench.home).ids()).hasSize(2);
  }

  @Test
  void aPlacedFolderWhoseRecordStaysIsReportedAsPlaced() throws Exception {
    acts.put(
        RestoreStep.OUTCOME_RECORDED,
        () -> {
          Path file = new Unfinished(bench.home).file(id());
          Files.delete(file);
          Files.createDirectories(file.resolve("in the way"));
        });

    Outcome<String> outcome = place(this::fill);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Attention.class,
            attention -> {
              assertThat(attention.problem().code()).isEqualTo("BACKUP-RESTORE-UNNOTED");
              assertThat(attention.receipt()).isEqualTo("made");
            });
    assertThat(target.resolve("a")).hasContent("a");
  }

  @Test
  void onlyAnEmptyFolderThatNobodyElseCanReachIsAPlace() throws Exception {
    assertThat(Placing.obstacle(target)).isNull();
    Files.createDirectory(target);
    assertThat(Placing.obstacle(target)).isNull();
    Files.writeString(target.resolve("mine"), "mine");
    assertThat(obstacle(target)).isEqualTo("BACKUP-NOT-EMPTY");
    assertThat(obstacle(target.resolve("mine"))).isEqualTo("BACKUP-NOT-EMPTY");
    assertThat(obstacle(place.resolve("no/such"))).isEqualTo("BACKUP-NO-PARENT");
    assertThat(obstacle(target.resolve("mine/x"))).isEqualTo("BACKUP-NO-PARENT");
    assertThat(obstacle(Path.of("/"))).isEqualTo("BACKUP-NO-PARENT");
    Files.setAttribute(place, "unix:mode", 0777);
    assertThat(obstacle(place.resolve("new"))).isEqualTo("BACKUP-UNSAFE-PARENT");
  }

  private static String obstacle(Path target) throws IOException {
    Problem problem = Placing.obstacle(target);
    return problem == null ? "" : problem.code();
  }

  private String fill(Path staging) throws IOException {
    StagingFolder.create(staging);
    Files.writeString(staging.resolve("a"), "a");
    return "made";
  }

  private interface Stage {
    String into(Path staging) throws IOException;
  }

  private Outcome<String> place(Stage stage) throws Exception {
    StepBoundary steps =
        name -> {
          reached.add(name);
          acts.forEach((step, act) -> {
            if (step.label().equals(name)) {
              try {
                act.run();
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            }
          });
        };
    return new Placing(bench.home, bench.journal(), steps)
        .run(
            archive,
            target,
            new Placing.Work<>() {
              @Override
              public String stage(Path staging) throws IOException {
                return stage.into(staging);
              }

              @Override
              public @Nullable Problem gaps(String receipt) {
                return gaps;
              }

              @Override
              public long entries(String receipt) {
                return 7;
              }
            });
  }

  private String id() throws IOException {
    return new Unfinished(bench.home).ids().getFirst();
  }

  private Unfinished.Entry record() throws IOException {
    return new Unfinished(bench.home).read(id());
  }

  private int recordsWithoutLocks() throws IOException {
    Unfinished unfinished = new Unfinished(bench.home);
    int records = 0;
    for (String id : unfinished.ids()) {
      records += unfinished.read(id) == null ? 0 : 1;
    }
    return records;
  }

  private List<String> journal() throws Exception {
    return bench.journal().entries().stream().map(entry -> entry.kind().name()).toList();
  }
}
