package dev.quayside.ui.shell;

import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.common.Subscription;
import dev.quayside.engine.Connection;
import dev.quayside.exposure.status.StatusFeed;
import dev.quayside.exposure.status.StatusSnapshot;
import dev.quayside.ui.action.Actions;
import dev.quayside.ui.dialog.Notices;
import dev.quayside.ui.dialog.Sheets;
import dev.quayside.ui.dialog.WindowDialogs;
import dev.quayside.ui.fx.Background;
import dev.quayside.ui.fx.FxFeed;
import dev.quayside.ui.fx.FxThread;
import dev.quayside.ui.fx.Jobs;
import dev.quayside.ui.theme.CanvasColours;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.ThemeManager;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * Is the frame of the window: rail, host strip, page, status bar, and the layers for jobs, notices
 * and sheets above. Belongs to the FX thread.
 */
public final class Shell implements Navigator, AutoCloseable {

  private static final PseudoClass STALE = PseudoClass.getPseudoClass("stale");

  private final Messages messages = Messages.of("shell");
  private final ReadOnlyObjectWrapper<StatusSnapshot> status;
  private final Sheets sheets = new Sheets();
  private final Notices notices = new Notices();
  private final StackPane root = new StackPane();
  private final PageArea area;
  private final Rail rail;
  private final Workbench workbench;
  private final HostStrip strip;
  private final StatusStrip bar;
  private final ConnectionBanner banner;
  private final JobsPanel jobsPanel;
  private final StatusFeed feed;
  private final Subscription source;
  private boolean seen = true;

  /**
   * Builds the frame; the first page is built with it.
   *
   * @param feed what to show; stays open when the shell is closed
   * @param pages in the order of the rail; at least one
   * @param theme dresses the scene
   * @param clock the time
   * @param demo whether everything shown is scripted
   * @param retry tries at once to reach the engine again
   * @param quit asks to end the program
   */
  public Shell(
      StatusFeed feed,
      List<PageSpec> pages,
      ThemeManager theme,
      InstantSource clock,
      boolean demo,
      Runnable retry,
      Runnable quit) {
    this.feed = feed;
    this.status = new ReadOnlyObjectWrapper<>(feed.feed().latest());
    this.area = new PageArea(pages);
    this.rail = new Rail(messages.get("rail.name"), pages, this::show);
    this.workbench = workbench(feed, theme, clock, demo);
    this.jobsPanel = new JobsPanel(messages, workbench.jobs(), this::problem);
    ShellActions actions = new ShellActions(messages, workbench, retry, quit);
    actions.registerPages(pages);
    actions.registerWindow(this::onPage, this::toggleJobs);
    jumps(actions, pages);
    this.strip =
        new HostStrip(
            messages,
            workbench,
            new StackSwitcher(messages, workbench.stacks()),
            workbench.actions().get("window.palette"),
            workbench.colours());
    this.bar = new StatusStrip(messages, workbench.jobs(), this::toggleJobs);
    this.banner =
        new ConnectionBanner(messages, workbench.actions().get("window.retry"), this::problem);
    assemble();
    this.source = FxFeed.observe(feed.feed(), this::receive);
    workbench.stacks().chosen().addListener((chosen, before, now) -> receive(status.get()));
    receive(feed.feed().latest());
    show(pages.getFirst().id());
  }

  private Workbench workbench(
      StatusFeed feed, ThemeManager theme, InstantSource clock, boolean demo) {
    Background background = Background.onVirtualThreads();
    WindowDialogs dialogs =
        new WindowDialogs(
            sheets, notices, () -> root.getScene() == null ? null : root.getScene().getWindow());
    return new Workbench(
        status.getReadOnlyProperty(),
        new StackChoice(),
        feed.history(),
        new Actions(),
        dialogs,
        sheets,
        new Jobs(background, FxThread.executor(), clock),
        background,
        this,
        theme,
        new CanvasColours(),
        clock,
        demo);
  }

