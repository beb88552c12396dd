package dev.quayside.ui.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.quayside.common.Messages;
import dev.quayside.common.Outcome;
import dev.quayside.common.Secret;
import dev.quayside.stack.Stack;
import dev.quayside.stack.StackService;
import dev.quayside.stack.settings.EnvReceipt;
import dev.quayside.stack.settings.EnvTarget;
import dev.quayside.stack.settings.EnvVersion;
import dev.quayside.ui.fx.Background;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is noted stays noted, and is lost neither to others nor to another file. */
class EnvironmentModelTest {

  @TempDir Path folder;
  private final Background background = new Background(Runnable::run, Runnable::run);
  private RealEnvironment real;
  private EnvironmentModel model;

  @BeforeEach
  void aStack() throws Exception {
    real = new RealEnvironment(folder);
    model = new EnvironmentModel(real.desk(), background);
  }

  private void show(String content) throws Exception {
    real.write(".env", content);
    model.show(RealEnvironment.STACK);
  }

  private SettingRow row(String name) {
    return model.rows().stream().filter(row -> row.name().equals(name)).findFirst().orElseThrow();
  }

  private static PendingEdit.NewValue value(String name, String value) {
    return new PendingEdit.NewValue(name, Secret.owning(value.toCharArray()), value, false);
  }

  @Test
  void anAdoptedStackWithoutContainersShowsItsFileWithSecretsMasked() throws Exception {
    show("A=1\nAPI_KEY=zzsecret\nEMPTY=\n");
    assertThat(model.state().get()).isEqualTo(new EnvironmentModel.State.Ready("dream-server"));
    assertThat(model.files()).extracting(EnvTarget::name).containsExactly(".env");
    assertThat(model.rows()).extracting(SettingRow::name).containsExactly("A", "API_KEY", "EMPTY");
    assertThat(row("API_KEY").secret()).isTrue();
    assertThat(model.rows().toString()).doesNotContain("zzsecret");
  }

  @Test
  void withoutAStackNothingIsShownAndAnUnknownOneSaysWhy() {
    model.show(null);
    assertThat(model.state().get()).isEqualTo(new EnvironmentModel.State.NoStack());
    model.show("nobody");
    assertThat(model.state().get())
        .isInstanceOfSatisfying(
            EnvironmentModel.State.Failed.class,
            failed -> assertThat(failed.problem().code()).isEqualTo("STACK-UNKNOWN"));
  }

  @Test
  void whatIsNotedIsUnsavedAlsoWhileAnotherStackIsShown() throws Exception {
    show("A=1\nB=2\n");
    assertThat(model.unsaved()).isEmpty();
    model.note(value("A", "9"));
    model.note(new PendingEdit.Removed("B", false));
    model.show(null);
    assertThat(model.unsaved()).hasSize(1).containsValue(2);
    model.show(RealEnvironment.STACK);
    model.discard();
    assertThat(model.unsaved()).isEmpty();
  }

  @Test
  void notedChangesStandBesideWhatIsInTheFileAndCanBeTakenBack() throws Exception {
    show("A=1\nB=2\n");
    model.note(value("A", "9"));
    model.note(new PendingEdit.Removed("B", false));
    model.note(value("C", "3"));
    assertThat(row("A").was()).isEqualTo("1");
    assertThat(row("A").willBe()).isEqualTo("9");
    assertThat(model.rows())
        .extracting(SettingRow::state)
        .containsExactly(
            SettingRow.State.CHANGED, SettingRow.State.REMOVED, SettingRow.State.ADDED);
    assertThat(model.pending().get()).isEqualTo(3);
    model.undo("C");
    model.undo("B");
    assertThat(model.rows())
        .extracting(SettingRow::state)
        .containsExactly(SettingRow.State.CHANGED, SettingRow.State.SAVED);
    assertThat(Files.readString(real.file(".env"))).isEqualTo("A=1\nB=2\n");
  }

  @Test
  void aFileThatOthersChangedIsSaidAndLoadedAgainWithWhatStillMeansSomething() throws Exception {
    show("A=1\nB=2\nD=1\nD=2\n");
    model.note(value("A", "9"));
    model.note(new PendingEdit.Removed("B", false));
    model.note(new PendingEdit.LastKept("D"));
    real.write(".env", "A=5\nD=2\nE=6\n");
    model.reload();
    assertThat(model.shown().get().changedByOthers()).isTrue();
    assertThat(row("A").was()).isEqualTo("1");
    List<String> dropped = new ArrayList<>();
    model.loadAgain(dropped::addAll);
    assertThat(dropped).containsExactlyInAnyOrder("B", "D");
    assertThat(model.shown().get().changedByOthers()).isFalse();
    assertThat(row("A").was()).isEqualTo("5");
    assertThat(row("A").willBe()).isEqualTo("9");
    assertThat(row("E").was()).isEqualTo("6");
  }

