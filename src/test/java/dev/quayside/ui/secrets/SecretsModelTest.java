package dev.quayside.ui.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Outcome;
import dev.quayside.secrets.RotationPlan;
import dev.quayside.secrets.SecretStatus;
import dev.quayside.ui.fx.Background;
import dev.quayside.ui.fx.Jobs;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretsModelTest {

  private final ScriptedSecrets desk = new ScriptedSecrets();
  private final Background background = new Background(Runnable::run, Runnable::run);
  private final Jobs jobs = new Jobs(background, Runnable::run, InstantSource.system());
  private final SecretsModel model = new SecretsModel(desk, background, jobs);
  private final List<String> told = new ArrayList<>();

  @Test
  void withoutAStackNothingIsAsked() {
    model.show(null);
    assertThat(model.state().get()).isEqualTo(new SecretsModel.State.NoStack());
    assertThat(desk.asked).isEmpty();
  }

  @Test
  void theSecretsOfTheChosenStackAreListedWithItsReceipts() {
    model.show("dream-server");
    assertThat(model.state().get()).isEqualTo(new SecretsModel.State.Ready("dream-server"));
    assertThat(model.secrets()).hasSizeGreaterThan(5);
    assertThat(desk.asked).containsExactly("list dream-server", "receipts dream-server");
  }

  @Test
  void aListThatCannotBeReadSaysWhy() {
    desk.broken = true;
    model.show("dream-server");
    assertThat(model.state().get())
        .isInstanceOfSatisfying(
            SecretsModel.State.Failed.class,
            failed -> assertThat(failed.problem().code()).isEqualTo("BROKEN"));
  }

  @Test
  void aPlanIsMadeBeforeAnythingIsRotatedAndTheReceiptIsListedAfterwards() {
    model.show("dream-server");
    SecretStatus secret =
        model.secrets().stream().filter(SecretStatus::rotatable).findFirst().orElseThrow();
    List<RotationPlan> plans = new ArrayList<>();
    model.plan(secret, plans::add, problem -> told.add(problem.code()));
    assertThat(desk.asked).last().asString().startsWith("plan");
    assertThat(model.receipts()).isEmpty();

    model.rotate(
        plans.getFirst(),
        receipt -> told.add("proven"),
        attention -> told.add("attention"),
        problem -> told.add(problem.code()));
    assertThat(told).containsExactly("proven");
    assertThat(model.receipts()).hasSize(1);
    assertThat(jobs.ended())
        .singleElement()
        .extracting(job -> job.title())
        .asString()
        .contains(secret.name());
  }

  @Test
  void whileAPlanIsMadeItIsSaidAndTheAnswerForAnotherStackIsDropped() {
    Deque<Runnable> work = new ArrayDeque<>();
    SecretsModel slow = new SecretsModel(desk, new Background(work::add, Runnable::run), jobs);
    slow.show("dream-server");
    work.remove().run();
    slow.plan(slow.secrets().getFirst(), plan -> told.add("plan"), problem -> told.add("no"));
    assertThat(slow.planning().get()).isEqualTo(slow.secrets().getFirst().name());
    work.remove().run();
    assertThat(slow.planning().get()).isNull();
    assertThat(told).containsExactly("plan");

    slow.plan(slow.secrets().getFirst(), plan -> told.add("late"), problem -> told.add("no"));
    slow.show("other");
    assertThat(slow.planning().get()).isNull();
    work.forEach(Runnable::run);
    assertThat(told).containsExactly("plan");
  }

  @Test
  void onlyTheNewestPlanIsCarriedOutAndOnlyOnce() {
    model.show("dream-server");
    List<RotationPlan> plans = new ArrayList<>();
    model.plan(model.secrets().get(0), plans::add, problem -> told.add(problem.code()));
    model.plan(model.secrets().get(1), plans::add, problem -> told.add(problem.code()));
    assertThat(model.current(plans.get(0))).isFalse();
    rotate(plans.get(0));
    assertThat(desk.asked).doesNotContain("run");

    assertThat(model.current(plans.get(1))).isTrue();
    rotate(plans.get(1));
    rotate(plans.get(1));
    assertThat(desk.asked).containsOnlyOnce("run");
    assertThat(told).containsExactly("proven");
  }

  private void rotate(RotationPlan plan) {
    model.rotate(
        plan,
        receipt -> told.add("proven"),
        attention -> told.add("attention"),
        problem -> told.add(problem.code()));
  }

  @Test
  void aRotationThatFailedTellsWhatWasPutBack() {
    desk.outcome = Outcome.class;
    model.show("dream-server");
    SecretStatus secret = model.secrets().getFirst();
    List<RotationPlan> plans = new ArrayList<>();
    model.plan(secret, plans::add, problem -> told.add(problem.code()));
    model.rotate(
        plans.getFirst(),
        receipt -> told.add("proven"),
        attention -> told.add("attention"),
        problem -> told.add(problem.unchanged()));
    assertThat(told).singleElement().asString().contains("put back");
  }

  @Test
  void aRefusedPlanChangesNothingAndSaysWhy() {
    desk.refuse = true;
    model.show("dream-server");
    model.plan(
        model.secrets().getFirst(), plan -> told.add("plan"), problem -> told.add(problem.code()));
    assertThat(told).containsExactly("REFUSED");
  }

  @Test
  void everyClassAndFlagHasItsWords() {
    for (var one : dev.quayside.catalogue.RotationClass.values()) {
      assertThat(SecretsText.classOf(one)).isNotBlank();
      assertThat(SecretsText.meaning(one)).endsWith(".");
    }
    for (var one : dev.quayside.secrets.SecretFlag.values()) {
      assertThat(SecretsText.flag(one)).isNotBlank();
    }
  }

  @Test
  void theButtonNamesWhatItDoes() {
    assertThat(SecretsText.rotateButton("KEY", 4)).isEqualTo("Rotate KEY and recreate 4 services");
    assertThat(SecretsText.rotateButton("KEY", 1)).isEqualTo("Rotate KEY and recreate 1 service");
  }
}
