package dev.quayside.ui.secrets;

import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.Subscription;
import dev.quayside.secrets.RotationPlan;
import dev.quayside.secrets.RotationReceipt;
import dev.quayside.secrets.SecretStatus;
import dev.quayside.ui.action.Action;
import dev.quayside.ui.dialog.LateNews;
import dev.quayside.ui.dialog.Notice;
import dev.quayside.ui.shell.Page;
import dev.quayside.ui.shell.PageSpec;
import dev.quayside.ui.shell.StackButtons;
import dev.quayside.ui.shell.StackChoice;
import dev.quayside.ui.shell.Workbench;
import dev.quayside.ui.theme.Icon;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ChangeListener;
import javafx.scene.Node;

/** Is the Secrets page. */
public final class SecretsPage implements Page {

  private final Workbench workbench;
  private final SecretsModel model;
  private final SecretsView view;
  private final StackButtons stackButtons;
  private final LateNews news;
  private final BooleanProperty rotatable = new SimpleBooleanProperty();
  private final Subscription actions;
  private final ChangeListener<String> stackChosen = (source, before, now) -> read();
  private boolean read;

  /** Builds the page; nothing is read before it is seen. */
  public SecretsPage(Workbench workbench, SecretsDesk desk) {
    this.workbench = workbench;
    this.news = new LateNews(workbench.dialogs(), workbench.sheets());
    this.model = new SecretsModel(desk, workbench.background(), workbench.jobs());
    Action rotate =
        Action.of(
                "secrets.rotate",
                SecretsText.of("title"),
                SecretsText.of("action.rotate"),
                Icon.ROTATE,
                this::plan)
            .enabledWhen(rotatable);
    this.stackButtons = new StackButtons(workbench.stacks());
    this.view =
        new SecretsView(
            model,
            workbench.clock(),
            rotate,
            receipt -> ReceiptSheet.show(workbench.sheets(), receipt),
            stackButtons);
    this.actions = workbench.actions().register(rotate);
    view.chosen().subscribe(secret -> allow());
    model.rotating().subscribe(job -> allow());
    model.planning().subscribe(name -> allow());
    workbench.stacks().chosen().addListener(stackChosen);
  }

  /** Describes the page for the rail. */
  public static PageSpec spec(SecretsDesk desk) {
    return new PageSpec(
        "secrets",
        SecretsText.of("title"),
        Icon.SECRETS,
        workbench -> new SecretsPage(workbench, desk));
  }

  @Override
  public Node view() {
    return view;
  }

  @Override
  public void shown() {
    news.pageShown(true);
    if (read) {
      model.reload();
    } else {
      read();
    }
  }

  @Override
  public void hidden() {
    news.pageShown(false);
  }

  @Override
  public void open(String subject) {
    view.choose(subject);
  }

  @Override
  public void refresh() {
    model.reload();
  }

  @Override
  public void close() {
    workbench.stacks().chosen().removeListener(stackChosen);
    stackButtons.unfollow();
    actions.close();
  }

  private void read() {
    read = true;
    String chosen = workbench.stacks().chosen().get();
    model.show(chosen.equals(StackChoice.ALL) ? null : chosen);
  }

  // One after the other: the plan of a second change would be old when its turn comes.
  private void allow() {
    SecretStatus secret = view.chosen().getValue();
    rotatable.set(
        secret != null
            && secret.rotatable()
            && model.rotating().get() == null
            && model.planning().get() == null);
  }

  private void plan() {
    SecretStatus secret = view.chosen().getValue();
    if (secret != null) {
      model.plan(secret, plan -> planned(secret.name(), plan), this::notPlanned);
    }
  }

  private void planned(String name, RotationPlan plan) {
    news.answered(
        Notice.Tone.INFO,
        SecretsText.of("notice.planned", name),
        SecretsText.of("notice.plan"),
        () -> PlanSheet.show(workbench.sheets(), plan, () -> rotate(plan)));
  }

  private void notPlanned(Problem problem) {
    news.answered(Notice.Tone.WARN, problem.title(), details(), explain(problem));
  }

  private void rotate(RotationPlan plan) {
    if (!model.current(plan)) {
      workbench
          .dialogs()
          .notice(new Notice(Notice.Tone.WARN, SecretsText.of("notice.old-plan"), null, null));
      return;
    }
    model.rotate(plan, this::proven, this::unproven, this::failed);
  }

  private void proven(RotationReceipt receipt) {
    news.ended(
        Notice.Tone.GOOD,
        SecretsText.of("notice.done"),
        SecretsText.of("notice.receipt"),
        () -> ReceiptSheet.show(workbench.sheets(), receipt));
  }

  private void unproven(Outcome.Attention<RotationReceipt> attention) {
    news.ended(
        Notice.Tone.WARN,
        attention.problem().title(),
        details(),
        () -> {
          ReceiptSheet.show(workbench.sheets(), attention.receipt());
          workbench.dialogs().problem(attention.problem());
        });
  }

  private void failed(Problem problem) {
    news.ended(Notice.Tone.BAD, problem.title(), details(), explain(problem));
  }

  private static String details() {
    return SecretsText.of("notice.details");
  }

  private Runnable explain(Problem problem) {
    return () -> workbench.dialogs().problem(problem);
  }
}
