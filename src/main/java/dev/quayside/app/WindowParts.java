package dev.quayside.app;

import dev.quayside.common.Home;
import dev.quayside.common.SettingsStore;
import dev.quayside.exposure.status.StatusFeed;
import dev.quayside.ui.backups.BackupDesk;
import dev.quayside.ui.environment.EnvironmentDesk;
import dev.quayside.ui.fx.Background.Work;
import dev.quayside.ui.journal.JournalBackend;
import dev.quayside.ui.logs.LogsBackend;
import dev.quayside.ui.overview.OverviewBackend;
import dev.quayside.ui.secrets.SecretsDesk;
import dev.quayside.ui.services.ServicesBackend;
import dev.quayside.ui.stack.StackDesk;
import java.time.InstantSource;
import java.util.List;

/**
 * Holds what the window works with: the real engine, or the demo. See {@link LiveWindow} and {@link
 * DemoWindow}.
 *
 * @param status what the pages show
 * @param overview tells the cards what is proven
 * @param stack shows and adopts stacks
 * @param services inspects and changes services
 * @param logs reads logs
 * @param environment works on environment files
 * @param secrets works on secrets
 * @param backups works on backups
 * @param journal reads the journal
 * @param settings what the operator chose
 * @param home Quayside's folders
 * @param demo whether everything is scripted
 * @param clock the time
 * @param composeVersion asks Compose which one it is; may block
 * @param sweep finishes or removes what killed backups and restores left, without an engine; may
 *     block
 * @param recovery finishes or puts back what killed rotations left; may block
 * @param retry tries at once to reach the engine again
 * @param end gives everything up
 */
record WindowParts(
    StatusFeed status,
    OverviewBackend overview,
    StackDesk stack,
    ServicesBackend services,
    LogsBackend logs,
    EnvironmentDesk environment,
    SecretsDesk secrets,
    BackupDesk backups,
    JournalBackend journal,
    SettingsStore settings,
    Home home,
    boolean demo,
    InstantSource clock,
    Work<String> composeVersion,
    Work<List<Recovered>> sweep,
    Work<List<Recovered>> recovery,
    Runnable retry,
    Runnable end) {}
