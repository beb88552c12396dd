package dev.quayside.app;

import dev.quayside.common.Home;
import dev.quayside.common.SettingsStore;
import dev.quayside.ui.fx.FxThread;
import dev.quayside.ui.theme.Icon;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javafx.application.Application;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Opens the window. Connecting to the engine begins before the first node is built and goes on
 * beside it; the window never waits for it.
 */
public final class WindowApp extends Application {

  private final StartupTrace trace = new StartupTrace();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("settings").factory());
  private @Nullable WindowParts parts;
  private @Nullable WindowContent window;
  private volatile @Nullable WindowClaim claim;

  @Override
  public void init() {
    trace.mark("init");
    Thread.ofPlatform().daemon().name("icons").start(Icon::prepare);
    WindowOptions options = WindowOptions.of(getParameters().getRaw());
    Map<String, String> environment = Map.copyOf(System.getenv());
    Home home = Home.locate(options.home(), environment, Home.ofUser(environment));
    SettingsStore settings = SettingsStore.open(home, timer);
    parts = open(options, home, settings);
  }

  private WindowParts open(WindowOptions options, Home home, SettingsStore settings) {
    if (options.demo()) {
      return DemoWindow.parts(InstantSource.system(), home, settings, this::browse);
    }
    LiveParts live =
        new LiveParts(
            options.engine(),
            options.context(),
            options.home(),
            located -> settings.feed().latest());
    return LiveWindow.parts(live, settings, this::browse);
  }

  private void browse(String url) {
    getHostServices().showDocument(url);
  }

  @Override
  public void start(Stage stage) {
    trace.mark("start");
    WindowParts ready = parts;
    if (ready == null) {
      throw new IllegalStateException("init did not run");
    }
    WindowContent opened = new WindowContent(stage, ready, trace);
    window = opened;
    opened.open();
    if (!ready.demo()) {
      Thread.ofVirtual().name("claim").start(() -> claim(ready.home(), opened));
    }
  }

  /** Looks whether there is another window; the first frame need not wait for that. */
  private void claim(Home home, WindowContent opened) {
    WindowClaim taken = WindowClaim.take(home);
    claim = taken;
    if (!taken.alone()) {
      FxThread.later(opened::tellOfAnother);
    }
  }

  @Override
  public void stop() {
    if (window != null) {
      window.close();
    }
    if (parts != null) {
      parts.end().run();
      parts.settings().close();
    }
    WindowClaim taken = claim;
    if (taken != null) {
      taken.close();
    }
    timer.shutdown();
  }
}
