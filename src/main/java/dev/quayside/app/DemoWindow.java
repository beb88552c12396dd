package dev.quayside.app;

import dev.quayside.common.Home;
import dev.quayside.common.SettingsStore;
import dev.quayside.engine.demo.DemoEngine;
import dev.quayside.exposure.status.StatusFeed;
import dev.quayside.exposure.status.StatusFeeds;
import dev.quayside.journal.Journal;
import dev.quayside.ui.backups.DemoBackupDesk;
import dev.quayside.ui.environment.DemoEnvironmentDesk;
import dev.quayside.ui.environment.EnvironmentDesk;
import dev.quayside.ui.journal.JournalBackend;
import dev.quayside.ui.logs.LogsBackend;
import dev.quayside.ui.secrets.DemoSecretsDesk;
import dev.quayside.ui.stack.DemoStackDesk;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/** Makes what the window of the demo works with. */
final class DemoWindow {

  /** The version of Compose that the play pretends. */
  private static final String COMPOSE = "2.26.1";

  private DemoWindow() {}

  /**
   * Makes the parts.
   *
   * @param clock decides what the script shows
   * @param home where settings and the demo's journal are kept
   * @param browser opens an address
   */
  static WindowParts parts(
      InstantSource clock, Home home, SettingsStore settings, Consumer<String> browser) {
    DemoEngine engine = new DemoEngine(clock);
    StatusFeed feed = StatusFeeds.demo(engine, clock);
    Lazy<Journal> journal = new Lazy<>(() -> DemoJournal.open(home, clock));
    DemoBackupDesk backups = new DemoBackupDesk(clock);
    DemoSecretsDesk secrets = new DemoSecretsDesk(clock);
    return new WindowParts(
        feed,
        new DeskOverview(backups, secrets),
        new DemoStackDesk(engine.feed()),
        new DemoServices(engine, journal, browser),
        new LogsBackend(() -> engine, engine.feed()),
        // Made when first asked for: it reads the catalogue.
        Lazy.of(EnvironmentDesk.class, () -> new DemoEnvironmentDesk(clock)),
        secrets,
        backups,
        new JournalBackend(() -> journal.get().entries(), () -> journal.get().verify()),
        settings,
        home,
        true,
        clock,
        () -> COMPOSE,
        List::of,
        List::of,
        () -> {},
        () -> {
          feed.close();
          engine.close();
        });
  }
}
