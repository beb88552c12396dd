package dev.quayside.backup;

import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.compose.Compose;
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
  private @Nullable StackDefinition definition;

  private ProjectFiles() {}

  /**
   * Looks at the folder of {@code stack} and asks Compose for the env files of its services.
   *
   * @param compose null where there is none, which is then said
   */
  static ProjectFiles of(Stack stack, @Nullable Compose compose) {
    ProjectFiles found = new ProjectFiles();
    ComposeInvocation invocation = stack.invocation();
    if (invocation == null) {
      found.leaveOut(stack.name(), "left.no-invocation");
      return found;
    }
    found.named(invocation);
    found.envFiles(invocation, compose);
    return found;
  }

  private void named(ComposeInvocation invocation) {
    Path directory = invocation.directory();
    if (invocation.files().isEmpty()) {
      DEFAULTS.stream()
          .map(directory::resolve)
          .filter(Files::exists)
          .findFirst()
          .ifPresentOrElse(files::add, () -> leaveOut(directory.toString(), "left.no-compose"));
      OVERRIDES.stream().map(directory::resolve).filter(Files::exists).forEach(files::add);
    }
    invocation.files().forEach(this::add);
    if (invocation.envFiles().isEmpty() && Files.exists(directory.resolve(".env"))) {
      files.add(directory.resolve(".env"));
    }
    invocation.envFiles().forEach(this::add);
  }

  private void envFiles(ComposeInvocation invocation, @Nullable Compose compose) {
    try {
      if (compose == null) {
        leaveOut(invocation.directory().toString(), "left.env-unknown");
        return;
      }
      definition = StackDefinition.read(compose, invocation);
      definition.services().values().forEach(service -> service.envFiles().forEach(this::add));
    } catch (ProblemException unclear) {
      leaveOut(invocation.directory().toString(), "left.env-unknown");
    }
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

  private void add(Path file) {
    Path plain = file.toAbsolutePath().normalize();
    if (Files.exists(plain)) {
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

  /** Returns what is missing or could not be learned. */
  List<BackupScope.LeftOut> leftOut() {
    return leftOut;
  }
}
