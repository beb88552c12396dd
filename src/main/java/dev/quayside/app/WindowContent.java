package dev.quayside.app;

import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.common.Settings;
import dev.quayside.common.Settings.WindowPlace;
import dev.quayside.common.Subscription;
import dev.quayside.exposure.status.Pace;
import dev.quayside.exposure.status.StatusSnapshot;
import dev.quayside.ui.dialog.Notice;
import dev.quayside.ui.fx.Background.Work;
import dev.quayside.ui.fx.FxThread;
import dev.quayside.ui.fx.PulseWatchdog;
import dev.quayside.ui.fx.UncaughtProblems;
import dev.quayside.ui.shell.Shell;
import dev.quayside.ui.shell.StackChoice;
import dev.quayside.ui.shell.WindowPlacement;
import dev.quayside.ui.theme.ThemeChoice;
import dev.quayside.ui.theme.ThemeManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javafx.animation.PauseTransition;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Is the one window: joins stage, theme, shell and settings, follows whether anybody can see it,
 * and remembers where it was. Belongs to the FX thread.
 */
final class WindowContent {

  private static final Duration WATCH = Duration.ofSeconds(1);
  private static final javafx.util.Duration ICONS_AFTER = javafx.util.Duration.seconds(1);
  private static final int[] ICON_SIZES = {16, 32, 48, 128, 256};

  private final Messages messages = Messages.of("window");
  private final Stage stage;
  private final WindowParts parts;
  private final StartupTrace trace;
  private final ThemeManager theme;
  private final Shell shell;
  private final WindowQuit quit;
  private final Subscription uncaught;
  private final PulseWatchdog watchdog;
  private final Set<Problem> problemsTold = new HashSet<>();
  private boolean followed;

  WindowContent(Stage stage, WindowParts parts, StartupTrace trace) {
    this.stage = stage;
    this.parts = parts;
    this.trace = trace;
    Settings chosen = parts.settings().feed().latest();
    this.theme = new ThemeManager(choice(chosen.theme()));
    if (chosen.textSize() > 0) {
      theme.textSize().set(chosen.textSize());
    }
    // Here and not on a page: the palette and the keys change the look too.
    theme.choice().addListener((source, before, now) -> keep(now));
    theme.textSize().addListener((source, before, now) -> keep(now.intValue()));
    this.shell =
        new Shell(
            parts.status(),
            WindowPages.of(parts),
            theme,
            parts.clock(),
            parts.demo(),
            parts.retry(),
            this::quit);
    this.quit =
        new WindowQuit(
            stage, shell.workbench().jobs(), shell.workbench().dialogs(), shell::unsaved);
    this.uncaught = new UncaughtProblems(shell::problem).install();
    this.watchdog = PulseWatchdog.start(WATCH, length -> {});
  }

  Shell shell() {
    return shell;
  }

  /** Shows the window where it was. */
  void open() {
    Scene scene = new Scene(shell.root());
    theme.dress(scene);
    shell.install(scene);
    stage.setScene(scene);
    stage.setTitle(messages.get(parts.demo() ? "title.demo" : "title"));
    stage.setMinWidth(Math.min(WindowPlacement.LEAST_WIDTH, screens().getFirst().getWidth()));
    stage.setMinHeight(Math.min(WindowPlacement.LEAST_HEIGHT, screens().getFirst().getHeight()));
    placeWindow();
    stage.setOnCloseRequest(quit::closeRequested);
    ChangeListener<Object> seen = (source, before, now) -> pace();
    stage.iconifiedProperty().addListener(seen);
    stage.focusedProperty().addListener(seen);
    stage.showingProperty().addListener(seen);
    restoreStack();
    // What has arrived meanwhile is in the first frame, not in a second one.
    shell.catchUp();
    followStart();
    stage.show();
    pace();
    // What a killed restore left may hold secrets, and removing it needs no engine.
    recover(parts.sweep());
    trace.mark("shown");
    addIconsSoon();
  }

  private void placeWindow() {
    WindowPlace place = WindowPlacement.place(parts.settings().feed().latest().window(), screens());
    stage.setX(place.x());
    stage.setY(place.y());
    stage.setWidth(place.width());
    stage.setHeight(place.height());
    stage.setMaximized(place.maximised());
  }

  private static List<Rectangle2D> screens() {
    List<Rectangle2D> others =
        Screen.getScreens().stream()
            .filter(screen -> !screen.equals(Screen.getPrimary()))
            .map(Screen::getVisualBounds)
            .toList();
    return Stream.concat(Stream.of(Screen.getPrimary().getVisualBounds()), others.stream())
        .toList();
  }

