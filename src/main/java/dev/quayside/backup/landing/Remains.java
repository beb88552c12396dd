package dev.quayside.backup.landing;

import java.nio.file.Path;
import java.util.List;

/**
 * Names what is not needed any more and could not be removed. Nothing uses it.
 *
 * @param folders folders that only root may remove
 * @param databases databases of services that have no container any more, as {@code SERVICE/NAME}
 */
record Remains(List<Path> folders, List<String> databases) {

  static final Remains NONE = new Remains(List.of(), List.of());

  Remains {
    folders = List.copyOf(folders);
    databases = List.copyOf(databases);
  }
}
