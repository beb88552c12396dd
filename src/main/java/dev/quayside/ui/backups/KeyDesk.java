package dev.quayside.ui.backups;

import dev.quayside.backup.keys.KeyCheck;
import dev.quayside.backup.keys.KeyRole;
import dev.quayside.backup.keys.ShelvedKey;
import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Offers the keys that archives are made for. All methods may block; keys go by fingerprint. */
public interface KeyDesk {

  /** Returns all keys, oldest first, and the one that signs here. */
  List<ShelvedKey> list() throws ProblemException;

  /** Imports the certificate in {@code file}. */
  Outcome<ShelvedKey> add(Path file, KeyRole role) throws ProblemException;

  /** Makes a key pair and writes its recovery kit to {@code kit}, which must not exist. */
  Outcome<ShelvedKey> create(String owner, Secret passphrase, Path kit) throws ProblemException;

  /** Writes the recovery kit of a key that was made here to {@code file}, which must not exist. */
  Outcome<ShelvedKey> kit(String key, Path file) throws ProblemException;

  /** Writes the public part of a key to {@code file}, which must not exist. */
  Outcome<ShelvedKey> export(String key, Path file) throws ProblemException;

  /** Takes a key off the shelf, with the secret part that is kept here if it may go too. */
  Outcome<ShelvedKey> remove(String key, boolean withSecret) throws ProblemException;

  /** Tries a passphrase on the secret part in {@code exported}; null for the one kept here. */
  Outcome<KeyCheck> check(String key, @Nullable Path exported, Secret passphrase)
      throws ProblemException;
}
