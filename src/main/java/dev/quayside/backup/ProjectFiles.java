package dev.quayside.backup;

import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.stack.Stack;
import dev.quayside.stack.StackDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files a stack is made from: its Compose files, its {@code .env}, and the env files of
 * its services. Without them a restored dump is data without the keys and settings to run it with.
 * Files that a Compose file takes in by {@code include} or {@code extends} are not found.
 */
final class ProjectFiles {

  /** In the order in which Compose looks for them (Compose specification, "Compose file"). */
  private static final List<String> DEFAULTS =
      List.of("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml");

  private static final List<String> OVERRIDES =
      List.of(
          "compose.override.yaml",
          "compose.override.yml",
          "docker-compose.override.yaml",
          "docker-compose.override.yml");

  private static final Messages MESSAGES = Messages.of("backup");

  private final Set<Path> files = new LinkedHashSet<>();
  private final List<BackupScope.LeftOut> leftOut = new ArrayList<>();
  private final List<BackupScope.LeftOut> missing = new ArrayList<>();
  private @Nullable StackDefinition definition;

  /** Tells what a stack is made of. */
  @FunctionalInterface
  interface Definitions {
    /** Returns what the Compose files of {@code invocation} say. */
    StackDefinition read(ComposeInvocation invocation) throws ProblemException;
  }

  private ProjectFiles() {}

  /**
   * Looks at the folder of {@code stack} and asks Compose for the env files of its services.
   *
   * @param definitions null where nothing can tell, which is then said
   */
  static ProjectFiles of(Stack stack, @Nullable Definitions definitions) {
    ProjectFiles found = new ProjectFiles();
    ComposeInvocation invocation = stack.invocation();
    if (invocation == null) {
      found.leaveOut(stack.name(), "left.no-invocation");
      return found;
    }
    found.named(invocation);
    found.envFiles(invocation, definitions);
    return found;
  }

  private void named(ComposeInvocation invocation) {
    Path directory = invocation.directory();
    if (invocation.files().isEmpty()) {
      DEFAULTS.stream()
          .map(directory::resolve)
          .filter(ProjectFiles::there)
          .findFirst()
          .ifPresentOrElse(files::add, () -> leaveOut(directory.toString(), "left.no-compose"));
      OVERRIDES.stream().map(directory::resolve).filter(ProjectFiles::there).forEach(files::add);
    }
    invocation.files().forEach(this::add);
    if (invocation.envFiles().isEmpty() && there(directory.resolve(".env"))) {
      files.add(directory.resolve(".env"));
    }
    invocation.envFiles().forEach(this::add);
  }

  private void envFiles(ComposeInvocation invocation, @Nullable Definitions definitions) {
    try {
      if (definitions != null) {
        StackDefinition read = definitions.read(invocation);
        read.services().values().forEach(service -> service.envFiles().forEach(this::add));
        definition = read;
        return;
      }
    } catch (ProblemException unclear) {
      // Then it is unknown, too.
    }
    missing.add(
        new BackupScope.LeftOut(
            invocation.directory().toString(), MESSAGES.get("missing.env-unknown")));
  }

  /**
   * Lists the folders from which images of the stack are built, unless they are saved anyway.
   *
   * @param saved whether a path is
   */
  static List<BackupScope.LeftOut> sources(
      @Nullable StackDefinition definition, Predicate<Path> saved) {
    if (definition == null) {
      return List.of();
    }
    return definition.built().stream()
        .filter(saved.negate())
        .map(path -> new BackupScope.LeftOut(path.toString(), MESSAGES.get("left.built")))
        .toList();
  }

  /** What lies where we may not look may be there: the capture notes that it was not read. */
  private static boolean there(Path file) {
    return !Files.notExists(file);
  }

  private void add(Path file) {
    Path plain = file.toAbsolutePath().normalize();
    if (there(plain)) {
      files.add(plain);
    } else {
      leaveOut(plain.toString(), "left.missing");
    }
  }

  private void leaveOut(String what, String reason) {
    leftOut.add(new BackupScope.LeftOut(what, MESSAGES.get(reason)));
  }

  /** Returns the files that are there, readable or not. */
  Set<Path> files() {
    return files;
  }

  /** Returns what Compose told of the stack; null where it told nothing. */
  @Nullable StackDefinition definition() {
    return definition;
  }

  /** Returns what belongs into the set and could not be learned. */
  List<BackupScope.LeftOut> missing() {
    return missing;
  }

  /** Returns what is not there. */
  List<BackupScope.LeftOut> leftOut() {
    return leftOut;
  }
}
