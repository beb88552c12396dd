package dev.quayside.backup;

import dev.quayside.catalogue.DataFolder;
import dev.quayside.catalogue.StackKind;
import dev.quayside.engine.compose.ComposeInvocation;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Knows which data of a stack can be fetched or made again, so that no archive takes it in. */
final class Worthless {

  /** Adapter of what the catalogue wants no copy of. */
  private static final String EXCLUDE = "exclude";

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
      if (known && data.path().indexOf('$') < 0) {
        worthless.put(data, invocation);
      }
    }
    return worthless;
  }

  private void put(DataFolder data, ComposeInvocation invocation) {
    String reason = data.weights() ? "left.weights" : "left.cache";
    switch (data.where()) {
      case FOLDER -> folders.put(invocation.directory().resolve(data.path()).normalize(), reason);
      case VOLUME -> volumes.put(invocation.project() + "_" + data.path(), reason);
      case LAYER -> {
        // Nothing of it is saved anyway.
      }
    }
  }

  /** Returns the key of the reason why {@code folder} is not saved; null if it is. */
  @Nullable String folder(Path folder) {
    return folders.get(folder);
  }

  /** Returns the key of the reason why the volume {@code name} is not saved; null if it is. */
  @Nullable String volume(String name) {
    return volumes.get(name);
  }
}
