package dev.quayside.app;

import dev.quayside.backup.apart.ApartBackup;
import dev.quayside.backup.schedule.BuiltInTimer;
import dev.quayside.common.ChildProcess;
import dev.quayside.common.ProblemException;
import dev.quayside.common.SettingsStore;
import dev.quayside.engine.Endpoint;
import dev.quayside.secrets.ReceiptShelf;
import dev.quayside.stack.Stack;
import dev.quayside.stack.picture.PlaceMeter;
import dev.quayside.ui.backups.BackupDesk;
import dev.quayside.ui.backups.EngineBackupDesk;
import dev.quayside.ui.backups.EngineForeignDesk;
import dev.quayside.ui.environment.EngineEnvironmentDesk;
import dev.quayside.ui.environment.EnvironmentDesk;
import dev.quayside.ui.journal.JournalBackend;
import dev.quayside.ui.logs.LogsBackend;
import dev.quayside.ui.secrets.EngineSecretsDesk;
import dev.quayside.ui.secrets.SecretsDesk;
import dev.quayside.ui.stack.EngineStackDesk;
import dev.quayside.ui.stack.StackDesk;
import java.util.List;
import java.util.function.Consumer;

/**
 * Makes what the window of a real engine works with; whatever asks the engine is made when first
 * needed.
 */
final class LiveWindow {

  private LiveWindow() {}

  /**
   * Makes the parts; {@code browser} opens an address. Connecting begins at once, on other threads.
   */
  static WindowParts parts(LiveParts parts, SettingsStore settings, Consumer<String> browser) {
    BuiltInTimer timer = parts.backups().backupTimer();
    timer.start();
    SecretsDesk secrets = Lazy.of(SecretsDesk.class, () -> secretsDesk(parts));
    BackupDesk backups = new LazyBackupDesk(parts, new Lazy<>(() -> backupDesk(parts)));
    return new WindowParts(
        parts.status(),
        new DeskOverview(backups, secrets),
        Lazy.of(StackDesk.class, () -> stackDesk(parts)),
        new LiveServices(parts, browser),
        new LogsBackend(parts.registry()::engine, parts.registry().feed()),
        Lazy.of(EnvironmentDesk.class, () -> environmentDesk(parts)),
        secrets,
        backups,
        new JournalBackend(() -> parts.journal().entries(), () -> parts.journal().verify()),
        settings,
        parts.home(),
        false,
        parts.clock(),
        () -> parts.compose().version().text(),
        parts::sweep,
        parts::recoverOnEngine,
        parts.registry()::retryNow,
        () -> {
          timer.close();
          parts.close();
        });
  }

  private static StackDesk stackDesk(LiveParts parts) throws ProblemException {
    return new EngineStackDesk(
        parts.registry().feed(),
        parts.stacks(),
        parts.pictures(),
        parts.adoption(),
        parts.adopted(),
        parts.catalogue(),
        new PlaceMeter(
            () -> parts.registry().feed().latest().connection(),
            parts.endpoint() instanceof Endpoint.Unix));
  }

  private static SecretsDesk secretsDesk(LiveParts parts) throws ProblemException {
    return new EngineSecretsDesk(
        parts.registry().feed(),
        parts.stacks(),
        parts.secrets(),
        parts.rotation(),
        new ReceiptShelf(parts.home()));
  }

  private static EnvironmentDesk environmentDesk(LiveParts parts) throws ProblemException {
    return new EngineEnvironmentDesk(parts.registry().feed(), parts.stacks(), parts.settings());
  }

  private static BackupDesk backupDesk(LiveParts parts) throws ProblemException {
    return new EngineBackupDesk(
        name -> {
          Stack stack = parts.stacks().ofProject(parts.registry().feed().latest(), name);
          return parts.backups().backupScope(stack, List.of());
        },
        new ApartBackup(
                () ->
                    ChildProcess.Command.of(
                        parts.ownCommand(List.of("backup", "apart")), parts.environment()),
                parts.backups().backupCreation()::run)
            ::run,
        parts.backups().shelf(),
        parts.backups().preview(),
        parts.backups().backupVerification(),
        parts.backups().restore(),
        new EngineForeignDesk(() -> parts.backups().foreignArchives()),
        new LiveLandings(parts),
        new LiveDrills(parts),
        new LiveSchedules(parts),
        new LiveKeys(parts));
  }
}