  @Test
  void aFileThatOthersChangedIsTakenOverWhereNothingIsNoted() throws Exception {
    show("A=1\n");
    real.write(".env", "A=2\n");
    model.glance(background);
    assertThat(row("A").was()).isEqualTo("2");
    assertThat(model.shown().get().changedByOthers()).isFalse();
  }

  @Test
  void whatIsNotedForOneFileWaitsWhileAnotherIsShown() throws Exception {
    real.write(".env.prod", "A=1\n");
    show("A=1\n");
    model.note(value("A", "9"));
    EnvTarget active = model.files().getFirst();
    model.choose(model.files().getLast());
    assertThat(model.pending().get()).isZero();
    assertThat(row("A").state()).isEqualTo(SettingRow.State.SAVED);
    assertThat(model.pendingOf(active)).isEqualTo(1);
    model.choose(active);
    assertThat(row("A").willBe()).isEqualTo("9");
  }

  @Test
  void aListThatComesLateDoesNotLeaveTheFileThatWasChosenMeanwhile() throws Exception {
    real.write(".env.prod", "A=1\n");
    real.write(".env", "A=1\n");
    Deque<Runnable> work = new ArrayDeque<>();
    EnvironmentModel slow =
        new EnvironmentModel(real.desk(), new Background(work::add, Runnable::run));
    slow.show(RealEnvironment.STACK);
    work.remove().run();
    slow.reload();
    slow.choose(slow.files().getLast());
    work.remove().run();
    work.remove().run();
    assertThat(slow.shown().get().target()).isEqualTo(slow.files().getLast());
  }

  @Test
  void closingWipesWhatWasNoted() throws Exception {
    show("A=1\n");
    PendingEdit.NewValue noted = value("A", "9");
    model.note(noted);
    model.close();
    assertThat(noted.value()).hasToString("Secret(wiped)");
  }

  private EnvPreview preview(EnvWish wish) throws Exception {
    return ((Outcome.Done<EnvPreview>) real.desk().preview(wish)).receipt();
  }

  private Outcome<EnvReceipt> save(Asked asked) throws Exception {
    return real.desk().save(asked.copy(), preview(asked.copy()));
  }

  /** Says of a save that it ended with a problem and the file is as others left it. */
  private Outcome<EnvReceipt> notSaved(EnvTarget target) {
    return new Outcome.Attention<>(
        new EnvReceipt(
            "1",
            RealEnvironment.STACK,
            target.file(),
            EnvReceipt.Result.NOT_SAVED,
            List.of(),
            "",
            "",
            true,
            "",
            ""),
        Messages.of("env").problem("ENV-LEFT", target.file()));
  }

  @Test
  void whatWasNotSavedStaysNoted() throws Exception {
    show("A=1\n");
    PendingEdit.NewValue noted = value("A", "9");
    model.note(noted);
    Asked asked = model.ask();
    real.write(".env", "A=theirs\n");
    assertThat(model.ended(asked, notSaved(asked.target()))).isFalse();
    assertThat(model.pending().get()).isEqualTo(1);
    assertThat(noted.value()).hasToString("Secret(masked)");
    assertThat(model.shown().get().changedByOthers()).isTrue();
  }

  @Test
  void whatIsNotedWhileASaveRunsStaysNoted() throws Exception {
    show("A=1\nB=1\nC=1\n");
    model.note(value("A", "2"));
    model.note(value("B", "2"));
    Asked asked = model.ask();
    Outcome<EnvReceipt> saved = save(asked);
    model.note(value("B", "3"));
    model.note(new PendingEdit.Removed("C", false));
    assertThat(model.ended(asked, saved)).isTrue();
    assertThat(Files.readString(real.file(".env"))).isEqualTo("A=2\nB=2\nC=1\n");
    assertThat(model.shown().get().changedByOthers()).isFalse();
    assertThat(model.rows())
        .extracting(SettingRow::was, SettingRow::willBe, SettingRow::state)
        .containsExactly(
            tuple("2", null, SettingRow.State.SAVED),
            tuple("2", "3", SettingRow.State.CHANGED),
            tuple("1", null, SettingRow.State.REMOVED));
    Asked rest = model.ask();
    assertThat(model.ended(rest, save(rest))).isTrue();
    assertThat(Files.readString(real.file(".env"))).isEqualTo("A=2\nB=3\n");
    assertThat(model.pending().get()).isZero();
  }

