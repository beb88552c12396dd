package dev.quayside.ui.services;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.Secret;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerInspection;
import dev.quayside.exposure.status.StackStatus;
import dev.quayside.stack.LifecycleReceipt;
import dev.quayside.stack.LifecycleRequest.Action;
import dev.quayside.stack.ProfileSet;
import dev.quayside.ui.dialog.Confirmation;
import dev.quayside.ui.dialog.Dialogs;
import dev.quayside.ui.dialog.FileQuestion;
import dev.quayside.ui.dialog.Notice;
import dev.quayside.ui.dialog.SecretQuestion;
import dev.quayside.ui.fx.Background;
import dev.quayside.ui.fx.Jobs;
import dev.quayside.ui.guard.Snapshots;
import dev.quayside.ui.table.ServiceRow;
import dev.quayside.ui.table.ServiceRows;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What the Services page asks before it does something. Everything runs at once here. */
final class ServicesModelTest implements ServicesBackend, Dialogs {

  private static final Problem DOWN =
      new Problem("DOWN", "Engine down", "It is down.", "Nothing.", "Start it.", null, "");

  private final List<String> changes = new ArrayList<>();
  private final List<Confirmation> asked = new ArrayList<>();
  private final List<Notice> notices = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final Background background = new Background(Runnable::run, Runnable::run);
  private final ServicesModel model =
      new ServicesModel(
          this,
          this,
          new Jobs(background, Runnable::run, InstantSource.fixed(Snapshots.MOMENT)),
          background);
  private boolean agree = true;
  private boolean fail;
  private Problem refusal;

  private static List<ServiceRow> rows(int count) {
    ServiceRows rows = new ServiceRows();
    List<StackStatus> stacks = Snapshots.demo().stacks();
    rows.update(stacks, row -> row.stack().equals("dream-server"));
    return List.copyOf(rows.rows().subList(0, count));
  }

  @Test
  void startingAsksNothing() {
    model.change(Action.START, rows(4));
    assertThat(asked).isEmpty();
    assertThat(changes).hasSize(1).first().asString().startsWith("START dream-server");
  }

  @Test
  void stoppingAFewIsDoneAtOnceAndCanBeUndone() {
    model.change(Action.STOP, rows(2));
    assertThat(asked).isEmpty();
    Notice undo = notices.getFirst();
    assertThat(undo.action()).isNotNull();
    undo.action().run();
    assertThat(changes).hasSize(2);
    assertThat(changes.getLast()).startsWith("START");
  }

  @Test
  void whatDidNotRunIsNotStoppedAndNotStartedByUndo() {
    List<ServiceRow> two = mixed();
    model.change(Action.STOP, two);
    assertThat(changes).containsExactly("STOP llm-infrastructure llama_0");
    assertThat(notices.getFirst().text()).isEqualTo("Stopped llama_0");
    Runnable undo = notices.getFirst().action();
    assertThat(undo).isNotNull();
    undo.run();
    assertThat(changes.getLast()).isEqualTo("START llm-infrastructure llama_0");

    model.change(Action.STOP, List.of(two.getLast()));
    assertThat(changes).hasSize(2);
  }

  /** Returns one service that runs and one that does not. */
  private static List<ServiceRow> mixed() {
    ServiceRows rows = new ServiceRows();
    rows.update(
        Snapshots.demo().stacks(), row -> List.of("llama_0", "qwen_1").contains(row.name()));
    return List.copyOf(rows.rows());
  }

  @Test
  void stoppingManyAndRecreatingAnyAreAskedFirst() {
    agree = false;
    model.change(Action.STOP, rows(4));
    model.change(Action.RECREATE, rows(1));
    assertThat(changes).isEmpty();
    assertThat(asked).hasSize(2);

    agree = true;
    model.change(Action.RECREATE, rows(1));
    assertThat(changes).hasSize(1);
    assertThat(asked.getLast().points()).containsExactly(rows(1).getFirst().name());
  }

  @Test
  void nothingSelectedIsNothingDone() {
    model.change(Action.RECREATE, List.of());
    assertThat(asked).isEmpty();
    assertThat(changes).isEmpty();
  }

