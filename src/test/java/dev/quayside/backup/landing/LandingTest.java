package dev.quayside.backup.landing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.backup.StackHold;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProcessLock;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.demo.DemoEngine;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Folders change places as a whole: the archive's, or byte by byte what was there before. */
class LandingTest {

  @TempDir private Path folder;
  private LandingWorld world;
  private Path archive;
  private Map<String, String> saved;
  private Map<String, String> before;

  @BeforeEach
  void makeAnArchiveAndChangeTheLiveData() throws Exception {
    world = new LandingWorld(folder, StepBoundary.none());
    archive = world.archive("saved");
    saved = world.tree();
    Files.delete(world.data.resolve("sub/only-saved"));
    Files.delete(world.other.resolve("sub/only-saved"));
    world.fill("live");
    before = world.tree();
  }

  @Test
  void restoresAndPutsBackEveryByte() throws Exception {
    assertThat(land()).isInstanceOf(Outcome.Done.class);
    assertThat(world.tree()).containsAllEntriesOf(saved);
    assertThat(world.data.resolve("sub/only-live")).doesNotExist();
    assertThat(world.tree().keySet())
        .as("the old one is kept")
        .anyMatch(n -> n.contains(".before-"));

    assertThat(world.restore().undo("demo")).isInstanceOf(Outcome.Done.class);
    assertThat(world.tree()).isEqualTo(before);
    assertThat(problem(world.restore().undo("demo")).code()).isEqualTo("LANDING-NONE");
    assertNothingOpen();
  }

  @Test
  void anOldFolderThatSomebodyDeletedIsNotSaidToBePutBack() throws Exception {
    assertThat(land()).isInstanceOf(Outcome.Done.class);
    Path kept = kept();
    Path elsewhere = Files.move(kept, folder.resolve("elsewhere"));
    Map<String, String> restored = world.tree();

    assertThat(problem(world.restore().undo("demo")).code()).isEqualTo("LANDING-KEPT-GONE");
    assertThat(world.tree()).isEqualTo(restored);

    Files.move(elsewhere, kept);
    assertThat(world.restore().undo("demo")).isInstanceOf(Outcome.Done.class);
    assertThat(world.tree()).isEqualTo(before);
  }

  @Test
  void whatSomebodyDeletedBeforeAKilledUndoIsCarriedOnIsLostAndTheRestIsBack() throws Exception {
    assertThat(land()).isInstanceOf(Outcome.Done.class);
    Map<String, String> restored = world.tree();
    assertThat(fork(LandingStep.UNDO_RECORDED, "undo")).isEqualTo(StepBoundary.HALT_STATUS);
    Path kept = kept();
    Files.move(kept, folder.resolve("elsewhere"));

    assertThat(world.recovery().sweep())
        .singleElement()
        .satisfies(told -> {
          assertThat(told.fate()).isEqualTo(LandingRecovery.Fate.LOST);
          assertThat(String.valueOf(told.problem()))
              .contains(kept.toString().replaceAll("\\.before-.*", ""));
        });
    assertThat(world.tree())
        .as("one folder stays as it was restored, the other is the old one")
        .isNotEqualTo(before)
        .isNotEqualTo(restored)
        .hasSameSizeAs(before);
    assertNothingOpen();
  }

