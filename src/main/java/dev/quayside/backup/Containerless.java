package dev.quayside.backup;

import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.Engine;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.stack.Stack;
import dev.quayside.stack.StackDefinition;
import dev.quayside.stack.StackService;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds services that should have a container and have none: what they keep is seen through no
 * container, so it is in no set. Services of profiles that are not in use are none of them.
 */
final class Containerless {

  private static final Messages MESSAGES = Messages.of("backup");

  private final Engine engine;
  private final Stack stack;
  private final @Nullable StackDefinition definition;
  private final Set<String> shown;

  /**
   * Looks at a stack.
   *
   * @param definition what Compose tells of it; null where it tells nothing
   * @param shown what its containers have mounted
   */
  Containerless(
      Engine engine, Stack stack, @Nullable StackDefinition definition, Set<String> shown) {
    this.engine = engine;
    this.stack = stack;
    this.definition = definition;
    this.shown = Set.copyOf(shown);
  }

  /**
   * Returns what is missing because of them.
   *
   * @param chosen tells which folders are in the set whoever has them mounted
   * @param worthless tells what need not be saved
   */
  List<BackupScope.LeftOut> missing(Predicate<Path> chosen, Worthless worthless)
      throws ProblemException {
    ComposeInvocation invocation = stack.invocation();
    Set<String> there =
        stack.services().stream().map(StackService::name).collect(Collectors.toSet());
    if (definition == null) {
      return invocation == null ? List.of() : unknown(invocation, worthless);
    }
    Set<String> seen = new HashSet<>();
    Map<String, StackDefinition.DefinedService> without = new TreeMap<>();
    definition
        .services()
        .forEach((name, service) -> {
          if (there.contains(name)) {
            service.mounts().forEach(mount -> seen.add(mount.source()));
          } else if (invocation != null && inUse(service, invocation)) {
            without.put(name, service);
          }
        });
    if (without.isEmpty() || invocation == null) {
      return List.of();
    }
    Set<String> volumes = engine.volumes(invocation.project());
    List<BackupScope.LeftOut> missing = new ArrayList<>();
    without.forEach((name, service) -> {
      Set<String> places = new TreeSet<>();
      for (StackDefinition.Mount mount : service.mounts()) {
        boolean data =
            mount.volume()
                ? (mount.external() || volumes.contains(mount.source()))
                    && worthless.volume(invocation.project() + "_" + mount.source()) == null
                : holds(mount.source(), chosen, worthless);
        if (data && !mount.readOnly() && !seen.contains(mount.source())) {
          places.add(mount.source());
        }
      }
      if (!places.isEmpty()) {
        missing.add(
            new BackupScope.LeftOut(
                name, MESSAGES.get("missing.containerless", String.join(", ", places))));
      }
    });
    return missing;
  }

  private static boolean inUse(
      StackDefinition.DefinedService service, ComposeInvocation invocation) {
    return service.profiles().isEmpty()
        || !Collections.disjoint(service.profiles(), invocation.profiles());
  }

  /** A folder whose path has a variable is not looked at, and may hold something. */
  private static boolean holds(String source, Predicate<Path> chosen, Worthless worthless) {
    if (source.contains("$")) {
      return true;
    }
    try {
      Path folder = Path.of(source).normalize();
      // What cannot be looked at may be a folder, too.
      return (Files.isDirectory(folder) || (!Files.exists(folder) && !Files.notExists(folder)))
          && !SystemPlaces.dataless(folder)
          && !chosen.test(folder)
          && worthless.folder(folder) == null;
    } catch (InvalidPathException strange) {
      return true;
    }
  }

  private List<BackupScope.LeftOut> unknown(ComposeInvocation invocation, Worthless worthless)
      throws ProblemException {
    String volumes =
        engine.volumes(invocation.project()).stream()
            .filter(name -> worthless.volume(invocation.project() + "_" + name) == null)
            .filter(
                name -> !shown.contains(name) && !shown.contains(invocation.project() + "_" + name))
            .sorted()
            .collect(Collectors.joining(", "));
    return volumes.isEmpty()
        ? List.of()
        : List.of(new BackupScope.LeftOut(stack.name(), MESSAGES.get("missing.unknown", volumes)));
  }
}
