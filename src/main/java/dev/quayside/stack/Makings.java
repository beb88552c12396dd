package dev.quayside.stack;

import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.Container;
import dev.quayside.engine.compose.ComposeInvocation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares how the containers of a stack were made. What is made anew is made from the files that
 * made it; where these differ from one container to the next there is no such list for all of them.
 */
final class Makings {

  private static final Messages MESSAGES = Messages.of("lifecycle");

  private Makings() {}

  /**
   * Returns {@code stack} with the invocation that made the containers of {@code services}; as it
   * is where these have none yet.
   *
   * @param services the names; empty for all
   * @throws ProblemException if they were made in different ways, or in another folder than the
   *     stack's
   */
  static Stack agreed(Stack stack, Collection<String> services) throws ProblemException {
    ComposeInvocation usual = stack.invocation();
    if (usual == null) {
      return stack;
    }
    Map<ComposeInvocation, Set<String>> made = made(stack, services);
    if (made.isEmpty() && !services.isEmpty()) {
      // Nothing tells from which of several lists what is new should come.
      made = made(stack, List.of());
    }
    Problem problem = disagreement(stack.name(), usual, made);
    if (problem != null) {
      throw new ProblemException(problem);
    }
    if (made.isEmpty()) {
      return stack;
    }
    ComposeInvocation one = made.keySet().iterator().next();
    ComposeInvocation called =
        new ComposeInvocation(
            usual.project(), usual.directory(), one.files(), one.envFiles(), usual.profiles());
    return new Stack(stack.name(), stack.kind(), stack.era(), called, stack.services());
  }

  /** Returns what speaks against making containers of {@code services} anew; null for nothing. */
  static @Nullable Problem disagreement(Stack stack, Collection<String> services) {
    ComposeInvocation usual = stack.invocation();
    return usual == null ? null : disagreement(stack.name(), usual, made(stack, services));
  }

  private static @Nullable Problem disagreement(
      String stack, ComposeInvocation usual, Map<ComposeInvocation, Set<String>> made) {
    for (Map.Entry<ComposeInvocation, Set<String>> one : made.entrySet()) {
      Path directory = one.getKey().directory();
      if (!same(directory, usual.directory())) {
        return MESSAGES.problem(
            "MADE-ELSEWHERE",
            stack,
            String.join(", ", one.getValue()),
            directory,
            usual.directory());
      }
    }
    return made.size() < 2
        ? null
        : MESSAGES.problem(
            "MADE-DIFFERENTLY",
            stack,
            made.entrySet().stream()
                .map(one -> text(one.getKey(), one.getValue()))
                .collect(Collectors.joining("; ")));
  }

  private static String text(ComposeInvocation called, Set<String> services) {
    return MESSAGES.get(
        "made.from",
        String.join(", ", services),
        Stream.concat(called.files().stream(), called.envFiles().stream())
            .map(file -> near(called, file))
            .collect(Collectors.joining(", ")));
  }

  private static String near(ComposeInvocation called, Path file) {
    return file.startsWith(called.directory())
        ? called.directory().relativize(file).toString()
        : file.toString();
  }

  /** Returns the different ways in which containers were made, with their services. */
  private static Map<ComposeInvocation, Set<String>> made(
      Stack stack, Collection<String> services) {
    Map<ComposeInvocation, Set<String>> made = new LinkedHashMap<>();
    for (StackService service : stack.services()) {
      if (services.isEmpty() || services.contains(service.name())) {
        for (Container container : service.containers()) {
          ComposeInvocation one = Stacks.invocation(container);
          if (one != null) {
            made.computeIfAbsent(plain(one), _ -> new TreeSet<>()).add(service.name());
          }
        }
      }
    }
    return made;
  }

  /** Naming the file that counts anyway is no difference. */
  private static ComposeInvocation plain(ComposeInvocation one) {
    List<Path> files = one.files().stream().map(Path::normalize).toList();
    List<Path> given = one.envFiles().stream().map(Path::normalize).toList();
    boolean usual = given.equals(List.of(one.directory().resolve(".env")));
    return new ComposeInvocation(
        one.project(), one.directory(), files, usual ? List.of() : given, List.of());
  }

  /** A link on the way makes another name, but no other folder. */
  private static boolean same(Path one, Path other) {
    return one.equals(other) || Objects.equals(real(one), real(other));
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException gone) {
      return path;
    }
  }
}
