package dev.quayside.backup.keys;

import dev.quayside.common.AtomicFiles;
import dev.quayside.common.Home;
import dev.quayside.pgp.Certificate;
import dev.quayside.pgp.SigningKey;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the key that signs what this installation makes: without a passphrase, mode 0600, so that
 * nobody has to be there at night. It opens nothing.
 */
public final class OwnKey {

  private static final String OWNER = "Quayside (signs backups)";

  private final Path folder;
  private final Path file;
  private final InstantSource time;

  /** Keeps it in the state folder. */
  public OwnKey(Home home, InstantSource time) {
    this.folder = folder(home);
    this.file = file(home);
    this.time = time;
  }

  static Path file(Home home) {
    return folder(home).resolve("signing-key.asc");
  }

  /** Returns the public part of the key; null if there is none yet. */
  static @Nullable Certificate certificate(Home home) throws IOException {
    try {
      return Certificate.described(Files.readAllBytes(file(home))).getFirst();
    } catch (NoSuchFileException noneYet) {
      return null;
    }
  }

  static Path folder(Home home) {
    return home.state().resolve("backup").resolve("keys");
  }

  /** Returns the key; makes it if there is none yet. */
  public SigningKey get() throws IOException {
    SigningKey known = find();
    if (known != null) {
      return known;
    }
    SigningKey made = SigningKey.create(OWNER, time);
    AtomicFiles.createFolder(folder);
    try {
      // Never over a key that another process made meanwhile: it may have signed already.
      AtomicFiles.replace(file, made.secretKey(), moment -> {});
      return made;
    } catch (FileAlreadyExistsException taken) {
      return SigningKey.read(Files.readAllBytes(file), time);
    }
  }

  private @Nullable SigningKey find() throws IOException {
    try {
      return SigningKey.read(Files.readAllBytes(file), time);
    } catch (NoSuchFileException noneYet) {
      return null;
    }
  }
}
