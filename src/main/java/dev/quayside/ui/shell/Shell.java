package dev.quayside.ui.shell;

import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.common.Subscription;
import dev.quayside.exposure.status.StatusFeed;
import dev.quayside.exposure.status.StatusSnapshot;
import dev.quayside.ui.action.Action;
import dev.quayside.ui.action.Actions;
import dev.quayside.ui.dialog.Notices;
import dev.quayside.ui.dialog.Sheets;
import dev.quayside.ui.dialog.WindowDialogs;
import dev.quayside.ui.fx.Background;
import dev.quayside.ui.fx.FxFeed;
import dev.quayside.ui.fx.FxThread;
import dev.quayside.ui.fx.Jobs;
import dev.quayside.ui.theme.CanvasColours;
import dev.quayside.ui.theme.ThemeManager;
import java.time.InstantSource;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.geometry.Pos;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/**
 * Is the frame of the window: rail, host strip, page, status bar, and the layers for sheets and
 * notices above.
 */
public final class Shell implements Navigator, AutoCloseable {

  private final Messages messages = Messages.of("shell");
  private final ReadOnlyObjectWrapper<StatusSnapshot> status;
  private final Actions actions = new Actions();
  private final Sheets sheets = new Sheets();
  private final Notices notices = new Notices();
  private final CanvasColours colours = new CanvasColours();
  private final StackPane root = new StackPane();
  private final BorderPane frame = new BorderPane();
  private final StackChoice stacks = new StackChoice();
  private final List<PageSpec> pages;
  private final PageArea area;
  private final Rail rail;
  private final Workbench workbench;
  private final Subscription source;

  /**
   * Builds the frame; the first page is built with it.
   *
   * @param feed what to show; stays open when the shell is closed
   * @param pages in the order of the rail; at least one
   * @param theme dresses the scene
   * @param background runs work
   * @param clock the time
   * @param demo whether everything shown is scripted
   */
  public Shell(
      StatusFeed feed,
      List<PageSpec> pages,
      ThemeManager theme,
      Background background,
      InstantSource clock,
      boolean demo) {
    this.status = new ReadOnlyObjectWrapper<>(feed.feed().latest());
    this.pages = List.copyOf(pages);
    this.area = new PageArea(this.pages);
    this.rail = new Rail(messages.get("rail.name"), this.pages, this::show);
    Jobs jobs = new Jobs(background, FxThread.executor(), clock);
    WindowDialogs dialogs =
        new WindowDialogs(
            sheets, notices, () -> root.getScene() == null ? null : root.getScene().getWindow());
    this.workbench =
        new Workbench(
            status.getReadOnlyProperty(),
            stacks,
            feed.history(),
            actions,
            dialogs,
            sheets,
            jobs,
            background,
            this,
            theme,
            colours,
            clock,
            demo);
    assemble();
    registerPages();
    this.source = FxFeed.observe(feed.feed(), this::receive);
    show(this.pages.getFirst().id());
  }

  private void assemble() {
    root.setId("shell");
    root.getStyleClass().add("shell");
    frame.setLeft(rail);
    frame.setCenter(area);
    StackPane.setAlignment(notices.layer(), Pos.BOTTOM_RIGHT);
    root.getChildren().addAll(frame, notices.layer(), sheets.layer(), colours);
  }

  private void registerPages() {
    int number = 1;
    for (PageSpec page : pages) {
      Action action =
          Action.of(
              "page." + page.id(),
              messages.get("group.pages"),
              messages.get("action.page", page.title()),
              page.icon(),
              () -> show(page.id()));
      actions.register(number <= 9 ? action.withKeys("Shortcut+" + number) : action);
      number++;
    }
  }

  private void receive(StatusSnapshot snapshot) {
    stacks.learn(snapshot);
    status.set(snapshot);
  }

  /** Returns the root of the scene. */
  public Parent root() {
    return root;
  }

  /** Returns what pages are built with. */
  public Workbench workbench() {
    return workbench;
  }

  /** Puts the keys of all actions on {@code scene}. */
  public void install(Scene scene) {
    actions.install(scene);
  }

  /** Shows {@code problem} over whatever is shown. */
  public void problem(Problem problem) {
    workbench.dialogs().problem(problem);
  }

  @Override
  public void show(String id) {
    show(id, null);
  }

  @Override
  public void show(String id, @Nullable String subject) {
    area.show(id, workbench);
    rail.select(id);
    Page page = area.page();
    if (subject != null && page != null) {
      page.open(subject);
    }
  }

  @Override
  public void close() {
    source.close();
    area.close();
  }
}
