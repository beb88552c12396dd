package dev.quayside.app;

import dev.quayside.backup.ShelvedArchive;
import dev.quayside.secrets.SecretStatus;
import dev.quayside.ui.overview.OverviewBackend;
import java.util.List;

/** Serves the cards of the demo: nothing was ever saved in it, and it has no secrets. */
final class DemoOverview implements OverviewBackend {

  @Override
  public List<ShelvedArchive> archives() {
    return List.of();
  }

  @Override
  public List<SecretStatus> secrets(String name) {
    return List.of();
  }
}