  @Test
  void aFailureIsToldWithItsProblemOneClickAway() {
    fail = true;
    model.change(Action.START, rows(1));
    assertThat(notices.getFirst().tone()).isEqualTo(Notice.Tone.BAD);
    assertThat(problems).isEmpty();
    assertThat(notices.getFirst().action()).isNotNull();
    notices.getFirst().action().run();
    assertThat(problems).containsExactly(DOWN);
  }

  @Test
  void detailsThatCannotBeReadAreAProblemAndNoOldDetails() {
    model.inspect(rows(1).getFirst().id());
    assertThat(model.inspection().get()).isNull();
    assertThat(model.inspectionProblem().get()).isEqualTo(DOWN);
    model.inspectNothing();
    assertThat(model.inspectionProblem().get()).isNull();
  }

  @Test
  void missingSecretsAreNamedAndMadeOnlyAfterAsking() {
    refusal =
        new Problem(
            "SECRETS-MISSING", "Secrets", "Unset.", "Nothing.", "Make.", null, "A_KEY, B_KEY");
    model.startStack("dream-server");
    assertThat(asked.getFirst().points()).containsExactly("A_KEY", "B_KEY");
    assertThat(asked.getFirst().confirm()).isEqualTo("Generate 2 secrets and start");
    assertThat(changes)
        .containsExactly("UP dream-server ", "UP dream-server  generate")
        .as("not asked again")
        .hasSize(2);
    assertThat(asked).hasSize(1);
    assertThat(notices).hasSize(1);
  }

  @Test
  void aModelIsSwappedOnlyAfterAsking() {
    refusal = new Problem("GPU-TAKEN", "Taken", "It runs.", "Nothing.", "Stop.", null, "llama_0");
    agree = false;
    model.change(Action.START, rows(1));
    assertThat(changes).hasSize(1);
    assertThat(asked.getFirst().confirm())
        .isEqualTo("Stop llama_0 and start " + rows(1).getFirst().name());
    agree = true;
    model.change(Action.START, rows(1));
    assertThat(changes.getLast()).endsWith(" swap");
  }

  @Test
  void aProfileNamesWhatItTouches() {
    ProfileSet.Profile voice =
        new ProfileSet.Profile(
            "voice", List.of("stt", "tts"), List.of("tts"), ProfileSet.State.PART);
    model.startProfile("dream-server", voice);
    model.stopProfile("dream-server", voice);
    assertThat(asked.getFirst().points()).containsExactly("stt", "tts");
    assertThat(asked.getFirst().confirm()).isEqualTo("Start 2 services");
    assertThat(asked.getLast().points()).containsExactly("tts");
    assertThat(changes).containsExactly("UP dream-server stt,tts", "STOP dream-server tts");
  }

  @Override
  public ContainerInspection inspect(ContainerId id) throws ProblemException {
    throw new ProblemException(DOWN);
  }

  @Override
  public Outcome<LifecycleReceipt> change(
      Action action, String stack, List<String> services, Extras extras, Progress progress)
      throws ProblemException {
    changes.add(
        action
            + " "
            + stack
            + " "
            + String.join(",", services)
            + (extras.swap() ? " swap" : "")
            + (extras.generate() ? " generate" : ""));
    if (refusal != null) {
      return new Outcome.Refused<>(refusal);
    }
    if (fail) {
      throw new ProblemException(DOWN);
    }
    return new Outcome.Done<>(new LifecycleReceipt(action, stack, List.of(), List.of(), "head"));
  }

  @Override
  public List<ProfileSet.Profile> profiles(String stack) {
    return List.of();
  }

  @Override
  public void browse(String url) {}

  @Override
  public void confirm(Confirmation question, Runnable confirmed) {
    asked.add(question);
    if (agree) {
      confirmed.run();
    }
  }

  @Override
  public void problem(Problem problem) {
    problems.add(problem);
  }

  @Override
  public void askSecret(SecretQuestion question, Consumer<? super Secret> answered) {}

  @Override
  public void choose(FileQuestion question, Consumer<? super Path> chosen) {}

  @Override
  public void notice(Notice notice) {
    notices.add(notice);
  }
}
