package dev.quayside.backup;

import dev.quayside.catalogue.DataFolder;
import dev.quayside.catalogue.StackKind;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.stack.env.EnvFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Knows which data of a stack can be fetched or made again, so that no archive takes it in. */
final class Worthless {

  /** Adapter of what the catalogue wants no copy of. */
  private static final String EXCLUDE = "exclude";

  /** Key of the reason for weights. */
  static final String WEIGHTS = "left.weights";

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)\\}");

  private final Map<Path, String> folders = new HashMap<>();
  private final Map<String, String> volumes = new HashMap<>();

  private Worthless() {}

  static Worthless of(StackKind kind, @Nullable ComposeInvocation invocation) {
    Worthless worthless = new Worthless();
    if (invocation == null) {
      return worthless;
    }
    for (DataFolder data : kind.dataFolders()) {
      boolean known = data.weights() || data.adapter().equals(EXCLUDE);
      String path = known ? settled(data.path(), invocation) : null;
      if (path != null) {
        worthless.put(data, path, invocation);
      }
    }
    return worthless;
  }

  /** Returns {@code path} with the values of its variables; null where one of them has none. */
  private static @Nullable String settled(String path, ComposeInvocation invocation) {
    Matcher variable = VARIABLE.matcher(path);
    StringBuilder settled = new StringBuilder();
    while (variable.find()) {
      String value = value(variable.group(1), invocation);
      if (value == null) {
        return null;
      }
      variable.appendReplacement(settled, Matcher.quoteReplacement(value));
    }
    variable.appendTail(settled);
    return settled.toString();
  }

  /** The last file that sets a variable counts, as with Compose. */
  private static @Nullable String value(String name, ComposeInvocation invocation) {
    List<Path> files =
        invocation.envFiles().isEmpty()
            ? List.of(invocation.directory().resolve(".env"))
            : invocation.envFiles();
    for (Path file : files.reversed()) {
      try (EnvFile env = EnvFile.read(invocation.directory().resolve(file));
          Secret value = env.value(name)) {
        if (value != null && value.length() > 0) {
          return value.withChars(String::new);
        }
      } catch (ProblemException unreadable) {
        // Then the folder is saved, which is never wrong.
      }
    }
    return null;
  }

  private void put(DataFolder data, String path, ComposeInvocation invocation) {
    String reason = data.weights() ? WEIGHTS : "left.cache";
    switch (data.where()) {
      case FOLDER -> folders.put(invocation.directory().resolve(path).normalize(), reason);
      case VOLUME -> volumes.put(invocation.project() + "_" + path, reason);
      case LAYER -> {
        // Nothing of it is saved anyway.
      }
    }
  }

  /**
   * Returns the key of the reason why {@code folder} is not saved; null if it is. What lies inside
   * of such a folder is not, either. A larger one around it is saved with all that is in it: a
   * restore puts it back as a whole, and what it lacked would be gone.
   */
  @Nullable String folder(Path folder) {
    for (Path at = folder; at != null; at = at.getParent()) {
      String reason = folders.get(at);
      if (reason != null) {
        return reason;
      }
    }
    return null;
  }

  /** Returns the key of the reason why the volume {@code name} is not saved; null if it is. */
  @Nullable String volume(String name) {
    return volumes.get(name);
  }
}
