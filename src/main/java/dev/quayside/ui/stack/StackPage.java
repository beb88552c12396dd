package dev.quayside.ui.stack;

import dev.quayside.common.Problem;
import dev.quayside.common.Subscription;
import dev.quayside.exposure.status.StatusSnapshot;
import dev.quayside.stack.AdoptedStack;
import dev.quayside.ui.action.Action;
import dev.quayside.ui.dialog.Confirmation;
import dev.quayside.ui.dialog.FileQuestion;
import dev.quayside.ui.dialog.LateNews;
import dev.quayside.ui.dialog.Notice;
import dev.quayside.ui.shell.Page;
import dev.quayside.ui.shell.PageSpec;
import dev.quayside.ui.shell.StackButtons;
import dev.quayside.ui.shell.StackChoice;
import dev.quayside.ui.shell.Workbench;
import dev.quayside.ui.theme.Icon;
import java.nio.file.Path;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ChangeListener;
import javafx.scene.Node;

/** Is the Stack page. */
public final class StackPage implements Page {

  private final Workbench workbench;
  private final StackModel model;
  private final StackView view;
  private final StackButtons stackButtons;
  private final LateNews news;
  private final BooleanProperty forgettable = new SimpleBooleanProperty();
  private final Subscription actions;
  private final ChangeListener<String> stackChosen = (source, before, now) -> chosen();
  private final ChangeListener<StatusSnapshot> follow = (source, before, now) -> follow(now);
  private boolean visible;

  /** Builds the page; nothing is read before it is seen. */
  public StackPage(Workbench workbench, StackDesk desk) {
    this.workbench = workbench;
    this.news = new LateNews(workbench.dialogs(), workbench.sheets());
    this.model = new StackModel(desk, workbench.background(), workbench.clock());
    Action adopt =
        Action.of(
                "stack.adopt",
                StackText.of("title"),
                StackText.of("action.adopt"),
                Icon.ADD,
                this::chooseFolder)
            .enabledWhen(model.doing().isEmpty());
    Action forget =
        Action.of(
                "stack.forget",
                StackText.of("title"),
                StackText.of("action.forget"),
                Icon.REMOVE,
                this::forget)
            .enabledWhen(model.doing().isEmpty().and(forgettable));
    this.stackButtons = new StackButtons(workbench.stacks());
    this.view =
        new StackView(
            model,
            adopt,
            forget,
            container -> workbench.navigator().show("services", container),
            () -> workbench.navigator().show("environment"),
            stackButtons,
            () -> workbench.dialogs().notice(Notice.info(StackText.of("notice.copied"))));
    this.actions = workbench.actions().register(adopt, forget);
    model
        .state()
        .subscribe(state ->
            forgettable.set(
                state instanceof StackModel.State.Ready ready && ready.shown().adopted()));
    workbench.stacks().chosen().addListener(stackChosen);
    chosen();
  }

  /** Describes the page for the rail. */
  public static PageSpec spec(StackDesk desk) {
    return new PageSpec(
        "stack", StackText.of("title"), Icon.STACK, workbench -> new StackPage(workbench, desk));
  }

  @Override
  public Node view() {
    return view;
  }

  @Override
  public void shown() {
    visible = true;
    news.pageShown(true);
    workbench.status().addListener(follow);
    follow(workbench.status().get());
    model.reload();
  }

  @Override
  public void hidden() {
    visible = false;
    news.pageShown(false);
    workbench.status().removeListener(follow);
  }

  @Override
  public void refresh() {
    model.refresh();
  }

  @Override
  public void close() {
    workbench.stacks().chosen().removeListener(stackChosen);
    stackButtons.unfollow();
    actions.close();
  }

  /** Turns to the chosen stack; nobody waits for its reading while the page is hidden. */
  private void chosen() {
    String chosen = workbench.stacks().chosen().get();
    model.choose(chosen.equals(StackChoice.ALL) ? null : chosen);
    if (visible) {
      model.reload();
      follow(workbench.status().get());
    }
  }

  private void follow(StatusSnapshot snapshot) {
    model.tick();
    view.show(workbench.stacks().services(snapshot));
  }

  private void chooseFolder() {
    workbench
        .dialogs()
        .choose(
            new FileQuestion(
                StackText.of("chooser.title"), FileQuestion.Kind.FOLDER, null, "", "", List.of()),
            this::look);
  }

  private void look(Path folder) {
    model.look(
        folder,
        candidate ->
            news.answered(
                Notice.Tone.INFO,
                StackText.of("notice.found", candidate.title()),
                StackText.of("notice.look"),
                () -> AdoptSheet.show(workbench.sheets(), candidate, name -> adopt(folder, name))),
        this::failed);
  }

  private void adopt(Path folder, String name) {
    model.adopt(folder, name, this::adopted, this::failed);
  }

  private void adopted(AdoptedStack stack) {
    workbench.stacks().choose(stack.project());
    model.reload();
    workbench
        .dialogs()
        .notice(
            new Notice(Notice.Tone.GOOD, StackText.of("notice.adopted", stack.name()), null, null));
  }

  private void forget() {
    if (!(model.state().get() instanceof StackModel.State.Ready ready)) {
      return;
    }
    String name = ready.stack();
    workbench
        .dialogs()
        .confirm(
            Confirmation.recoverable(
                StackText.of("forget.title", name),
                StackText.of("forget.text"),
                List.of(),
                StackText.of("forget.go", name)),
            () -> model.forget(name, () -> forgotten(ready), this::failed));
  }

  private void forgotten(StackModel.State.Ready ready) {
    boolean present =
        ready.shown().picture().services().stream()
            .anyMatch(service -> !service.containers().isEmpty());
    // By now the operator may have chosen another one.
    if (workbench.stacks().chosen().get().equals(ready.stack())) {
      if (present) {
        model.reload();
      } else {
        workbench.stacks().choose(StackChoice.ALL);
      }
    }
    workbench.dialogs().notice(Notice.info(StackText.of("notice.forgotten", ready.stack())));
  }

  private void failed(Problem problem) {
    workbench.dialogs().problem(problem);
  }
}
