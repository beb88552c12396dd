package dev.quayside.app;

import dev.quayside.cli.GlobalOptions;
import dev.quayside.cli.Session;
import dev.quayside.common.SettingsStore;

/** Opens what the verbs work on. */
final class Sessions {

  private Sessions() {}

  static Session open(GlobalOptions options) {
    LiveParts parts =
        new LiveParts(options.engine(), options.context(), options.home(), SettingsStore::readOnly);
    return options.demo() ? DemoSession.over(parts) : new LiveSession(parts);
  }
}