  private static void jumps(ShellActions actions, List<PageSpec> pages) {
    for (PageSpec page : pages) {
      if (page.id().equals("logs")) {
        actions.registerJump("logs", "Shortcut+L", Icon.LOGS);
      } else if (page.id().equals("settings")) {
        actions.registerJump("settings", "Shortcut+Comma", Icon.SETTINGS);
      }
    }
  }

  private void assemble() {
    root.setId("shell");
    root.getStyleClass().add("shell");
    VBox centre = new VBox(banner, area);
    VBox.setVgrow(area, Priority.ALWAYS);
    BorderPane frame = new BorderPane(centre, strip, null, bar, rail);
    frame.setId("frame");
    StackPane.setAlignment(jobsPanel, Pos.BOTTOM_RIGHT);
    StackPane.setAlignment(notices.layer(), Pos.BOTTOM_RIGHT);
    root.getChildren()
        .addAll(frame, jobsPanel, notices.layer(), sheets.layer(), workbench.colours());
    root.addEventHandler(KeyEvent.KEY_TYPED, this::questionMark);
  }

  /** Opens the sheet of keys on a question mark that nobody typed into a field. */
  private void questionMark(KeyEvent event) {
    boolean typing = event.getTarget() instanceof TextInputControl;
    if (event.getCharacter().equals("?") && !typing && !sheets.showing().get()) {
      event.consume();
      workbench.actions().get("window.keys").run();
    }
  }

  private void receive(StatusSnapshot snapshot) {
    workbench.stacks().learn(snapshot);
    root.pseudoClassStateChanged(STALE, snapshot.connection() instanceof Connection.Lost);
    if (seen) {
      strip.show(snapshot, workbench.stacks());
      bar.show(snapshot);
      banner.show(snapshot.connection(), snapshot.at());
    }
    status.set(snapshot);
  }

  private void toggleJobs() {
    jobsPanel.toggle();
  }

  private void onPage(Consumer<Page> what) {
    Page page = area.page();
    if (page != null) {
      what.accept(page);
    }
  }

  /** Shows the newest there is at once, without waiting for the hop to this thread. */
  public void catchUp() {
    receive(feed.feed().latest());
  }

  /** Returns the root of the scene. */
  public Parent root() {
    return root;
  }

  /** Returns what pages are built with. */
  public Workbench workbench() {
    return workbench;
  }

  /** Returns the id of the page that is shown. */
  public String page() {
    return area.current().get();
  }

  /** Puts the keys of all actions on {@code scene}; they rest while a sheet is open. */
  public void install(Scene scene) {
    workbench.actions().install(scene, sheets.showing());
  }

  /**
   * Tells the frame and the page that is shown whether the window can be seen. While it cannot, the
   * status is followed but nothing is painted.
   */
  public void windowSeen(boolean visible) {
    boolean appears = visible && !seen;
    seen = visible;
    if (appears) {
      receive(status.get());
    }
    area.windowSeen(visible);
  }

  /** Shows the version of Compose in the status bar. */
  public void compose(String version) {
    bar.compose(version);
    bar.show(status.get());
  }

  /** Shows {@code problem} over whatever is shown. */
  public void problem(Problem problem) {
    workbench.dialogs().problem(problem);
  }

  @Override
  public void show(String id) {
    open(id, null);
  }

  @Override
  public void show(String id, String subject) {
    open(id, subject);
  }

  private void open(String id, @Nullable String subject) {
    area.show(id, workbench);
    rail.select(area.current().get());
    Page page = area.page();
    if (subject != null && page != null && area.current().get().equals(id)) {
      page.open(subject);
    }
  }

  /** Tells for people what of all pages would be lost if the window closed now. */
  public List<String> unsaved() {
    return area.unsaved();
  }

  /** Returns the page's node that pictures are taken of and tests walk through. */
  public Node pageNode() {
    return area;
  }

  @Override
  public void close() {
    source.close();
    area.close();
  }
}
