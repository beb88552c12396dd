package dev.quayside.stack.settings;

import dev.quayside.stack.env.EnvFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Holds what is at the place of an environment file now. It holds secrets: close it to wipe them.
 */
final class PresentFile implements AutoCloseable {

  private final boolean exists;
  private final boolean usable;
  private final byte[] bytes;

  private PresentFile(boolean exists, boolean usable, byte[] bytes) {
    this.exists = exists;
    this.usable = usable;
    this.bytes = bytes;
  }

  /**
   * Looks. That nothing is found only because the way there is barred is no answer.
   *
   * @throws IOException if it cannot be told what is there
   */
  static PresentFile of(Path file) throws IOException {
    Path folder = file.getParent();
    boolean folderGone = folder != null && Files.exists(folder) && !Files.isDirectory(folder);
    if (folderGone || Files.notExists(file)) {
      return new PresentFile(false, true, new byte[0]);
    }
    if (!Files.exists(file)) {
      throw new IOException("it cannot be told whether there is a file " + file);
    }
    if (!Files.isRegularFile(file)) {
      return new PresentFile(true, false, new byte[0]);
    }
    byte[] bytes = EnvFile.atMost(file, EnvFile.LARGEST + 1);
    if (bytes.length > EnvFile.LARGEST) {
      Arrays.fill(bytes, (byte) 0);
      return new PresentFile(true, false, new byte[0]);
    }
    return new PresentFile(true, true, bytes);
  }

  /** Returns whether something is there. */
  boolean exists() {
    return exists;
  }

  /** Returns whether it is a file of a size that an environment file can have, or none. */
  boolean usable() {
    return usable;
  }

  /** Lends the content; empty where there is none, or none that is usable. */
  byte[] bytes() {
    return bytes;
  }

  /** Returns whether it is there, or not, and has the content of {@code hash}. */
  boolean is(boolean there, String hash) {
    return usable && exists == there && EnvFile.hash(bytes).equals(hash);
  }

  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
  }
}
