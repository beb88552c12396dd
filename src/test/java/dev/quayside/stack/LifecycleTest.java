package dev.quayside.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.common.Home;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Endpoint;
import dev.quayside.engine.compose.Compose;
import dev.quayside.engine.demo.DemoEngine;
import dev.quayside.journal.EntryKind;
import dev.quayside.journal.Journal;
import dev.quayside.journal.JournalEntry;
import dev.quayside.journal.JournaledCompose;
import dev.quayside.journal.JournaledEngine;
import dev.quayside.stack.LifecycleRequest.Action;
import dev.quayside.stack.layer.LayerKeeper;
import dev.quayside.telemetry.GpuReading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LifecycleTest {

  private static final String SERVICE = "open-webui";

  private final DemoEngine engine =
      new DemoEngine(InstantSource.fixed(Instant.parse("2026-01-15T12:00:00Z")), later -> {});

  @TempDir Path folder;
  private Journal journal;
  private Lifecycle lifecycle;
  private Stack stack;

  @BeforeEach
  void start() throws Exception {
    Home home = Home.locate(folder, Map.of(), folder);
    journal = Journal.open(home, InstantSource.system());
    Compose compose = Compose.on(new Endpoint.Unix(folder.resolve("none.sock")), Map.of());
    JournaledEngine control = new JournaledEngine(engine.control());
    LayerKeeper layers = new LayerKeeper(control, Catalogue.load(), home, StepBoundary.none());
    lifecycle =
        new Lifecycle(
            engine.source(),
            control,
            compose,
            new Recreation(
                new JournaledCompose(compose), layers, Catalogue.load(), System::nanoTime),
            journal,
            Catalogue.load(),
            GpuReading.NotYet::new,
            System::nanoTime);
    stack =
        new Stacks(Catalogue.load())
            .all(engine.feed().latest()).stream()
                .filter(one -> one.services().stream().anyMatch(s -> s.name().equals(SERVICE)))
                .findFirst()
                .orElseThrow();
  }

  @Test
  void aStopIsAnnouncedMadeAndRecorded() throws Exception {
    Outcome<LifecycleReceipt> outcome = stop(Progress.none());

    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    assertThat(state()).isNotEqualTo(ContainerState.RUNNING);
    assertThat(journal.entries())
        .extracting(JournalEntry::kind)
        .containsExactly(EntryKind.INTENT, EntryKind.STEP, EntryKind.DONE);
  }

  @Test
  void aChangeThatIsMadeAndCannotBeRecordedNeedsAttentionAndIsNotCalledAFailureWithoutEffect()
      throws Exception {
    Path lock = journal.path().resolveSibling("journal.lock");

    Outcome<LifecycleReceipt> outcome = stop(new OnFirstStep(() -> makeUnusable(lock), false));

    assertThat(state()).isNotEqualTo(ContainerState.RUNNING);
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Attention.class,
            attention -> {
              assertThat(attention.problem().code()).isEqualTo("JOURNAL-UNWRITABLE");
              assertThat(attention.problem().unchanged()).doesNotContain("Nothing was changed");
            });
  }

  @Test
  void aChangeThatIsStoppedBeforeItsFirstStepChangesNothing() throws Exception {
    Outcome<LifecycleReceipt> outcome = stop(new ReadinessTest.Cancelled());

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.problem().code()).isEqualTo("CHANGE-NOT-BEGUN"));
    assertThat(state()).isEqualTo(ContainerState.RUNNING);
    assertThat(journal.entries())
        .extracting(JournalEntry::kind)
        .containsExactly(EntryKind.INTENT, EntryKind.FAILED);
  }

  @ParameterizedTest
  @EnumSource(
      value = Action.class,
      names = {"STOP", "RESTART"})
  void aChangeThatIsStoppedBetweenTwoServicesLeavesTheRestAloneAndSaysSo(Action action)
      throws Exception {
    OnFirstStep progress = new OnFirstStep(() -> {}, true);

    Outcome<LifecycleReceipt> outcome =
        lifecycle.run(new LifecycleRequest(action, stack, List.of()), progress);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Attention.class,
            attention -> {
              assertThat(attention.problem().code()).isEqualTo("CHANGE-STOPPED");
              LifecycleReceipt receipt = (LifecycleReceipt) attention.receipt();
              assertThat(receipt.services())
                  .filteredOn(one -> one.text().equals("stopped by you"))
                  .isNotEmpty()
                  .allMatch(one -> one.state() == ServiceResult.Reached.LEFT_ALONE);
            });
    assertThat(journal.entries().stream().filter(entry -> entry.kind() == EntryKind.STEP).count())
        .isEqualTo(1);
    assertThat(journal.entries().getLast().kind()).isEqualTo(EntryKind.ATTENTION);
  }

  @Test
  void whereNothingRunsAndNothingIsToBeStartedThatIsNotCalledDone() {
    Stack nothing = new Stack("empty", "generic", "", null, List.of());

    assertThat(
            lifecycle.run(new LifecycleRequest(Action.START, nothing, List.of()), Progress.none()))
        .isInstanceOfSatisfying(
            Outcome.Attention.class,
            attention -> assertThat(attention.problem().code()).isEqualTo("NO-CONTAINERS"));
    assertThat(
            lifecycle.run(new LifecycleRequest(Action.STOP, nothing, List.of()), Progress.none()))
        .isInstanceOfSatisfying(
            Outcome.Done.class,
            done ->
                assertThat(((LifecycleReceipt) done.receipt()).notes())
                    .singleElement()
                    .asString()
                    .contains("empty has no containers", "quayside up empty"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Action.class,
      names = {"UP", "RECREATE"})
  void underAProjectThatComposeHasNotConfirmedNothingIsMade(Action action) throws Exception {
    Stack rejected = new Stack("rejected", "generic", "", null, List.of());

    for (List<String> services : List.of(List.<String>of(), List.of("web"))) {
      assertThat(lifecycle.run(new LifecycleRequest(action, rejected, services), Progress.none()))
          .isInstanceOfSatisfying(
              Outcome.Refused.class,
              refused -> assertThat(refused.problem().code()).isEqualTo("FILES-REJECTED"));
    }
    assertThat(journal.entries()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Action.class)
  void whatIsHeldStillForAReasonIsNotStartedButMayBeStopped(Action action) throws Exception {
    Problem reason = new Problem("HELD", "held", "held", "nothing", "wait", null, "");
    Lifecycle guarded =
        lifecycle.guarded(name -> {
          assertThat(name).isEqualTo(stack.name());
          throw new ProblemException(reason);
        });

    Outcome<LifecycleReceipt> outcome =
        guarded.run(new LifecycleRequest(action, stack, List.of(SERVICE)), Progress.none());

    if (action == Action.STOP) {
      assertThat(outcome).isInstanceOf(Outcome.Done.class);
    } else {
      assertThat(outcome).isEqualTo(new Outcome.Refused<LifecycleReceipt>(reason));
      assertThat(journal.entries()).isEmpty();
    }
  }

  @Test
  void ofAStackWithoutContainersNoEmptyListOfServicesIsTold() {
    Stack nothing = new Stack("empty", "generic", "", null, List.of());

    assertThat(
            lifecycle.run(
                new LifecycleRequest(Action.STOP, nothing, List.of("web")), Progress.none()))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed ->
                assertThat(failed.problem().happened())
                    .isEqualTo("empty has these services: none."));
  }

  @Test
  void anErrorInTheMiddleIsRecordedBeforeItGoesOn() throws Exception {
    OnFirstStep progress =
        new OnFirstStep(
            () -> {
              throw new StackOverflowError();
            },
            false);

    assertThatThrownBy(() -> stop(progress)).isInstanceOf(StackOverflowError.class);

    assertThat(journal.entries().getLast().kind()).isEqualTo(EntryKind.ATTENTION);
    assertThat(journal.entries().getLast().details())
        .containsEntry("problem", "StackOverflowError");
  }

  private Outcome<LifecycleReceipt> stop(Progress progress) {
    return lifecycle.run(new LifecycleRequest(Action.STOP, stack, List.of(SERVICE)), progress);
  }

  private ContainerState state() {
    return engine.list().stream()
        .filter(container -> container.service().equals(SERVICE))
        .filter(container -> stack.name().equals(container.project()))
        .findFirst()
        .orElseThrow()
        .state();
  }

  private static void makeUnusable(Path lock) {
    try {
      Files.delete(lock);
      Files.createDirectory(lock);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Does something when the first step begins, and from then on may wish to stop. */
  private static final class OnFirstStep implements Progress {
    private final Runnable work;
    private final boolean stops;
    private volatile boolean begun;

    OnFirstStep(Runnable work, boolean stops) {
      this.work = work;
      this.stops = stops;
    }

    @Override
    public void step(int number, int total, String text) {
      begun = true;
      if (number == 1) {
        work.run();
      }
    }

    @Override
    public void bytes(long done, long total) {}

    @Override
    public void line(String text) {}

    @Override
    public boolean cancelled() {
      return stops && begun;
    }
  }
}