  @Test
  void whatIsNotedSurvivesARestoreAsFarAsItMeansSomething() throws Exception {
    List<String> dropped = new ArrayList<>();
    model.whenDropped(dropped::addAll);
    real.write(".env.bak", "A=0\n");
    show("A=1\nB=1\n");
    model.note(value("A", "9"));
    model.note(new PendingEdit.Removed("B", false));
    EnvTarget target = model.files().getFirst();
    EnvVersion copy = real.desk().history(target).versions().getFirst();
    Asked asked = new Asked(new EnvWish.Restore(target, copy), List.of());
    assertThat(model.ended(asked, save(asked))).isTrue();
    assertThat(row("A").was()).isEqualTo("0");
    assertThat(row("A").willBe()).isEqualTo("9");
    assertThat(model.pending().get()).isEqualTo(1);
    assertThat(dropped).containsExactly("B");
    assertThat(model.shown().get().changedByOthers()).isFalse();
  }

  @Test
  void aRefusalIsSaidOfTheFileThatWasMeant() throws Exception {
    real.write(".env.prod", "A=1\n");
    show("A=1\n");
    EnvTarget active = model.files().getFirst();
    model.choose(model.files().getLast());
    model.foundChanged(active);
    assertThat(model.shown().get().changedByOthers()).isFalse();
    model.choose(model.files().getLast());
    model.foundChanged(model.files().getLast());
    assertThat(model.shown().get().changedByOthers()).isTrue();
  }

  @Test
  void allChangesOfAStackThatAreNotSavedAreCounted() throws Exception {
    real.write(".env.prod", "A=1\n");
    show("A=1\n");
    model.note(value("A", "9"));
    model.choose(model.files().getLast());
    model.note(value("A", "8"));
    model.note(value("B", "7"));
    assertThat(model.pendingOfStack(RealEnvironment.STACK)).isEqualTo(3);
    assertThat(model.pendingOfStack("another")).isZero();
  }

  @Test
  void containersThatChangeDoNotLeaveTheFileThatIsShown() throws Exception {
    real.write(".env.prod", "A=1\n");
    real.write(".env", "A=1\n");
    List<StackService> services = new ArrayList<>();
    EnvironmentDesk changing =
        (EnvironmentDesk)
            Proxy.newProxyInstance(
                EnvironmentDesk.class.getClassLoader(),
                new Class<?>[] {EnvironmentDesk.class},
                (proxy, method, arguments) ->
                    method.getName().equals("list")
                        ? with(services, real.desk().list(RealEnvironment.STACK))
                        : method.invoke(real.desk(), arguments));
    Deque<Runnable> work = new ArrayDeque<>();
    EnvironmentModel slow =
        new EnvironmentModel(changing, new Background(work::add, Runnable::run));
    slow.show(RealEnvironment.STACK);
    work.remove().run();
    slow.reload();
    slow.choose(slow.files().getLast());
    services.add(new StackService("web", List.of()));
    work.remove().run();
    work.remove().run();
    assertThat(slow.shown().get().target()).isEqualTo(slow.files().getLast());
    assertThat(slow.shown().get().target().name()).isEqualTo(".env.prod");
    assertThat(slow.shown().get().target().stack().services()).hasSize(1);
  }

  private static EnvListing with(List<StackService> services, EnvListing listing) {
    return new EnvListing(
        listing.files().stream()
            .map(one ->
                new EnvTarget(
                    new Stack(
                        one.stack().name(),
                        one.stack().kind(),
                        one.stack().era(),
                        one.stack().invocation(),
                        services),
                    one.file(),
                    one.name(),
                    one.role(),
                    one.readers()))
            .toList(),
        listing.sets(),
        listing.noSets(),
        listing.unlisted());
  }

  @Test
  void thatComposeCannotTellTheFilesOfServicesIsSaid() throws Exception {
    show("A=1\n");
    assertThat(model.shown().get().unlisted().happened()).contains("no configuration file");
  }
}
