package dev.quayside.ui.environment;

import dev.quayside.common.Subscription;
import dev.quayside.ui.dialog.LateNews;
import dev.quayside.ui.shell.Page;
import dev.quayside.ui.shell.PageSpec;
import dev.quayside.ui.shell.StackButtons;
import dev.quayside.ui.shell.StackChoice;
import dev.quayside.ui.shell.Workbench;
import dev.quayside.ui.theme.Icon;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ChangeListener;
import javafx.scene.Node;

/** Is the Environment page. */
public final class EnvironmentPage implements Page {

  private static final Duration BETWEEN_GLANCES = Duration.ofSeconds(5);

  private final Workbench workbench;
  private final EnvironmentModel model;
  private final HistoryModel historyModel;
  private final EnvironmentChanges changes;
  private final SettingsPane settings;
  private final HistoryPane history;
  private final SetsPane sets;
  private final EnvironmentView view;
  private final StackButtons stackButtons;
  private final LateNews news;
  private final Subscription actions;
  private final NotingEdits noting;
  private final SavingFiles saving;
  private final BooleanProperty editable = new SimpleBooleanProperty();
  private final BooleanProperty noted = new SimpleBooleanProperty();
  private final BooleanProperty older = new SimpleBooleanProperty();
  private final BooleanProperty other = new SimpleBooleanProperty();
  private final BooleanProperty open = new SimpleBooleanProperty();
  private final BooleanProperty changed = new SimpleBooleanProperty();
  private final ChangeListener<String> stackChosen = (source, before, now) -> read();
  private javafx.util.Subscription ticks = javafx.util.Subscription.EMPTY;
  private Instant glanced = Instant.MIN;
  private boolean read;

  /** Builds the page; nothing is read before it is seen. */
  public EnvironmentPage(Workbench workbench, EnvironmentDesk desk) {
    this.workbench = workbench;
    this.news = new LateNews(workbench.dialogs(), workbench.sheets());
    this.model = new EnvironmentModel(desk, workbench.background());
    this.historyModel = new HistoryModel(desk, workbench.background());
    this.changes = new EnvironmentChanges(desk, workbench.background(), workbench.jobs());
    EnvironmentActions all = actions();
    this.settings = new SettingsPane(model, all, model::undo);
    this.history = new HistoryPane(historyModel, workbench.clock(), all);
    this.sets = new SetsPane(model, all);
    this.stackButtons = new StackButtons(workbench.stacks());
    this.view =
        new EnvironmentView(
            model,
            all,
            settings,
            history,
            sets,
            changes.asking(),
            stackButtons,
            name -> noting().keepLast(name),
            () -> workbench.navigator().show("services"));
    this.noting = new NotingEdits(workbench, desk, model, settings);
    this.saving = new SavingFiles(workbench, model, historyModel, changes, news, history, sets);
    this.actions = workbench.actions().register(all.all());
    model.whenDropped(noting::sayDropped);
    follow();
  }

  private EnvironmentActions actions() {
    var idle = Bindings.and(changes.busy().not(), changes.asking().isEmpty());
    return new EnvironmentActions(
        EnvironmentActions.action("edit", Icon.EDIT, () -> noting.edit()).enabledWhen(editable),
        EnvironmentActions.action("add", Icon.ADD, () -> noting.add()).enabledWhen(open),
        EnvironmentActions.action("remove", Icon.REMOVE, () -> noting.remove())
            .enabledWhen(editable),
        EnvironmentActions.action("undo", Icon.UNDO, () -> noting.undo()).enabledWhen(noted),
        EnvironmentActions.action("discard", Icon.CLEAR, () -> noting.discard())
            .enabledWhen(model.pending().greaterThan(0)),
        EnvironmentActions.action("save", Icon.KEEP, () -> saving.save())
            .withKeys("Shortcut+S")
            .enabledWhen(Bindings.and(model.pending().greaterThan(0), idle)),
        EnvironmentActions.action("apply", Icon.RECREATE, () -> saving.apply())
            .enabledWhen(Bindings.and(open, idle)),
        EnvironmentActions.action("again", Icon.REFRESH, () -> noting.again()).enabledWhen(changed),
        EnvironmentActions.action("restore", Icon.RESTORE, () -> saving.restore())
            .enabledWhen(Bindings.and(older, idle)),
        EnvironmentActions.action("switch", Icon.ROTATE, () -> saving.change())
            .enabledWhen(Bindings.and(other, idle)));
  }

  private void follow() {
    settings
        .chosen()
        .subscribe(row -> {
          editable.set(row != null && row.state() != SettingRow.State.REMOVED);
          noted.set(row != null && row.state() != SettingRow.State.SAVED);
        });
    history.chosen().subscribe(version -> older.set(version != null));
    sets.chosen().subscribe(set -> other.set(set != null && !set.active()));
    model
        .shown()
        .subscribe((before, now) -> {
          open.set(now.view() != null && now.unreadable() == null);
          changed.set(now.changedByOthers());
          historyModel.show(now.target());
          saving.fileShown(now.target());
        });
    workbench.stacks().chosen().addListener(stackChosen);
  }

  /** Describes the page for the rail. */
  public static PageSpec spec(EnvironmentDesk desk) {
    return new PageSpec(
        "environment",
        EnvironmentText.of("title"),
        Icon.ENVIRONMENT,
        workbench -> new EnvironmentPage(workbench, desk));
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
    ticks.unsubscribe();
    ticks = workbench.status().subscribe(_ -> glance());
  }

  /** Others may write the file at any time; the window looks now and then while it is seen. */
  private void glance() {
    Instant now = workbench.clock().instant();
    if (Duration.between(glanced, now).compareTo(BETWEEN_GLANCES) >= 0 && !changes.busy().get()) {
      glanced = now;
      model.glance(workbench.background());
    }
  }

  @Override
  public void hidden() {
    news.pageShown(false);
    ticks.unsubscribe();
  }

  @Override
  public void open(String subject) {
    settings.choose(subject);
  }

  @Override
  public void refresh() {
    model.reload();
    historyModel.show(model.shown().get().target());
  }

  @Override
  public void find() {
    view.find();
  }

  @Override
  public List<String> unsaved() {
    return model.unsaved().entrySet().stream()
        .map(file ->
            EnvironmentText.of(
                "unsaved", file.getKey().name(), file.getKey().stack().name(), file.getValue()))
        .toList();
  }

  @Override
  public void close() {
    ticks.unsubscribe();
    workbench.stacks().chosen().removeListener(stackChosen);
    stackButtons.unfollow();
    actions.close();
    saving.drop();
    model.close();
  }

  private NotingEdits noting() {
    return noting;
  }

  private void read() {
    read = true;
    changes.forget();
    String chosen = workbench.stacks().chosen().get();
    model.show(chosen.equals(StackChoice.ALL) ? null : chosen);
  }
}
