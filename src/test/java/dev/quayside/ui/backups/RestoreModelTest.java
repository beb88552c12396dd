package dev.quayside.ui.backups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.backup.PassphraseSource;
import dev.quayside.common.Secret;
import dev.quayside.ui.fx.Background;
import dev.quayside.ui.fx.Jobs;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestoreModelTest {

  private final ScriptedBackups desk = new ScriptedBackups();
  private final Background background = new Background(Runnable::run, Runnable::run);
  private final Jobs jobs = new Jobs(background, Runnable::run, InstantSource.system());
  private final RestoreModel model =
      new RestoreModel(desk, background, jobs, Path.of("/backups/shop.tar.zst.pgp"));

  private static Secret words(String text) {
    return Secret.owning(text.toCharArray());
  }

  @Test
  void theStepsCannotBeSkipped() {
    model.verify();
    model.restoreInto(Path.of("/tmp/empty"));
    assertThat(model.step().get()).isInstanceOf(RestoreModel.Step.Locked.class);
    model.unlock(words("right"));
    assertThat(model.step().get()).isInstanceOf(RestoreModel.Step.Preview.class);
    model.restoreInto(Path.of("/tmp/empty"));
    assertThat(model.step().get()).isInstanceOf(RestoreModel.Step.Preview.class);
    model.verify();
    assertThat(model.step().get()).isInstanceOf(RestoreModel.Step.Verified.class);
    model.restoreInto(Path.of("/tmp/empty"));
    assertThat(model.step().get()).isInstanceOf(RestoreModel.Step.Restored.class);
    assertThat(desk.asked).containsExactly("preview", "verify", "restore /tmp/empty");
  }

  @Test
  void aWrongPassphraseIsSaidAndCanBeTypedAgain() {
    model.unlock(words("wrong"));
    assertThat(model.step().get())
        .isInstanceOfSatisfying(
            RestoreModel.Step.Locked.class,
            step -> assertThat(step.problem().code()).isEqualTo("WRONG"));
    model.unlock(words("right"));
    assertThat(model.step().get()).isInstanceOf(RestoreModel.Step.Preview.class);
  }

  @Test
  void aDamagedArchiveIsNeverRestored() {
    desk.damaged = true;
    model.unlock(words("right"));
    model.verify();
    assertThat(model.step().get())
        .isInstanceOfSatisfying(
            RestoreModel.Step.Failed.class,
            step -> assertThat(step.problem().code()).isEqualTo("DAMAGED"));
    model.restoreInto(Path.of("/tmp/empty"));
    assertThat(desk.asked).doesNotContain("restore /tmp/empty");
    model.back();
    assertThat(model.step().get()).isInstanceOf(RestoreModel.Step.Preview.class);
  }

  @Test
  void aFolderThatIsNotEmptyIsRefusedAndAnotherCanBeChosen() {
    model.unlock(words("right"));
    model.verify();
    model.restoreInto(Path.of("/full"));
    assertThat(model.step().get()).isInstanceOf(RestoreModel.Step.Failed.class);
    model.back();
    model.restoreInto(Path.of("/tmp/empty"));
    assertThat(model.step().get()).isInstanceOf(RestoreModel.Step.Restored.class);
  }

  @Test
  void thePassphraseIsWipedWhenTheFlowEnds() {
    Secret typed = words("right");
    model.unlock(typed);
    model.close(step -> {});
    assertThatThrownBy(typed::copy).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aKeyStaysChosenAfterAWrongPassphraseAndNeedsNone() {
    Path file = Path.of("/keys/me.asc");
    model.useKey(file);
    model.unlock(words("wrong"));
    assertThat(model.step().get()).isInstanceOf(RestoreModel.Step.Locked.class);
    assertThat(model.key().get()).isEqualTo(file);
    model.unlock(words("right"));
    assertThat(desk.keys).containsExactly(file, file);

    model.useKey(null);
    model.unlock(words("right"));
    assertThat(desk.keys).containsExactly(file, file, null);
  }

  @Test
  void aKeyThatIsNotLockedOpensWithoutAPassphrase() {
    desk.keyLocked = false;
    model.useKey(Path.of("/keys/me.asc"));
    model.unlock(null);
    assertThat(model.step().get()).isInstanceOf(RestoreModel.Step.Preview.class);
  }

  @Test
  void whoClosesTheFlowWhileItWorksIsToldHowItEnded() {
    Deque<Runnable> work = new ArrayDeque<>();
    Background slow = new Background(work::add, Runnable::run);
    RestoreModel later =
        new RestoreModel(
            desk,
            slow,
            new Jobs(slow, Runnable::run, InstantSource.system()),
            Path.of("/backups/shop.tar.zst.pgp"));
    later.unlock(words("right"));
    work.remove().run();
    later.verify();
    work.remove().run();
    later.restoreInto(Path.of("/full"));
    List<RestoreModel.Step> told = new ArrayList<>();
    later.close(told::add);
    assertThat(told).isEmpty();
    work.remove().run();
    assertThat(told)
        .singleElement()
        .isInstanceOfSatisfying(
            RestoreModel.Step.Failed.class,
            step -> assertThat(step.problem().code()).isEqualTo("NOT-EMPTY"));
  }

  @Test
  void whoClosesTheFlowWhileNothingRunsIsToldNothing() {
    model.unlock(words("right"));
    List<RestoreModel.Step> told = new ArrayList<>();
    model.close(told::add);
    assertThat(told).isEmpty();
  }

  @Test
  void aHeldPassphraseLendsCopiesAndIsWipedOnce() throws Exception {
    Secret typed = words("right");
    HeldPassphrase held = new HeldPassphrase(typed);
    try (Secret lent = held.passphrase(PassphraseSource.Purpose.OPEN)) {
      assertThat(lent.length()).isEqualTo(5);
    }
    held.close();
    held.close();
    assertThatThrownBy(() -> held.passphrase(PassphraseSource.Purpose.OPEN))
        .hasMessageContaining("BACKUP-NO-PASSPHRASE");
  }
}