  /** Gives the window its icons a little later: five pictures would hold up the first frame. */
  private void addIconsSoon() {
    PauseTransition soon = new PauseTransition(ICONS_AFTER);
    soon.setOnFinished(event -> stage.getIcons().setAll(icons()));
    soon.play();
  }

  private static List<Image> icons() {
    List<Image> icons = new ArrayList<>();
    for (int size : ICON_SIZES) {
      var picture =
          WindowContent.class.getResourceAsStream("/dev/quayside/icons/quayside-" + size + ".png");
      if (picture != null) {
        icons.add(new Image(picture));
      }
    }
    return icons;
  }

  /** Measures as often as somebody can see it. */
  private void pace() {
    boolean visible = stage.isShowing() && !stage.isIconified();
    shell.windowSeen(visible);
    parts.status().pace(!visible ? Pace.HIDDEN : stage.isFocused() ? Pace.VISIBLE : Pace.UNFOCUSED);
  }

  private void restoreStack() {
    String last = parts.settings().feed().latest().stack();
    StackChoice stacks = shell.workbench().stacks();
    if (last != null) {
      stacks.choose(last);
    }
    stacks
        .chosen()
        .addListener((source, before, now) ->
            parts.settings().change(settings -> settings.withStack(now.isEmpty() ? null : now)));
  }

  /** Waits for the first full list: then the window is filled, and what can wait begins. */
  private void followStart() {
    ChangeListener<StatusSnapshot> listener =
        new ChangeListener<>() {
          @Override
          public void changed(
              ObservableValue<? extends StatusSnapshot> source,
              @Nullable StatusSnapshot before,
              StatusSnapshot now) {
            if (now.complete()) {
              source.removeListener(this);
              filled();
            }
          }
        };
    if (shell.workbench().status().get().complete()) {
      FxThread.later(this::filled);
    } else {
      shell.workbench().status().addListener(listener);
    }
  }

  private void filled() {
    if (followed) {
      return;
    }
    followed = true;
    // The pulse after this one has painted the rows.
    stage.getScene().addPostLayoutPulseListener(new WindowFrames(this::painted));
    shell
        .workbench()
        .background()
        .run(parts.composeVersion(), shell::compose, problem -> shell.compose(""));
    recover(parts.recovery());
  }

  private void painted() {
    trace.mark("filled");
    if (trace.write()) {
      stage.close();
    }
  }

  private void recover(Work<List<Recovered>> recovery) {
    shell
        .workbench()
        .background()
        .run(recovery, this::tellRecovered, problem -> tell(Notice.Tone.WARN, problem.title()));
  }

  private void tellRecovered(List<Recovered> recovered) {
    for (Recovered one : recovered) {
      Problem problem = one.problem();
      if (problem != null) {
        // Sweeping and recovering both need the journal; one sheet is enough.
        if (problemsTold.add(problem)) {
          shell.problem(problem);
        }
      } else {
        tell(
            one.ended() == Recovered.Ended.FINISHED ? Notice.Tone.GOOD : Notice.Tone.WARN,
            one.text());
      }
    }
  }

  /** Says that another window works with the same folders. */
  void tellOfAnother() {
    tell(Notice.Tone.INFO, messages.get("another"));
  }

  private void tell(Notice.Tone tone, String text) {
    shell.workbench().dialogs().notice(new Notice(tone, text, null, null));
  }

  private void quit() {
    quit.ask();
  }

  /** Remembers where the window was and ends what it started. */
  void close() {
    if (stage.getWidth() > 0) {
      WindowPlace place =
          new WindowPlace(
              (int) stage.getX(),
              (int) stage.getY(),
              (int) stage.getWidth(),
              (int) stage.getHeight(),
              stage.isMaximized());
      parts.settings().change(settings -> settings.withWindow(place));
    }
    watchdog.close();
    uncaught.close();
    shell.close();
    theme.close();
  }

  private void keep(ThemeChoice chosen) {
    Settings.Theme kept =
        switch (chosen) {
          case FOLLOW -> Settings.Theme.FOLLOW;
          case LIGHT -> Settings.Theme.LIGHT;
          case DARK -> Settings.Theme.DARK;
        };
    parts.settings().change(settings -> settings.withTheme(kept));
  }

  private void keep(int textSize) {
    parts.settings().change(settings -> settings.withTextSize(textSize));
  }

  private static ThemeChoice choice(Settings.Theme chosen) {
    return switch (chosen) {
      case FOLLOW -> ThemeChoice.FOLLOW;
      case LIGHT -> ThemeChoice.LIGHT;
      case DARK -> ThemeChoice.DARK;
    };
  }
}
