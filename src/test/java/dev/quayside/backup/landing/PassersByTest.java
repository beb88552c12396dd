package dev.quayside.backup.landing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers of others that come and go keep nothing from being put back that needs no move. */
class PassersByTest {

  private static final int FOREVER = Integer.MAX_VALUE;

  @TempDir private Path folder;
  private final Played played = new Played();
  private LandingWorld world;
  private Path archive;
  private Map<String, String> before;

  @BeforeEach
  void makeAnArchiveAndChangeTheLiveData() throws Exception {
    world = new LandingWorld(folder, StepBoundary.none());
    archive = world.archive("saved");
    world.fill("live");
    before = world.tree();
  }

  @Test
  void oneThatCameBeforeAnythingWasMovedChangesNothing() throws Exception {
    Outcome<LandingReceipt> outcome = landed(LandingStep.STOPPED, world.data, FOREVER);
    assertThat(failed(outcome).code()).isEqualTo("LANDING-PUT-BACK");
    assertNothingLeft();
  }

  @Test
  void oneThatHasAFolderThatWasNotMovedYetKeepsTheOthersFromNothing() throws Exception {
    Outcome<LandingReceipt> outcome = landed(LandingStep.STOPPED, world.other, FOREVER);
    assertThat(failed(outcome).code()).isEqualTo("LANDING-PUT-BACK");
    assertNothingLeft();
  }

  @Test
  void oneThatHasWhatWasMovedIsWaitedFor() throws Exception {
    Outcome<LandingReceipt> outcome = landed(LandingStep.FOLDER_PLACED, world.data, 3);
    assertThat(failed(outcome).code()).isEqualTo("LANDING-PUT-BACK");
    assertNothingLeft();
  }

  @Test
  void oneThatStaysIsToldAndLeavesItToTheNextStart() throws Exception {
    Outcome<LandingReceipt> outcome = landed(LandingStep.FOLDER_PLACED, world.data, FOREVER);
    assertThat(((Outcome.Attention<LandingReceipt>) outcome).problem().code())
        .isEqualTo("LANDING-STUCK");
    played.leave();
    assertThat(world.recovery().sweep())
        .extracting(LandingRecovery.Recovered::fate)
        .containsExactly(LandingRecovery.Fate.PUT_BACK);
    assertNothingLeft();
  }

  @Test
  void anUndoWaitsForHimToo() throws Exception {
    LandingWorld live =
        world(reached -> {
          if (reached.equals(LandingStep.UNDO_RECORDED.label())) {
            played.with(Played.mounting("passer", world.data.toString()), 3);
          }
        });
    assertThat(live.land(live.request(archive), Progress.none())).isInstanceOf(Outcome.Done.class);
    assertThat(live.restore().undo("demo")).isInstanceOf(Outcome.Done.class);
    assertNothingLeft();
  }

  @Test
  void oneThatEndsWhileItIsLookedAtIsNobody() throws Exception {
    played.withGone(Played.mounting("passer", world.data.toString()));
    LandingWorld live = world(StepBoundary.none());
    assertThat(live.land(live.request(archive), Progress.none())).isInstanceOf(Outcome.Done.class);
    assertThat(live.restore().undo("demo")).isInstanceOf(Outcome.Done.class);
    assertNothingLeft();
  }

  /** Restores; at {@code step} a container appears that has {@code mounted}. */
  private Outcome<LandingReceipt> landed(LandingStep step, Path mounted, int looks)
      throws Exception {
    LandingWorld live =
        world(reached -> {
          if (reached.equals(step.label()) && Files.exists(mounted)) {
            played.leave();
            played.with(Played.mounting("passer", mounted.toString()), looks);
          }
        });
    return live.land(live.request(archive), Progress.none());
  }

  private LandingWorld world(StepBoundary steps) throws Exception {
    return new LandingWorld(folder, steps, played.source(), Duration.ofSeconds(1));
  }

  private static Problem failed(Outcome<LandingReceipt> outcome) {
    if (outcome instanceof Outcome.Failed<LandingReceipt> failed) {
      return failed.problem();
    }
    throw new AssertionError(outcome);
  }

  private void assertNothingLeft() throws Exception {
    assertThat(world.tree()).isEqualTo(before);
    assertThat(new LandingRecords(world.home).all()).isEmpty();
    assertThat(world.parts.journal().unended("backup.land")).isEmpty();
  }
}
