package dev.quayside.app;

import dev.quayside.backup.keys.KeyCheck;
import dev.quayside.backup.keys.KeyRole;
import dev.quayside.backup.keys.ShelvedKey;
import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;
import dev.quayside.pgp.KeyKind;
import dev.quayside.ui.backups.KeyDesk;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Works on the keys of this installation. */
final class LiveKeys implements KeyDesk {

  private final LiveParts parts;

  LiveKeys(LiveParts parts) {
    this.parts = parts;
  }

  @Override
  public List<ShelvedKey> list() throws ProblemException {
    return parts.backups().keyShelf().list();
  }

  @Override
  public Outcome<ShelvedKey> add(Path file, KeyRole role) throws ProblemException {
    return parts.backups().keys().add(file, role);
  }

  @Override
  public Outcome<ShelvedKey> create(String owner, Secret passphrase, Path kit)
      throws ProblemException {
    return parts.backups().keys().create(KeyKind.CURVE25519, owner, passphrase, kit);
  }

  @Override
  public Outcome<ShelvedKey> kit(String key, Path file) throws ProblemException {
    return parts.backups().keys().kit(key, file);
  }

  @Override
  public Outcome<ShelvedKey> export(String key, Path file) throws ProblemException {
    return parts.backups().keys().export(key, file);
  }

  @Override
  public Outcome<ShelvedKey> remove(String key, boolean withSecret) throws ProblemException {
    return parts.backups().keys().remove(key, withSecret);
  }

  @Override
  public Outcome<KeyCheck> check(String key, @Nullable Path exported, Secret passphrase)
      throws ProblemException {
    return parts.backups().keys().check(key, exported, passphrase);
  }
}
