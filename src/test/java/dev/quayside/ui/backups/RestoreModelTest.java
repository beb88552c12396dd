package dev.quayside.ui.backups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.backup.PassphraseSource;
import dev.quayside.backup.foreign.ContentKind;
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
  private int landings;
  private final RestoreModel model =
      new RestoreModel(
          desk,
          background,
          jobs,
          Path.of("/backups/shop.tar.zst.pgp"),
          List.of("llm", "shop"),
          () -> landings++);

  private static Secret words(String text) {
    return Secret.owning(text.toCharArray());
  }

  @Test
  void theStepsCannotBeSkipped() {
    model.verify();
    model.restoreInto(Path.of("/tmp/empty"));
    assertThat(model.step().get()).isInstanceOf(RestoreStep.Locked.class);
    model.unlock(words("right"));
    assertThat(model.step().get()).isInstanceOf(RestoreStep.Preview.class);
    model.restoreInto(Path.of("/tmp/empty"));
    assertThat(model.step().get()).isInstanceOf(RestoreStep.Preview.class);
    model.verify();
    assertThat(model.step().get()).isInstanceOf(RestoreStep.Verified.class);
    model.restoreInto(Path.of("/tmp/empty"));
    assertThat(model.step().get()).isInstanceOf(RestoreStep.Restored.class);
    assertThat(desk.asked).containsExactly("preview", "verify", "restore /tmp/empty");
  }

  @Test
  void theArchivesOwnStackIsProposedAndNothingIsChangedBeforeThePlanIsConfirmed() {
    model.land();
    model.plan();
    assertThat(desk.asked).isEmpty();
    model.unlock(words("right"));
    assertThat(model.target().over().get()).isTrue();
    assertThat(model.target().stack().get()).isEqualTo("shop");
    model.land();
    assertThat(model.step().get()).isInstanceOf(RestoreStep.Preview.class);
    model.plan();
    assertThat(model.step().get()).isInstanceOf(RestoreStep.Planned.class);
    model.back();
    assertThat(model.step().get()).isInstanceOf(RestoreStep.Preview.class);
    model.plan();
    model.land();
    assertThat(model.step().get()).isInstanceOf(RestoreStep.Landed.class);
    assertThat(landings).isEqualTo(1);
    assertThat(desk.asked)
        .containsExactly("preview", "plan shop [] false", "plan shop [] false", "land shop");
  }

  @Test
  void onlyTheTickedPartsAreNamedAndAnotherStackIsSaidToBeOne() {
    model.unlock(words("right"));
    RestoreTarget target = model.target();
    // The roles come with their server, and cannot be chosen.
    assertThat(target.parts()).hasSize(2);
    target.parts().getFirst().taken().set(false);
    target.stack().set("llm");
    assertThat(target.foreign()).isTrue();
    model.plan();
    assertThat(desk.asked).containsExactly("preview", "plan llm [folders/n8n] true");
    model.back();
    target.parts().getLast().taken().set(false);
    assertThat(target.plannable().get()).isFalse();
    model.plan();
    assertThat(model.step().get()).isInstanceOf(RestoreStep.Preview.class);
  }

  @Test
  void withoutTheArchivesStackAnEmptyFolderIsProposed() {
    assertThat(new RestoreTarget(ScriptedBackups.plan(), List.of("llm")).over().get()).isFalse();
    RestoreTarget none = new RestoreTarget(ScriptedBackups.plan(), List.of());
    none.over().set(true);
    assertThat(none.plannable().get()).isFalse();
  }

  @Test
  void aPlanThatIsRefusedLeadsBackToTheChoice() {
    desk.landings.refused = true;
    model.unlock(words("right"));
    model.plan();
    assertThat(model.step().get())
        .isInstanceOfSatisfying(
            RestoreStep.Failed.class,
            step -> assertThat(step.problem().code()).isEqualTo("NO-PLACE"));
    model.back();
    assertThat(model.step().get()).isInstanceOf(RestoreStep.Preview.class);
  }

  @Test
  void aWrongPassphraseIsSaidAndCanBeTypedAgain() {
    model.unlock(words("wrong"));
    assertThat(model.step().get())
        .isInstanceOfSatisfying(
            RestoreStep.Locked.class, step -> assertThat(step.problem().code()).isEqualTo("WRONG"));
    model.unlock(words("right"));
    assertThat(model.step().get()).isInstanceOf(RestoreStep.Preview.class);
  }

  @Test
  void aDamagedArchiveIsNeverRestored() {
    desk.damaged = true;
    model.unlock(words("right"));
    model.verify();
    assertThat(model.step().get())
        .isInstanceOfSatisfying(
            RestoreStep.Failed.class,
            step -> assertThat(step.problem().code()).isEqualTo("DAMAGED"));
    model.restoreInto(Path.of("/tmp/empty"));
    assertThat(desk.asked).doesNotContain("restore /tmp/empty");
    model.back();
    assertThat(model.step().get()).isInstanceOf(RestoreStep.Preview.class);
  }

  @Test
  void aFolderThatIsNotEmptyIsRefusedAndAnotherCanBeChosen() {
    model.unlock(words("right"));
    model.verify();
    model.restoreInto(Path.of("/full"));
    assertThat(model.step().get()).isInstanceOf(RestoreStep.Failed.class);
    model.back();
    model.restoreInto(Path.of("/tmp/empty"));
    assertThat(model.step().get()).isInstanceOf(RestoreStep.Restored.class);
  }

  private RestoreModel opened(ContentKind kind) {
    desk.scriptedForeign.kind = kind;
    return new RestoreModel(
        desk,
        background,
        jobs,
        Path.of("/backups/dump.gpg"),
        List.of("llm", "shop"),
        () -> landings++);
  }

  @Test
  void aDumpOfOthersTakesThePlaceOfTheChosenDatabaseOnceTheStackIsNamed() {
    RestoreModel dump = opened(ContentKind.SQL);
    dump.unlock(words("right"));
    assertThat(dump.step().get()).isInstanceOf(RestoreStep.Surveyed.class);
    assertThat(dump.foreignTarget().plannable().get()).isFalse();
    dump.planDump();
    dump.foreignTarget().stack().set("shop");
    dump.foreignTarget().database().set(dump.foreignTarget().databases().getFirst());
    assertThat(dump.foreignTarget().plannable().get()).isTrue();
    dump.planDump();
    assertThat(dump.step().get()).isInstanceOf(RestoreStep.Planned.class);
    dump.land();
    dump.typed().set("llm");
    dump.land();
    assertThat(dump.step().get()).isInstanceOf(RestoreStep.Planned.class);
    dump.typed().set("shop");
    dump.land();
    assertThat(dump.step().get()).isInstanceOf(RestoreStep.Landed.class);
    assertThat(landings).isEqualTo(1);
    assertThat(desk.asked)
        .containsExactly(
            "survey", "databases llm", "databases shop", "plan shop postgres/n8n", "land shop");
  }

  @Test
  void aNameThatWasTypedForOnePlanDoesNotCountForTheNext() {
    RestoreModel dump = opened(ContentKind.CUSTOM_DUMP);
    dump.unlock(words("right"));
    dump.foreignTarget().database().set(dump.foreignTarget().databases().getFirst());
    dump.planDump();
    dump.typed().set("llm");
    dump.back();
    dump.foreignTarget().database().set(dump.foreignTarget().databases().getLast());
    dump.planDump();
    dump.land();
    assertThat(dump.step().get()).isInstanceOf(RestoreStep.Planned.class);
  }

  @Test
  void anArchiveOfAnotherStackOrOfAnybodyNeedsTheNameToo() {
    model.unlock(words("right"));
    model.target().stack().set("llm");
    model.plan();
    model.land();
    assertThat(model.step().get()).isInstanceOf(RestoreStep.Planned.class);
    model.back();
    model.target().stack().set("shop");
    model.target().unknownOrigin().set(true);
    model.plan();
    model.land();
    assertThat(model.step().get()).isInstanceOf(RestoreStep.Planned.class);
    model.typed().set("shop");
    model.land();
    assertThat(model.step().get()).isInstanceOf(RestoreStep.Landed.class);
  }

  @Test
  void aTarOfOthersIsUnpackedOnAYesAndNeverOverAStack() {
    RestoreModel tar = opened(ContentKind.TAR);
    tar.unlock(words("wrong"));
    assertThat(tar.step().get()).isInstanceOf(RestoreStep.Locked.class);
    tar.unlock(words("right"));
    tar.restoreInto(Path.of("/tmp/empty"));
    tar.plan();
    tar.planDump();
    assertThat(tar.step().get()).isInstanceOf(RestoreStep.Surveyed.class);
    tar.foreignTarget().knownMaker().set(true);
    tar.restoreInto(Path.of("/tmp/empty"));
    assertThat(tar.step().get()).isInstanceOf(RestoreStep.Unpacked.class);
    assertThat(desk.asked).containsExactly("survey", "unpack /tmp/empty");
  }

  @Test
  void aFileThatIsNotEncryptedNeedsNoPassphraseAndOneThatCannotBeReadLeadsNowhere() {
    desk.scriptedForeign.encrypted = false;
    assertThat(opened(ContentKind.TAR).step().get()).isInstanceOf(RestoreStep.Surveyed.class);
    desk.scriptedForeign.unreadable = ScriptedBackups.problem("GONE", "The disk is away");
    RestoreModel failed = opened(ContentKind.TAR);
    failed.back();
    assertThat(failed.step().get())
        .isInstanceOfSatisfying(RestoreStep.Failed.class, step -> assertThat(step.back()).isNull());
  }

  @Test
  void whatIsWrongWithAFileOfOthersIsShownAndNothingGoesOn() {
    desk.scriptedForeign.fault = ScriptedBackups.problem("ALTERED", "The file was altered");
    RestoreModel dump = opened(ContentKind.CUSTOM_DUMP);
    dump.unlock(words("right"));
    assertThat(dump.step().get())
        .isInstanceOfSatisfying(
            RestoreStep.Surveyed.class,
            step -> assertThat(ForeignTexts.obstacle(step.report()).code()).isEqualTo("ALTERED"));
    dump.foreignTarget().stack().set("shop");
    dump.foreignTarget().knownMaker().set(true);
    dump.planDump();
    dump.restoreInto(Path.of("/tmp/empty"));
    assertThat(dump.step().get()).isInstanceOf(RestoreStep.Surveyed.class);
    assertThat(desk.asked).containsExactly("survey");
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
    assertThat(model.step().get()).isInstanceOf(RestoreStep.Locked.class);
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
    assertThat(model.step().get()).isInstanceOf(RestoreStep.Preview.class);
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
            Path.of("/backups/shop.tar.zst.pgp"),
            List.of(),
            () -> {});
    work.remove().run();
    later.unlock(words("right"));
    work.remove().run();
    later.verify();
    work.remove().run();
    later.restoreInto(Path.of("/full"));
    List<RestoreStep> told = new ArrayList<>();
    later.close(told::add);
    assertThat(told).isEmpty();
    work.remove().run();
    assertThat(told)
        .singleElement()
        .isInstanceOfSatisfying(
            RestoreStep.Failed.class,
            step -> assertThat(step.problem().code()).isEqualTo("NOT-EMPTY"));
  }

  @Test
  void whoClosesTheFlowWhileNothingRunsIsToldNothing() {
    model.unlock(words("right"));
    List<RestoreStep> told = new ArrayList<>();
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
