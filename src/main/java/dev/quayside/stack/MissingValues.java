package dev.quayside.stack;

import dev.quayside.catalogue.CataloguedSecret;
import dev.quayside.catalogue.RotationClass;
import dev.quayside.catalogue.StackKind;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.stack.env.EnvEntry;
import dev.quayside.stack.env.EnvFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Names the variables that have no value and need one before services can start: those that the
 * definition insists on, and secrets that the catalogue knows how to make. Holds no value.
 *
 * @param generated secrets that Quayside can make, by name
 * @param optional secrets that Quayside can make too, which the definition allows to be empty and
 *     whose owner left them so: nothing waits for them
 * @param others what only the operator knows, by name
 * @param file where they belong: the environment file that counts last
 */
public record MissingValues(
    List<String> generated, List<String> optional, List<String> others, Path file) {

  /** What Compose always has, whatever the files say: from its process, or made by itself. */
  private static final Set<String> OWN =
      Set.of("COMPOSE_PROJECT_NAME", "DOCKER_HOST", "HOME", "PATH");

  /** Makes the lists immutable. */
  public MissingValues {
    generated = List.copyOf(generated);
    optional = List.copyOf(optional);
    others = List.copyOf(others);
  }

  /**
   * Looks for what is missing.
   *
   * @param services to start, with all that they depend on
   */
  public static MissingValues of(
      ComposeInvocation invocation,
      StackDefinition definition,
      StackKind kind,
      Collection<String> services)
      throws ProblemException {
    List<Path> files =
        invocation.envFiles().isEmpty()
            ? List.of(invocation.directory().resolve(".env"))
            : invocation.envFiles();
    Set<String> set = new TreeSet<>();
    Set<String> filled = new TreeSet<>();
    for (Path path : files) {
      if (Files.exists(path)) {
        read(path, set, filled);
      }
    }
    set.addAll(OWN);
    filled.addAll(OWN);
    Set<String> missing = new TreeSet<>();
    Set<String> emptied = new TreeSet<>();
    for (Map.Entry<String, Boolean> one : definition.required().entrySet()) {
      // Compose refuses the whole project for it, whatever is to start.
      if (!(one.getValue() ? filled : set).contains(one.getKey())) {
        missing.add(one.getKey());
      }
    }
    for (String service : services) {
      StackDefinition.DefinedService defined = definition.services().get(service);
      if (defined != null) {
        defined.bare().stream()
            .filter(name -> !filled.contains(name) && ours(kind.secret(name)))
            .forEach(missing::add);
        defined.emptyDefaults().stream()
            .filter(name -> !filled.contains(name) && ours(kind.secret(name)))
            .forEach(name -> (set.contains(name) ? emptied : missing).add(name));
      }
    }
    emptied.removeAll(missing);
    List<String> generated = new ArrayList<>();
    List<String> others = new ArrayList<>();
    missing.forEach(name -> (ours(kind.secret(name)) ? generated : others).add(name));
    return new MissingValues(generated, List.copyOf(emptied), others, files.getLast());
  }

  /** Returns whether a secret is one that Quayside makes a value for. */
  private static boolean ours(@Nullable CataloguedSecret secret) {
    return secret != null
        && secret.place() == CataloguedSecret.Place.ENV
        && secret.generator() != null
        && secret.governing() != RotationClass.R7;
  }

  /** A later file beats an earlier one, also with an empty value. */
  private static void read(Path path, Set<String> set, Set<String> filled) throws ProblemException {
    try (EnvFile file = EnvFile.read(path)) {
      for (String name : file.names()) {
        set.add(name);
        EnvEntry entry = file.entry(name);
        if (entry != null && entry.empty()) {
          filled.remove(name);
        } else {
          filled.add(name);
        }
      }
    }
  }

  /** Returns all secrets without a value that Quayside can make, by name. */
  public List<String> makeable() {
    return Stream.concat(generated.stream(), optional.stream()).sorted().toList();
  }

  /** Returns whether nothing is missing that services wait for. */
  public boolean none() {
    return generated.isEmpty() && others.isEmpty();
  }
}
