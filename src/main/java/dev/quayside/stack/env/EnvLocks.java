package dev.quayside.stack.env;

import dev.quayside.common.AtomicFiles;
import dev.quayside.common.ProcessLock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives the one lock that everybody takes who changes an environment file. */
public final class EnvLocks {

  private EnvLocks() {}

  /**
   * Takes the lock of {@code file}; null where somebody else holds it all the time. A file of
   * several names, which is always written in place, has one lock for all of them.
   *
   * @param folder of the locks, in our state folder
   * @param file with links resolved, so that each file has one lock
   */
  public static @Nullable ProcessLock acquire(Path folder, Path file, Duration patience)
      throws IOException {
    AtomicFiles.createFolder(folder);
    return ProcessLock.acquire(folder.resolve("env-" + lockKey(file) + ".lock"), patience);
  }

  private static String lockKey(Path file) throws IOException {
    if (Files.isRegularFile(file)) {
      Map<String, Object> identity = Files.readAttributes(file, "unix:nlink,dev,ino");
      if (identity.get("nlink") instanceof Integer names && names > 1) {
        return "i" + identity.get("dev") + "-" + identity.get("ino");
      }
    }
    return key(file);
  }

  /** Returns what stands for a file in names of our own files. */
  public static String key(Path file) {
    return EnvFile.hash(file.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 32);
  }
}
