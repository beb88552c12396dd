package dev.quayside.ui.backups;

import dev.quayside.backup.keys.KeyCheck;
import dev.quayside.backup.keys.KeyRole;
import dev.quayside.backup.keys.ShelvedKey;
import dev.quayside.common.Outcome;
import dev.quayside.common.Secret;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stands in for keys in the demo: that of the script is shown, and none is made. */
final class DemoKeys implements KeyDesk {

  private final DemoArchives archives;

  DemoKeys(DemoArchives archives) {
    this.archives = archives;
  }

  @Override
  public List<ShelvedKey> list() {
    return archives.keys();
  }

  @Override
  public Outcome<ShelvedKey> add(Path file, KeyRole role) {
    return new Outcome.Refused<>(DemoBackupDesk.demo());
  }

  @Override
  public Outcome<ShelvedKey> create(String owner, Secret passphrase, Path kit) {
    return new Outcome.Refused<>(DemoBackupDesk.demo());
  }

  @Override
  public Outcome<ShelvedKey> kit(String key, Path file) {
    return new Outcome.Refused<>(DemoBackupDesk.demo());
  }

  @Override
  public Outcome<ShelvedKey> export(String key, Path file) {
    return new Outcome.Refused<>(DemoBackupDesk.demo());
  }

  @Override
  public Outcome<ShelvedKey> remove(String key, boolean withSecret) {
    return new Outcome.Refused<>(DemoBackupDesk.demo());
  }

  @Override
  public Outcome<KeyCheck> check(String key, @Nullable Path exported, Secret passphrase) {
    return new Outcome.Refused<>(DemoBackupDesk.demo());
  }
}
