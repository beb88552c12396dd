package dev.quayside.stack;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.catalogue.StackKind;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;
import dev.quayside.engine.compose.Compose;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.stack.env.EnvFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds the values in a stack's environment files that are secrets by the catalogue or look so by
 * their names, so that they can be taken out of Compose's output. Close it to wipe them.
 */
public final class EnvSecrets implements AutoCloseable {

  private final List<Secret> values;

  private EnvSecrets(List<Secret> values) {
    this.values = values;
  }

  /** Reads the files; one that cannot be read is passed over, as Compose itself says so. */
  public static EnvSecrets of(
      ComposeInvocation invocation,
      StackDefinition definition,
      StackKind kind,
      Catalogue catalogue) {
    EnvSecrets secrets = new EnvSecrets(new ArrayList<>());
    for (Path path : paths(invocation, definition)) {
      if (Files.exists(path)) {
        secrets.add(path, kind, catalogue);
      }
    }
    return secrets;
  }

  /** Reads the files of a stack whose definition is not at hand; it may be unreadable by now. */
  public static EnvSecrets of(
      Compose compose, ComposeInvocation invocation, StackKind kind, Catalogue catalogue) {
    StackDefinition definition;
    try {
      definition = StackDefinition.read(compose, invocation);
    } catch (ProblemException unreadable) {
      definition = new StackDefinition(invocation.project(), Map.of(), Map.of());
    }
    return of(invocation, definition, kind, catalogue);
  }

  /** Returns the values, which end with this object. */
  public List<Secret> values() {
    return List.copyOf(values);
  }

  private void add(Path path, StackKind kind, Catalogue catalogue) {
    try (EnvFile file = EnvFile.read(path)) {
      for (String name : file.names()) {
        boolean secret = kind.secret(name) != null || catalogue.looksSecret(name);
        Secret value = secret ? file.value(name) : null;
        if (value != null) {
          values.add(value);
        }
      }
    } catch (ProblemException unreadable) {
      // Compose will say it, or does not need the file.
      return;
    }
  }

  private static Set<Path> paths(ComposeInvocation invocation, StackDefinition definition) {
    Set<Path> paths = new LinkedHashSet<>();
    invocation.envFilesInUse().forEach(file -> paths.add(file.normalize()));
    definition.services().values().forEach(service -> paths.addAll(service.envFiles()));
    return paths;
  }

  @Override
  public void close() {
    values.forEach(Secret::close);
  }
}
