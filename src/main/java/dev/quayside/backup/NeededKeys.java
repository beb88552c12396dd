package dev.quayside.backup;

import dev.quayside.backup.tar.RawPath;
import dev.quayside.catalogue.CataloguedSecret;
import dev.quayside.catalogue.RotationClass;
import dev.quayside.catalogue.SecretCopy;
import dev.quayside.catalogue.StackKind;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;
import dev.quayside.engine.Container;
import dev.quayside.engine.Engine;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.stack.Stack;
import dev.quayside.stack.StackDefinition;
import dev.quayside.stack.StackService;
import dev.quayside.stack.env.EnvFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Knows the keys with which a stack encrypts what it stores, and the files they lie in: without
 * them a dump is worth little. Which these are is said by the catalogue (class R5).
 */
final class NeededKeys {

  private static final Messages MESSAGES = Messages.of("backup");

  private final Engine engine;
  private final @Nullable StackDefinition definition;

  /**
   * Looks at a stack.
   *
   * @param engine tells which variables its containers have
   * @param definition what Compose tells of it; null where it tells nothing
   */
  NeededKeys(Engine engine, @Nullable StackDefinition definition) {
    this.engine = engine;
    this.definition = definition;
  }

  /**
   * Returns the keys of the services that {@code stack} has, with the files that hold them. A key
   * that a container was given, and that no file holds, is one too: it is gone with the container.
   */
  List<BackupScope.Key> of(StackKind kind, Stack stack) throws ProblemException {
    ComposeInvocation invocation = stack.invocation();
    if (invocation == null) {
      return List.of();
    }
    Set<String> there = names(stack, service -> !service.containers().isEmpty());
    Set<String> live =
        names(stack, service -> service.containers().stream().anyMatch(Container::live));
    List<BackupScope.Key> keys = new ArrayList<>();
    for (CataloguedSecret secret : kind.secrets()) {
      if (secret.governing() == RotationClass.R5
          && secret.consumers().stream().anyMatch(there::contains)) {
        boolean made = secret.consumers().stream().anyMatch(live::contains);
        List<Path> places = places(secret, invocation, made);
        if (!places.isEmpty() || given(secret, stack)) {
          keys.add(new BackupScope.Key(secret.name(), places));
        }
      }
    }
    return keys;
  }

  /** Returns whether a container has it from elsewhere, such as the shell that made it. */
  private boolean given(CataloguedSecret secret, Stack stack) throws ProblemException {
    for (StackService service : stack.services()) {
      if (secret.consumers().contains(service.name()) && refers(service.name(), secret.name())) {
        for (Container container : service.containers()) {
          if (engine.variablesSet(container.id()).stream()
              .anyMatch(variable -> means(variable, secret.name()))) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /**
   * What a Compose file or an env file of the service says by itself, be it only as a default, is
   * saved with that file.
   */
  private boolean refers(String service, String key) {
    StackDefinition.DefinedService defined =
        definition == null ? null : definition.services().get(service);
    return defined == null
        || (defined.variables().contains(key) && !defined.defaulted().contains(key));
  }

  /**
   * Returns whether a service may call {@code key} so: Langfuse knows LANGFUSE_SALT as SALT, Open
   * WebUI WEBUI_SECRET as WEBUI_SECRET_KEY.
   */
  private static boolean means(String variable, String key) {
    return variable.equals(key) || key.endsWith("_" + variable) || variable.startsWith(key + "_");
  }

  private static Set<String> names(Stack stack, Predicate<StackService> which) {
    return stack.services().stream()
        .filter(which)
        .map(StackService::name)
        .collect(Collectors.toSet());
  }

  /**
   * Returns where a key lies. A variable that nobody has set is none.
   *
   * @param made whether the service runs, so that it has made its own key if it does that
   */
  private static List<Path> places(
      CataloguedSecret secret, ComposeInvocation invocation, boolean made) {
    Path directory = invocation.directory();
    Set<Path> places = new LinkedHashSet<>();
    if (secret.storedIn().stream().anyMatch(copy -> copy.kind() == SecretCopy.Kind.ENV)) {
      invocation.envFiles().stream()
          .map(file -> file.toAbsolutePath().normalize())
          .filter(file -> setsOrHides(file, secret.name()))
          .forEach(places::add);
    }
    for (SecretCopy copy : secret.storedIn()) {
      Path place = directory.resolve(copy.path()).normalize();
      boolean holds =
          switch (copy.kind()) {
            case ENV -> setsOrHides(place, secret.name());
            case JSON, YAML, TEXT -> made || !Files.notExists(place);
            case SERVICE, VOLUME, LAYER, HOST -> false;
          };
      if (holds) {
        places.add(place);
      }
    }
    return List.copyOf(places);
  }

  private static boolean setsOrHides(Path file, String name) {
    return Files.isRegularFile(file) ? sets(file, name) : hidden(file);
  }

  /** Returns whether it cannot be told what is there. */
  private static boolean hidden(Path place) {
    return !Files.exists(place) && !Files.notExists(place);
  }

  private static boolean sets(Path file, String name) {
    try (EnvFile env = EnvFile.read(file);
        Secret value = env.value(name)) {
      return value != null && value.length() > 0;
    } catch (ProblemException unreadable) {
      return true; // The capture meets the same and notes it.
    }
  }

  /** Notes each key of {@code scope} of which no file is in the archive, and returns them. */
  static List<String> lacking(BackupScope scope, ArchiveWriter archive) {
    List<String> lacking = new ArrayList<>();
    for (BackupScope.Key key : scope.keys()) {
      boolean there =
          key.places().stream()
              .map(place -> inside(scope, place))
              .anyMatch(path -> path != null && archive.hasFile(path));
      if (!there) {
        lacking.add(key.name());
        archive.ledger().unread(key.name(), MESSAGES.get("unread.key"));
      }
    }
    return lacking;
  }

  /** Returns where a file of the host lies in the archive; null if nothing around it is saved. */
  private static @Nullable RawPath inside(BackupScope scope, Path file) {
    for (BackupScope.SingleFiles files : scope.files()) {
      if (files.files().contains(file)) {
        return EntryGuard.FILES
            .child(RawPath.of(files.label()))
            .child(name(files.folder().relativize(file)));
      }
    }
    for (BackupScope.Folder folder : scope.folders()) {
      if (file.startsWith(folder.path()) && !file.equals(folder.path())) {
        return EntryGuard.FILES
            .child(RawPath.of(folder.label()))
            .child(name(folder.path().relativize(file)));
      }
    }
    for (BackupScope.Mounted mounted : scope.mounted()) {
      Path source = Path.of(mounted.source());
      if (!mounted.volume() && file.startsWith(source) && !file.equals(source)) {
        return EngineCapture.root(mounted).child(name(source.relativize(file)));
      }
    }
    return null;
  }

  private static RawPath name(Path relative) {
    return RawPath.of(relative.toString());
  }
}