  private Path kept() throws Exception {
    try (var names = Files.list(Objects.requireNonNull(world.data.getParent()))) {
      return names
          .filter(one -> one.getFileName().toString().contains(".before-"))
          .sorted()
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void acceptingRemovesTheOldSet() throws Exception {
    assertThat(land()).isInstanceOf(Outcome.Done.class);
    assertThat(world.restore().pending("demo")).isNotNull();
    assertThat(world.restore().accept("demo")).isInstanceOf(Outcome.Done.class);
    assertThat(world.tree()).isEqualTo(saved);
    assertThat(world.restore().pending("demo")).isNull();
    assertNothingOpen();
  }

  @Test
  void onlyChosenPartsAreTouched() throws Exception {
    Outcome<LandingReceipt> outcome =
        world.land(world.request(archive, "files/other"), Progress.none());
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    assertThat(world.other.resolve("file")).hasContent("saved of other");
    assertThat(world.data.resolve("file")).hasContent("live of data");
  }

  @Test
  void anAlteredArchiveTouchesNothing() throws Exception {
    try (RandomAccessFile file = new RandomAccessFile(archive.toFile(), "rw")) {
      file.seek(file.length() - 30);
      int old = file.read();
      file.seek(file.length() - 30);
      file.write(old ^ 1);
    }
    assertThat(land()).isInstanceOf(Outcome.Failed.class);
    assertThat(world.tree()).isEqualTo(before);
    assertNothingOpen();
  }

  @Test
  void aSecondRestoreWaitsForTheFirstToBeAccepted() throws Exception {
    assertThat(land()).isInstanceOf(Outcome.Done.class);
    assertThat(problem(world.restore().run(world.request(archive), Progress.none())).code())
        .isEqualTo("LANDING-PENDING");
  }

  @Test
  void aFolderThatOthersMayRenameInIsRefused() throws Exception {
    Files.setPosixFilePermissions(
        folder.resolve("stack"), PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(problem(land()).code()).isEqualTo("LANDING-PARENT");
    assertThat(world.tree()).isEqualTo(before);
    assertNothingOpen();
  }

  @Test
  void aCancelBeforeTheSwapLeavesNothing() throws Exception {
    Outcome<LandingReceipt> outcome =
        world.land(
            world.request(archive),
            new Progress() {
              private boolean loading;

              @Override
              public void step(int number, int total, String text) {
                loading |= number == 2;
              }

              @Override
              public void bytes(long done, long total) {}

              @Override
              public void line(String text) {}

              @Override
              public boolean cancelled() {
                return loading;
              }
            });
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    assertThat(world.tree()).isEqualTo(before);
    assertNothingOpen();
  }

  @Test
  void whatFailsInTheMiddleOfTheSwapIsPutBack() throws Exception {
    LandingWorld failing =
        new LandingWorld(
            folder,
            step -> {
              if (step.equals(LandingStep.FOLDER_ASIDE.label())) {
                throw new UncheckedIOException(new IOException("for the test"));
              }
            });
    assertThatThrownBy(() -> failing.land(failing.request(archive), Progress.none()))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(world.tree()).isEqualTo(before);
    assertNothingOpen();
  }

  @Test
  void whatFailsAfterTheSwapIsNotSaidToBePutBack() throws Exception {
    LandingWorld failing =
        new LandingWorld(
            folder,
            step -> {
              if (step.equals(LandingStep.LANDED.label())) {
                throw new UncheckedIOException(new IOException("for the test"));
              }
            });
    Outcome<LandingReceipt> outcome = failing.land(failing.request(archive), Progress.none());
    assertThat(outcome).isInstanceOf(Outcome.Attention.class);
    assertThat(((Outcome.Attention<LandingReceipt>) outcome).problem().code())
        .isEqualTo("LANDING-UNASKED");
    assertThat(world.tree()).containsAllEntriesOf(saved);
    assertThat(world.recovery().sweep())
        .extracting(LandingRecovery.Recovered::fate)
        .containsExactly(LandingRecovery.Fate.FINISHED);
    assertThat(world.restore().undo("demo")).isInstanceOf(Outcome.Done.class);
    assertThat(world.tree()).isEqualTo(before);
  }

  @Test
  void nothingIsTouchedOnAnotherEngineThanItWasBegunOn() throws Exception {
    assertThat(land()).isInstanceOf(Outcome.Done.class);
    Map<String, String> restored = world.tree();
    Path record = StackHold.folder(world.home).resolve(StackHold.name("demo") + ".json");
    String here = Files.readString(record);
    String endpoint = new DemoEngine(InstantSource.fixed(Instant.EPOCH)).info().endpoint();
    assertThat(here).contains(endpoint);
    Files.writeString(record, here.replace(endpoint, "unix:///elsewhere"));

    assertThat(world.restore().undo("demo"))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.problem().code()).isEqualTo("LANDING-OTHER-ENGINE"));
    Files.writeString(
        record, here.replace(endpoint, "unix:///elsewhere").replace("LANDED", "UNDOING"));
    assertThat(world.recovery().sweep())
        .extracting(LandingRecovery.Recovered::fate)
        .containsExactly(LandingRecovery.Fate.STUCK);
    assertThat(world.tree()).isEqualTo(restored);

    // An earlier version wrote no engine down.
    Files.writeString(record, here.replaceFirst(",?\"engine\":\"[^\"]*\"", ""));
    assertThat(Files.readString(record)).doesNotContain("engine");
    assertThat(world.restore().undo("demo")).isInstanceOf(Outcome.Done.class);
    assertThat(world.tree()).isEqualTo(before);
  }

  @Test
  void aBackupAndARestoreOfOneStackWaitForEachOther() throws Exception {
    try (ProcessLock held = StackHold.take(world.home, "demo")) {
      assertThat(held).isNotNull();
      assertThat(world.backUp())
          .isInstanceOfSatisfying(
              Outcome.Refused.class,
              no -> assertThat(no.problem().code()).isEqualTo("BACKUP-STACK-BUSY"));
      assertThat(problem(world.restore().undo("demo")).code()).isEqualTo("LANDING-BUSY");
    }
    assertThat(fork(LandingStep.FOLDER_ASIDE, "land", archive.toString()))
        .isEqualTo(StepBoundary.HALT_STATUS);
    assertThat(world.backUp())
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            no -> assertThat(no.problem().code()).isEqualTo("BACKUP-RESTORE-CUT-OFF"));
    world.recovery().sweep();
    assertThat(world.backUp()).isInstanceOf(Outcome.Done.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = LandingStep.class,
      names = {
        "ANNOUNCED",
        "RECORDED",
        "STAGED",
        "LOADED",
        "SWAP_RECORDED",
        "STOPPED",
        "FOLDER_ASIDE",
        "FOLDER_PLACED",
        "STARTED",
        "LANDED",
        "OUTCOME_RECORDED"
      })
  void aKilledRestoreIsTheOldSetOrTheNewOne(LandingStep step) throws Exception {
    assertThat(fork(step, "land", archive.toString())).isEqualTo(StepBoundary.HALT_STATUS);
    List<LandingRecovery.Recovered> told = world.recovery().sweep();
    if (step.compareTo(LandingStep.LANDED) >= 0) {
      assertThat(world.tree()).containsAllEntriesOf(saved);
      assertThat(told)
          .extracting(LandingRecovery.Recovered::fate)
          .isEqualTo(
              step == LandingStep.LANDED ? List.of(LandingRecovery.Fate.FINISHED) : List.of());
      assertThat(world.restore().undo("demo")).isInstanceOf(Outcome.Done.class);
    } else if (step != LandingStep.ANNOUNCED) {
      assertThat(told)
          .extracting(LandingRecovery.Recovered::fate)
          .containsExactly(LandingRecovery.Fate.PUT_BACK);
    }
    assertThat(world.tree()).isEqualTo(before);
    assertNothingOpen();
  }

  @ParameterizedTest
  @EnumSource(
      value = LandingStep.class,
      names = {"UNDO_RECORDED", "FOLDER_WITHDRAWN", "FOLDER_BACK", "PUT_BACK", "UNDONE"})
  void aKilledUndoIsCarriedOn(LandingStep step) throws Exception {
    assertThat(land()).isInstanceOf(Outcome.Done.class);
    assertThat(fork(step, "undo")).isEqualTo(StepBoundary.HALT_STATUS);
    assertThat(world.recovery().sweep())
        .extracting(LandingRecovery.Recovered::fate)
        .containsExactly(LandingRecovery.Fate.PUT_BACK);
    assertThat(world.tree()).isEqualTo(before);
    assertNothingOpen();
  }

  @ParameterizedTest
  @EnumSource(
      value = LandingStep.class,
      names = {"ACCEPT_RECORDED", "OLD_REMOVED", "UNDONE"})
  void aKilledAcceptanceIsCarriedOn(LandingStep step) throws Exception {
    assertThat(land()).isInstanceOf(Outcome.Done.class);
    assertThat(fork(step, "accept")).isEqualTo(StepBoundary.HALT_STATUS);
    assertThat(world.recovery().sweep())
        .extracting(LandingRecovery.Recovered::fate)
        .containsExactly(LandingRecovery.Fate.ACCEPTED);
    assertThat(world.tree()).isEqualTo(saved);
    assertNothingOpen();
  }

  private Outcome<LandingReceipt> land() throws Exception {
    return world.land(world.request(archive), Progress.none());
  }

  private void assertNothingOpen() throws Exception {
    for (String action : List.of("backup.land", "backup.undo", "backup.accept")) {
      assertThat(world.parts.journal().unended(action)).isEmpty();
    }
    assertThat(new LandingRecords(world.home).all()).isEmpty();
    assertThat(world.recovery().sweep()).isEmpty();
  }

  private static Problem problem(Outcome<?> outcome) {
    if (outcome instanceof Outcome.Refused<?> refused) {
      return refused.problem();
    }
    throw new AssertionError(outcome);
  }

  private int fork(LandingStep step, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-D" + StepBoundary.HALT_PROPERTY + "=" + step.label(),
                "-cp",
                System.getProperty("java.class.path"),
                LandingWorld.class.getName(),
                folder.toString()));
    command.addAll(List.of(arguments));
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("it hangs");
    }
    assertThat(process.exitValue()).as(Files.readString(log)).isEqualTo(StepBoundary.HALT_STATUS);
    return process.exitValue();
  }
}
