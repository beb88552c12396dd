package dev.quayside.app;

import dev.quayside.backup.ShelvedArchive;
import dev.quayside.common.ProblemException;
import dev.quayside.secrets.SecretStatus;
import dev.quayside.ui.backups.BackupDesk;
import dev.quayside.ui.overview.OverviewBackend;
import dev.quayside.ui.secrets.SecretsDesk;
import java.util.List;

/** Serves the cards from what the pages themselves show, so that both say the same. */
final class DeskOverview implements OverviewBackend {

  private final BackupDesk backups;
  private final SecretsDesk secrets;

  DeskOverview(BackupDesk backups, SecretsDesk secrets) {
    this.backups = backups;
    this.secrets = secrets;
  }

  @Override
  public List<ShelvedArchive> archives() throws ProblemException {
    return backups.shelf();
  }

  @Override
  public List<SecretStatus> secrets(String name) throws ProblemException {
    return secrets.list(name);
  }
}
