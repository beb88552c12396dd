package dev.quayside.stack;

import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.stack.env.EnvSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Knows the profiles of a stack: which its definition has, how much of each is there, and which are
 * on. No label tells the last; on are those that the stack was adopted with, those that its env
 * file names, and those all of whose services have containers that were started once, as far as no
 * other profile accounts for them.
 */
public final class ProfileSet {

  private static final int LONGEST = 80;
  private static final String VARIABLE = "COMPOSE_PROFILES";
  private static final String EVERY = "*";
  private static final Messages MESSAGES = Messages.of("lifecycle");

  private final StackDefinition definition;
  private final Map<String, Set<String>> members;
  private final Stack stack;
  private final Set<String> present;
  private final Set<String> on;

  private ProfileSet(Stack stack, StackDefinition definition, Set<String> called) {
    this.stack = stack;
    this.definition = definition;
    this.members = members(definition);
    this.present = present(stack);
    this.on = on(called);
  }

  /** Names how much of a profile is there. */
  public enum State {
    /** All its services have containers. */
    ON,
    /** Some of its services have containers. */
    PART,
    /** None of its services has a container. */
    OFF
  }

  /**
   * Describes a profile.
   *
   * @param name as the definition calls it
   * @param services that belong to it, by name
   * @param running those of them that run
   * @param state how much of it is there
   */
  public record Profile(String name, List<String> services, List<String> running, State state) {
    /** Makes the lists immutable. */
    public Profile {
      services = List.copyOf(services);
      running = List.copyOf(running);
    }
  }

  /** Returns the profiles of {@code stack}; reads its env files for the names of those on. */
  public static ProfileSet of(Stack stack, StackDefinition definition) {
    ComposeInvocation invocation = stack.invocation();
    return new ProfileSet(stack, definition, invocation == null ? Set.of() : called(invocation));
  }

  /** Returns those of a stack of whose containers nothing is known. */
  static ProfileSet of(ComposeInvocation invocation, StackDefinition definition) {
    return of(new Stack(invocation.project(), "", "", invocation, List.of()), definition);
  }

  private static Set<String> called(ComposeInvocation invocation) {
    Set<String> called = new TreeSet<>(invocation.profiles());
    String value = null;
    for (Path file : invocation.envFilesInUse()) {
      String later = EnvSettings.read(file, VARIABLE);
      value = later == null ? value : later;
    }
    if (value != null) {
      for (String name : value.split(",", -1)) {
        if (!name.isBlank()) {
          called.add(name.strip());
        }
      }
    }
    return called;
  }

  private static Map<String, Set<String>> members(StackDefinition definition) {
    Map<String, Set<String>> members = new TreeMap<>();
    definition
        .services()
        .forEach((name, service) ->
            service
                .profiles()
                .forEach(
                    profile -> members.computeIfAbsent(profile, _ -> new TreeSet<>()).add(name)));
    return members;
  }

  /**
   * Returns the services with a container that was started once: one that was only made may be kept
   * so on purpose. Where nothing at all was started yet, those that were made count.
   */
  private static Set<String> present(Stack stack) {
    Set<String> made = new TreeSet<>();
    Set<String> started = new TreeSet<>();
    for (StackService service : stack.services()) {
      for (Container container : service.containers()) {
        made.add(service.name());
        if (container.state() != ContainerState.CREATED) {
          started.add(service.name());
        }
      }
    }
    return started.isEmpty() ? made : started;
  }

  private Set<String> on(Set<String> called) {
    Set<String> found = new TreeSet<>(called);
    found.retainAll(members.keySet());
    if (called.contains(EVERY)) {
      found.addAll(members.keySet());
    }
    Set<String> unaccounted = new TreeSet<>(present);
    found.forEach(profile -> unaccounted.removeAll(members.getOrDefault(profile, Set.of())));
    members.entrySet().stream()
        .filter(profile -> present.containsAll(profile.getValue()))
        .sorted(
            Comparator.<Map.Entry<String, Set<String>>>comparingInt(
                    profile -> profile.getValue().size())
                .reversed())
        .forEach(profile -> {
          if (unaccounted.removeAll(profile.getValue())) {
            found.add(profile.getKey());
          }
        });
    return Collections.unmodifiableSet(found);
  }

  /** Returns all profiles by name. */
  public List<Profile> all() {
    Set<String> live =
        stack.services().stream()
            .filter(service -> service.containers().stream().anyMatch(Container::live))
            .map(StackService::name)
            .collect(Collectors.toSet());
    List<Profile> profiles = new ArrayList<>();
    members.forEach((name, services) -> {
      int there = madeOf(services).size();
      State state = there == 0 ? State.OFF : there == services.size() ? State.ON : State.PART;
      List<String> running = services.stream().filter(live::contains).toList();
      profiles.add(new Profile(name, List.copyOf(services), running, state));
    });
    return List.copyOf(profiles);
  }

  /** Returns those of {@code services} that have containers, started or not. */
  public List<String> madeOf(Collection<String> services) {
    return stack.services().stream()
        .filter(service -> !service.containers().isEmpty())
        .map(StackService::name)
        .filter(services::contains)
        .toList();
  }

  /** Returns the profile {@code name}; a problem names those there are. */
  Profile named(String name) throws ProblemException {
    List<Profile> all = all();
    for (Profile profile : all) {
      if (profile.name().equals(name)) {
        return profile;
      }
    }
    String known =
        all.stream()
            .map(profile -> ForeignText.line(profile.name(), LONGEST))
            .collect(Collectors.joining(", "));
    throw new ProblemException(
        MESSAGES.problem(
            "PROFILE-UNKNOWN",
            ForeignText.line(name, LONGEST),
            stack.name(),
            known.isEmpty() ? MESSAGES.get("none") : known));
  }

  /** Returns the names of the profiles that are on. */
  public List<String> on() {
    return List.copyOf(on);
  }

  /**
   * Returns whether a service is in use: always on, on by a profile, or started once by its name.
   */
  public boolean uses(String service) {
    StackDefinition.DefinedService defined = definition.services().get(service);
    return defined == null
        || defined.profiles().isEmpty()
        || !Collections.disjoint(defined.profiles(), on)
        || present.contains(service);
  }

  /** Returns {@code called} with the profiles that are on. */
  public ComposeInvocation complete(ComposeInvocation called) {
    return called.withProfiles(on);
  }

  /**
   * Returns {@code called} with the profiles that are on and as few others as {@code services} and
   * all that they depend on need: Compose refuses one that depends on a service that is off.
   */
  public ComposeInvocation complete(ComposeInvocation called, Collection<String> services) {
    Set<String> profiles = new TreeSet<>(on);
    for (String service : definition.withDependencies(services)) {
      StackDefinition.DefinedService defined = definition.services().get(service);
      if (defined != null
          && !defined.profiles().isEmpty()
          && Collections.disjoint(defined.profiles(), profiles)) {
        profiles.add(new TreeSet<>(defined.profiles()).first());
      }
    }
    return called.withProfiles(profiles);
  }
}
