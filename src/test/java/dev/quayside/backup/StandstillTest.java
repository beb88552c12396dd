package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.demo.DemoEngine;
import dev.quayside.journal.JournaledEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What stands still for a copy: only what runs, and afterwards everything is as the operator left
 * it, also where he stopped or started something meanwhile.
 */
class StandstillTest {

  @TempDir private Path folder;
  private Instant now = Workbench.NOW;
  private final DemoEngine demo = new DemoEngine(() -> now, later -> {});
  private Workbench bench;
  private Container first;
  private Container second;
  private Container moved;
  private Path settings;

  @BeforeEach
  void prepare() throws Exception {
    bench = new Workbench(folder);
    List<Container> running = new ArrayList<>();
    for (Container one : demo.list()) {
      boolean folders =
          demo.inspect(one.id()).mounts().stream().anyMatch(each -> each.type().equals("bind"));
      if (one.state() == ContainerState.RUNNING && folders) {
        moved = one; // None of the demo's folders is here.
      } else if (one.state() == ContainerState.RUNNING) {
        running.add(one);
      }
    }
    first = running.get(0);
    second = moved;
    settings = Files.writeString(Files.createDirectories(folder.resolve("x")).resolve("s"), "1");
  }

  @Test
  void aSingleFileIsCopiedWhileWhatWritesItStandsStill() throws Exception {
    ContainerState[] seen = new ContainerState[2];
    Outcome<BackupReceipt> outcome =
        backup(
            true,
            at(
                "stopped",
                () -> {
                  seen[0] = state(first);
                  seen[1] = state(second);
                }));

    assertThat(seen).containsExactly(ContainerState.EXITED, ContainerState.RUNNING);
    assertThat(state(first)).isEqualTo(ContainerState.RUNNING);
    assertThat(part(outcome))
        .extracting(ArchivePlan.Part::service, ArchivePlan.Part::consistency)
        .containsExactly(first.service(), ArchivePlan.Consistency.STILL);
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void aServiceWhoseFolderIsGoneIsNotStoppedSinceItWouldComeBackWithAnother() throws Exception {
    first = moved;
    Outcome<BackupReceipt> outcome = backup(true, StepBoundary.none());

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.problem().code()).isEqualTo("BACKUP-MOUNT-MOVED"));
    assertThat(state(moved)).isEqualTo(ContainerState.RUNNING);
    assertThat(new StandstillStore(bench.home).all()).isEmpty();
    assertThat(backup(false, StepBoundary.none())).isInstanceOf(Outcome.Attention.class);
  }

  @Test
  void withoutStoppingASingleFileThatIsWrittenIsUnsure() throws Exception {
    Outcome<BackupReceipt> outcome = backup(false, StepBoundary.none());

    assertThat(part(outcome).consistency()).isEqualTo(ArchivePlan.Consistency.UNSURE);
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Attention.class,
            attention -> assertThat(attention.problem().happened()).contains(settings.toString()));
  }

  @Test
  void aSetThatWasWrittenToStaysDoubtfulWhoeverReadsIt() throws Exception {
    Path archive = receipt(backup(false, StepBoundary.none())).archive();
    BackupShelf shelf = new BackupShelf(bench.home);
    ShelvedArchive made = shelf.list().getFirst();
    for (String place : List.of("known", "from elsewhere")) {
      Outcome<VerificationReport> read =
          bench.verification().run(archive, Workbench.unlocking(), Progress.none());

      assertThat(read)
          .as(place)
          .isInstanceOfSatisfying(
              Outcome.Done.class,
              done -> {
                VerificationReport report = (VerificationReport) done.receipt();
                assertThat(report.complete()).isFalse();
                assertThat(report.unsure()).containsExactly(settings.toString());
              });
      assertThat(shelf.list()).extracting(ShelvedArchive::complete).containsExactly(false);
      // Whatever a drill before this rule said of it.
      shelf.drilled(made.id(), archive, new Proof(now, 1, 1, 0, true, List.of()));
      assertThat(shelf.list()).extracting(ShelvedArchive::proven).containsExactly(false);
      shelf.remove(made.id());
    }
    assertThat(bench.restoreTo(archive, folder.resolve("back")))
        .isInstanceOfSatisfying(
            Outcome.Attention.class,
            attention ->
                assertThat(attention.problem().happened())
                    .contains("write to one part while it was copied"));
  }

  @Test
  void whatIsPausedStaysPaused() throws Exception {
    demo.control().pause(first.id());

    Outcome<BackupReceipt> outcome =
        backup(
            true, at("stopped", () -> assertThat(state(first)).isEqualTo(ContainerState.PAUSED)));

    assertThat(state(first)).isEqualTo(ContainerState.PAUSED);
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void whatSomebodyStartsDuringTheCopyMakesItDoubtful() throws Exception {
    Outcome<BackupReceipt> outcome =
        backup(true, at("stopped", () -> demo.control().start(first.id())));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Attention.class,
            attention -> assertThat(attention.problem().happened()).contains(settings.toString()));
  }

  @Test
  void whatEndsAgainAfterItWasStartedIsNamed() throws Exception {
    Outcome<BackupReceipt> outcome =
        backup(true, at("forgotten", () -> demo.control().stop(first.id(), null)));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Attention.class,
            attention -> {
              assertThat(attention.problem().code()).isEqualTo("BACKUP-ENDED-AGAIN");
              assertThat(attention.problem().happened()).contains(first.service());
            });
    assertThat(receipt(outcome).complete()).isTrue();
  }

  @Test
  void theRecordTellsWhichRunWasEndedAndWhen() throws Exception {
    List<StandstillStore.Stopped> recorded = new ArrayList<>();
    StandstillStore store = new StandstillStore(bench.home);
    Instant startedAt = demo.read(first.id()).facts().startedAt();
    backup(
        true,
        step -> {
          try {
            store.all().forEach(entry -> recorded.addAll(entry.stopped()));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });

    String service = first.service();
    String id = first.id().value();
    assertThat(recorded)
        .containsExactly(
            new StandstillStore.Stopped(service, id, startedAt, null),
            new StandstillStore.Stopped(service, id, startedAt, now),
            new StandstillStore.Stopped(service, id, startedAt, now));
  }

  @Test
  void afterAKillOnlyWhatWeStoppedIsStarted() throws Exception {
    for (String step : List.of("recorded", "stopped")) {
      killedAt(step);
      now = now.plusSeconds(60);

      assertThat(recovered()).as(step).containsExactly(first.service());
      assertThat(state(first)).isEqualTo(ContainerState.RUNNING);
      assertThat(recovered()).isEmpty();
    }
  }

  @Test
  void afterAKillWhatTheOperatorStoppedSinceStaysStopped() throws Exception {
    for (String step : List.of("recorded", "stopped")) {
      killedAt(step);
      now = now.plusSeconds(60);
      demo.control().stop(first.id(), null);
      demo.control().start(first.id());
      now = now.plusSeconds(60);
      demo.control().stop(first.id(), null);

      assertThat(recovered()).as(step).isEmpty();
      assertThat(state(first)).isEqualTo(ContainerState.EXITED);
      demo.control().start(first.id());
      now = now.plusSeconds(60);
    }
  }

  @Test
  void afterAKillWhatTheOperatorPausedIsNotTouched() throws Exception {
    killedAt("stopped");
    demo.control().start(first.id());
    demo.control().pause(first.id());

    assertThat(recovered()).isEmpty();
    assertThat(state(first)).isEqualTo(ContainerState.PAUSED);
  }

  @Test
  void afterAKillWhatStandsOnAnotherEngineIsToldAndNotForgotten() throws Exception {
    killedAt("stopped");
    StandstillStore store = new StandstillStore(bench.home);
    StandstillStore.Entry here = store.all().getFirst();
    StandstillStore.Entry elsewhere =
        new StandstillStore.Entry(
            here.id(),
            here.stack(),
            "unix:///elsewhere.sock",
            List.of(new StandstillStore.Stopped("db", "0".repeat(64), now, now)));
    store.write(elsewhere);

    List<StandstillRecovery.Restarted> told = recovery().run();

    assertThat(told)
        .singleElement()
        .satisfies(one -> {
          assertThat(one.services()).containsExactly("db");
          assertThat(one.problem()).isNotNull();
          assertThat(one.problem().happened()).contains("unix:///elsewhere.sock");
        });
    assertThat(store.all()).containsExactly(elsewhere);
    store.write(here);
    assertThat(recovered()).containsExactly(first.service());
    assertThat(store.all()).isEmpty();
  }

  @Test
  void whatARestoreThatWasCutOffHasStoppedIsLeftToItsOwnRecovery() throws Exception {
    killedAt("stopped");
    Path record =
        Files.createDirectories(StackHold.folder(bench.home))
            .resolve(StackHold.name("demo") + ".json");
    Files.writeString(record, "{\"phase\":\"SWAPPING\"}");
    assertThat(recovered()).isEmpty();
    assertThat(state(first)).isEqualTo(ContainerState.EXITED);

    Files.writeString(record, "{\"phase\":\"LANDED\"}");
    assertThat(recovered()).containsExactly(first.service());
    assertThat(state(first)).isEqualTo(ContainerState.RUNNING);
  }

  private interface Doing {
    void run() throws ProblemException;
  }

  private static StepBoundary at(String step, Doing doing) {
    return reached -> {
      if (reached.equals("backup.standstill." + step)) {
        try {
          doing.run();
        } catch (ProblemException e) {
          throw new AssertionError(e);
        }
      }
    };
  }

  /** Leaves the record that a kill after {@code step} leaves, and the container it stopped. */
  private void killedAt(String step) throws Exception {
    StandstillStore.Stopped running =
        new StandstillStore.Stopped(
            first.service(), first.id().value(), demo.read(first.id()).facts().startedAt(), null);
    demo.control().stop(first.id(), null);
    StandstillStore.Stopped left =
        step.equals("stopped") ? running.ended(demo.read(first.id())) : running;
    new StandstillStore(bench.home)
        .write(new StandstillStore.Entry(Forge.ID, "demo", demo.info().endpoint(), List.of(left)));
  }

  private List<String> recovered() throws Exception {
    return recovery().run().stream().flatMap(one -> one.services().stream()).toList();
  }

  private StandstillRecovery recovery() throws Exception {
    return new StandstillRecovery(
        bench.home, bench.journal(), demo, new JournaledEngine(demo.control()));
  }

  private Outcome<BackupReceipt> backup(boolean mayStop, StepBoundary steps) throws Exception {
    BackupScope scope =
        new BackupScope(
            "demo",
            "generic",
            List.of(),
            List.of(new BackupScope.SingleFiles("x", settings.getParent(), List.of(settings))),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(
                new BackupScope.Writing(
                    settings.toString(),
                    List.of(new BackupScope.Writer(first.service(), first.id())))));
    return new BackupCreation(
            bench.home,
            bench.journal(),
            new JournaledEngine(demo.control()),
            demo.source(),
            () -> now,
            steps)
        .run(
            new BackupRequest(
                scope, bench.shelf, bench.request().protection(), Compression.ZSTD, mayStop),
            Progress.none());
  }

  private ArchivePlan.Part part(Outcome<BackupReceipt> outcome) throws Exception {
    ArchivePlan plan =
        new Preview(bench.home).read(receipt(outcome).archive(), Workbench.unlocking());
    return plan.parts().getFirst();
  }

  private static BackupReceipt receipt(Outcome<BackupReceipt> outcome) {
    return switch (outcome) {
      case Outcome.Done<BackupReceipt> done -> done.receipt();
      case Outcome.Attention<BackupReceipt> attention -> attention.receipt();
      default -> throw new AssertionError("no archive: " + outcome);
    };
  }

  private ContainerState state(Container container) throws ProblemException {
    return demo.read(new ContainerId(container.id().value())).state();
  }
}
