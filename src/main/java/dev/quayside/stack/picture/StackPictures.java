package dev.quayside.stack.picture;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.catalogue.StackKind;
import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.Container;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.stack.AdoptedStack;
import dev.quayside.stack.AdoptedStacks;
import dev.quayside.stack.ProfileSet;
import dev.quayside.stack.Stack;
import dev.quayside.stack.StackDefinition;
import dev.quayside.stack.adopt.FoundStack;
import dev.quayside.stack.adopt.StackDetector;
import dev.quayside.stack.adopt.Wishes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes pictures of stacks; reads only, and asks Compose. Safe for use by several threads. */
public final class StackPictures {

  private static final Messages MESSAGES = Messages.of("adoption");

  private final Catalogue catalogue;
  private final StackDetector detector;
  private final AdoptedStacks adopted;

  /** Creates a maker of pictures. */
  public StackPictures(Catalogue catalogue, StackDetector detector, AdoptedStacks adopted) {
    this.catalogue = catalogue;
    this.detector = detector;
    this.adopted = adopted;
  }

  /** Makes the picture of {@code stack}; blocks its caller for as long as Compose takes. */
  public StackPicture of(Stack stack) throws ProblemException {
    AdoptedStack known =
        adopted.all().stream()
            .filter(one -> one.project().equals(stack.name()))
            .findFirst()
            .orElse(null);
    FoundStack folder = folder(stack, known);
    ComposeInvocation called =
        stack.invocation() != null || known == null ? stack.invocation() : known.invocation();
    StackDefinition definition = null;
    Problem complaint = null;
    if (called != null) {
      StackDetector.Answer answer = detector.ask(called);
      definition = answer.definition();
      complaint = answer.complaint();
    }
    StackKind kind = catalogue.kind(stack.kind(), stack.era());
    Path root = folder != null ? folder.root() : known != null ? known.root() : null;
    StackPlaces places = StackPlaces.of(kind, root, called, definition, detector::sessionValue);
    boolean labelled = stack.services().stream().anyMatch(one -> !one.containers().isEmpty());
    return new StackPicture(
        stack,
        kind.title(),
        root,
        called == null || definition == null
            ? called
            : ProfileSet.of(stack, definition).complete(called),
        labelled || folder == null ? null : folder.origin(),
        complaint,
        services(stack, kind, definition),
        profiles(stack, definition),
        envFiles(called, definition),
        places.data(),
        places.mounts(),
        notes(labelled ? differences(called, folder) : List.of(), known, folder),
        folder == null ? List.of() : folder.others());
  }

  /** Looks at the folder anew; null where there is none any more, or nothing in it. */
  private @Nullable FoundStack folder(Stack stack, @Nullable AdoptedStack known)
      throws ProblemException {
    Path folder =
        known != null
            ? known.root()
            : stack.invocation() == null ? null : stack.invocation().directory();
    if (folder == null || !Files.isDirectory(folder)) {
      return null;
    }
    try {
      return detector.look(folder, Wishes.NONE);
    } catch (ProblemException nothing) {
      return null;
    }
  }

  /** Adds what has become of the stack since it was adopted. */
  private List<String> notes(
      List<String> differences, @Nullable AdoptedStack known, @Nullable FoundStack folder) {
    if (known == null) {
      return differences;
    }
    List<String> notes = new ArrayList<>(differences);
    if (!known.confirmed()) {
      notes.add(MESSAGES.get("differs.project"));
    }
    if (folder != null
        && folder.definition() != null
        && !(folder.kind() + folder.era()).equals(known.kind() + known.era())) {
      String now = catalogue.kind(folder.kind(), folder.era()).title();
      String then = catalogue.kind(known.kind(), known.era()).title();
      notes.add(MESSAGES.get("differs.kind", now, then, known.root()));
    }
    return List.copyOf(notes);
  }

  private static List<StackPicture.Service> services(
      Stack stack, StackKind kind, @Nullable StackDefinition definition) {
    Map<String, List<Container>> containers = new TreeMap<>();
    if (definition != null) {
      definition.services().keySet().forEach(name -> containers.put(name, List.of()));
    }
    stack.services().forEach(service -> containers.put(service.name(), service.containers()));
    List<StackPicture.Service> services = new ArrayList<>();
    containers.forEach((name, members) -> {
      StackDefinition.DefinedService defined =
          definition == null ? null : definition.services().get(name);
      services.add(
          new StackPicture.Service(
              name,
              defined == null ? List.of() : sorted(defined.profiles()),
              defined == null ? List.of() : sorted(defined.dependsOn()),
              members,
              kind.keptStopped().contains(name),
              defined != null));
    });
    return services;
  }

  private static List<String> sorted(Set<String> names) {
    return List.copyOf(new TreeSet<>(names));
  }

  private static List<StackPicture.Profile> profiles(
      Stack stack, @Nullable StackDefinition definition) {
    if (definition == null) {
      return List.of();
    }
    ProfileSet profiles = ProfileSet.of(stack, definition);
    return profiles.all().stream()
        .map(one ->
            new StackPicture.Profile(
                one.name(), one.services(), profiles.madeOf(one.services()).size()))
        .toList();
  }

  private static List<StackPicture.EnvFile> envFiles(
      @Nullable ComposeInvocation called, @Nullable StackDefinition definition) {
    Map<Path, List<String>> files = new LinkedHashMap<>();
    if (called != null) {
      for (Path file : called.envFilesInUse()) {
        files.put(file.normalize(), new ArrayList<>());
      }
    }
    if (definition != null) {
      definition
          .services()
          .forEach((name, service) ->
              service
                  .envFiles()
                  .forEach(file -> files.computeIfAbsent(file, _ -> new ArrayList<>()).add(name)));
    }
    List<StackPicture.EnvFile> list = new ArrayList<>();
    files.forEach((file, services) ->
        list.add(new StackPicture.EnvFile(file, Files.isRegularFile(file), services)));
    return list;
  }

  private static List<String> differences(
      @Nullable ComposeInvocation called, @Nullable FoundStack folder) {
    if (called == null || folder == null) {
      return List.of();
    }
    List<String> differences = new ArrayList<>();
    List<Path> made = called.files();
    List<Path> now = folder.invocation().files();
    for (Path file : now) {
      if (!made.contains(file)) {
        differences.add(MESSAGES.get("differs.more", file));
      }
    }
    for (Path file : made) {
      if (!now.contains(file)) {
        differences.add(MESSAGES.get(Files.exists(file) ? "differs.less" : "differs.gone", file));
      }
    }
    return differences;
  }
}
