package dev.quayside.common;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names the folders in which Quayside keeps its own things: configuration, state (journal,
 * receipts, write-ahead records) and cache. By default the XDG base directories; with {@code
 * --home} or {@code QUAYSIDE_HOME} all in one folder.
 *
 * @param config settings
 * @param state journal, receipts, write-ahead records, rollback copies
 * @param cache what can be made again
 */
public record Home(Path config, Path state, Path cache) {

  /**
   * Finds the folders.
   *
   * @param explicit the folder given with {@code --home}, or null
   * @param environment the process environment
   * @param userHome the user's home folder
   */
  public static Home locate(
      @Nullable Path explicit, Map<String, String> environment, Path userHome) {
    String one = environment.get("QUAYSIDE_HOME");
    Path root = explicit != null ? explicit : one == null || one.isBlank() ? null : Path.of(one);
    if (root != null) {
      Path absolute = root.toAbsolutePath().normalize();
      return new Home(
          absolute.resolve("config"), absolute.resolve("state"), absolute.resolve("cache"));
    }
    return new Home(
        xdg(environment, "XDG_CONFIG_HOME", userHome.resolve(".config")),
        xdg(environment, "XDG_STATE_HOME", userHome.resolve(".local/state")),
        xdg(environment, "XDG_CACHE_HOME", userHome.resolve(".cache")));
  }

  /**
   * Returns the user's home folder: {@code HOME} as every shell and Docker's own client understand
   * it, else what the system's user database says.
   */
  public static Path ofUser(Map<String, String> environment) {
    String home = environment.get("HOME");
    return Path.of(home != null && home.startsWith("/") ? home : System.getProperty("user.home"));
  }

  private static Path xdg(Map<String, String> environment, String variable, Path fallback) {
    String value = environment.get(variable);
    // The XDG specification says a relative path is to be ignored.
    Path base = value == null || !value.startsWith("/") ? fallback : Path.of(value);
    return base.resolve("quayside");
  }

  /**
   * Creates the folders with mode 0700 where they are missing. Existing folders keep their mode.
   */
  public void create() throws IOException {
    for (Path folder : new Path[] {config, state, cache}) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }
}
