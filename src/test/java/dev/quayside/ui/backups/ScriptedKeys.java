package dev.quayside.ui.backups;

import dev.quayside.backup.keys.KeyCheck;
import dev.quayside.backup.keys.KeyRole;
import dev.quayside.backup.keys.ShelvedKey;
import dev.quayside.common.Outcome;
import dev.quayside.common.Secret;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keys that are scripted; the passphrase of each is {@code right}. */
public final class ScriptedKeys implements KeyDesk {

  private static final String ADA = "0A1B2C3D4E5F60718293A4B5C6D7E8F901234567";

  private final List<String> asked;
  private final List<ShelvedKey> keys = new ArrayList<>();

  ScriptedKeys(List<String> asked) {
    this.asked = asked;
  }

  /** Puts the key of Ada on the shelf, whose passphrase was last typed at {@code checked}. */
  public ShelvedKey put(@Nullable Instant checked) {
    ShelvedKey key =
        new ShelvedKey(
            ADA,
            "Ada <ada@example.org>",
            KeyRole.RECIPIENT,
            Instant.parse("2026-08-01T10:00:00Z"),
            null,
            true,
            true,
            checked,
            Path.of("/keys/" + ADA + ".asc"));
    keys.removeIf(one -> one.fingerprint().equals(ADA));
    keys.add(key);
    return key;
  }

  @Override
  public List<ShelvedKey> list() {
    return List.copyOf(keys);
  }

  private Outcome<ShelvedKey> done(String what, String key) {
    asked.add(what + " " + key.substring(key.length() - 8));
    return new Outcome.Done<>(
        keys.stream().filter(one -> one.fingerprint().equals(key)).findFirst().orElseThrow());
  }

  @Override
  public Outcome<ShelvedKey> add(Path file, KeyRole role) {
    asked.add("import " + file + " " + role);
    return new Outcome.Done<>(put(null));
  }

  @Override
  public Outcome<ShelvedKey> create(String owner, Secret passphrase, Path kit) {
    asked.add("create " + owner + " " + passphrase.length() + " " + kit);
    return new Outcome.Done<>(put(null));
  }

  @Override
  public Outcome<ShelvedKey> kit(String key, Path file) {
    return done("kit " + file, key);
  }

  @Override
  public Outcome<ShelvedKey> export(String key, Path file) {
    return done("export " + file, key);
  }

  @Override
  public Outcome<ShelvedKey> remove(String key, boolean withSecret) {
    Outcome<ShelvedKey> done = done("remove " + withSecret, key);
    keys.removeIf(one -> one.fingerprint().equals(key));
    return done;
  }

  @Override
  public Outcome<KeyCheck> check(String key, @Nullable Path exported, Secret passphrase) {
    asked.add("check " + exported);
    try (Secret right = Secret.owning("right".toCharArray())) {
      boolean same = passphrase.sameAs(right);
      return same
          ? new Outcome.Done<>(new KeyCheck(put(Instant.now()), true))
          : new Outcome.Found<>(new KeyCheck(keys.getFirst(), false));
    }
  }
}
