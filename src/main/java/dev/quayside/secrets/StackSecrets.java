package dev.quayside.secrets;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.catalogue.CataloguedSecret;
import dev.quayside.catalogue.StackKind;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.compose.Compose;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.stack.Stack;
import dev.quayside.stack.StackDefinition;
import dev.quayside.stack.env.EnvFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Joins what the environment files of a stack say with what Compose and the catalogue know. It
 * holds secrets: close it.
 */
final class StackSecrets implements AutoCloseable {

  private static final Messages MESSAGES = Messages.of("secrets");

  private final Stack stack;
  private final StackKind kind;
  private final @Nullable StackDefinition definition;
  private final List<EnvFile> files;

  private StackSecrets(
      Stack stack, StackKind kind, @Nullable StackDefinition definition, List<EnvFile> files) {
    this.stack = stack;
    this.kind = kind;
    this.definition = definition;
    this.files = files;
  }

  /**
   * Reads the files of {@code stack}. Where Compose cannot resolve its definition, goes on with
   * what the catalogue knows.
   */
  static StackSecrets read(Stack stack, Catalogue catalogue, Compose compose)
      throws ProblemException {
    ComposeInvocation invocation = stack.invocation();
    if (invocation == null) {
      throw new ProblemException(MESSAGES.problem("NO-INVOCATION", stack.name()));
    }
    StackDefinition definition = null;
    try {
      definition = StackDefinition.read(compose, invocation);
    } catch (ProblemException unreadable) {
      if (!Files.isDirectory(invocation.directory())) {
        throw unreadable;
      }
    }
    List<EnvFile> files = new ArrayList<>();
    boolean whole = false;
    try {
      for (Path path : paths(invocation, definition)) {
        if (Files.exists(path)) {
          files.add(EnvFile.read(path));
        }
      }
      StackKind kind = catalogue.kind(stack.kind(), stack.era());
      whole = true;
      return new StackSecrets(stack, kind, definition, files);
    } finally {
      if (!whole) {
        files.forEach(EnvFile::close);
      }
    }
  }

  private static Set<Path> paths(
      ComposeInvocation invocation, @Nullable StackDefinition definition) {
    Set<Path> paths = new LinkedHashSet<>();
    if (invocation.envFiles().isEmpty()) {
      paths.add(invocation.directory().resolve(".env"));
    }
    invocation.envFiles().forEach(file -> paths.add(file.normalize()));
    if (definition != null) {
      definition.services().values().forEach(service -> paths.addAll(service.envFiles()));
    }
    return paths;
  }

  Stack stack() {
    return stack;
  }

  StackKind kind() {
    return kind;
  }

  @Nullable StackDefinition definition() {
    return definition;
  }

  List<EnvFile> files() {
    return files;
  }

  /** Returns the files that set {@code name}. */
  List<EnvFile> filesWith(String name) {
    return files.stream().filter(file -> file.count(name) > 0).toList();
  }

  /**
   * Returns the services that read {@code name}: those that Compose knows and those that only the
   * catalogue knows.
   */
  List<String> consumers(String name) {
    Set<String> names = new TreeSet<>();
    CataloguedSecret known = kind.secret(name);
    if (known != null) {
      for (String service : known.consumers()) {
        if (definition == null || definition.services().containsKey(service)) {
          names.add(service);
        }
      }
    }
    if (definition == null) {
      return List.copyOf(names);
    }
    for (EnvFile file : files) {
      if (file.count(name) > 0 || !isDefinedSomewhere(name)) {
        names.addAll(definition.readersOf(name, file.path()));
      }
    }
    return definition.inOrder(names);
  }

  private boolean isDefinedSomewhere(String name) {
    return files.stream().anyMatch(file -> file.count(name) > 0);
  }

  /** Returns whether a definition refers to {@code name}, set or not. */
  boolean referenced(String name) {
    return definition != null
        && definition.services().values().stream()
            .anyMatch(service -> service.variables().contains(name));
  }

  @Override
  public void close() {
    files.forEach(EnvFile::close);
  }
}
