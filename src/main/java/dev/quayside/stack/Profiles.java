package dev.quayside.stack;

import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.Container;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Tells the profiles of a stack, which its definition knows and its containers do not. */
public final class Profiles {

  private static final int LONGEST = 80;
  private static final Messages MESSAGES = Messages.of("lifecycle");

  private Profiles() {}

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

  /** Returns the profiles of {@code stack} by name. */
  public static List<Profile> of(Stack stack, StackDefinition definition) {
    Map<String, Set<String>> services = new TreeMap<>();
    definition
        .services()
        .forEach((name, service) ->
            service
                .profiles()
                .forEach(
                    profile -> services.computeIfAbsent(profile, _ -> new TreeSet<>()).add(name)));
    Set<String> present =
        stack.services().stream().map(StackService::name).collect(Collectors.toSet());
    Set<String> live =
        stack.services().stream()
            .filter(service -> service.containers().stream().anyMatch(Container::live))
            .map(StackService::name)
            .collect(Collectors.toSet());
    List<Profile> profiles = new ArrayList<>();
    services.forEach((name, members) -> {
      long there = members.stream().filter(present::contains).count();
      State state = there == 0 ? State.OFF : there == members.size() ? State.ON : State.PART;
      List<String> running = members.stream().filter(live::contains).toList();
      profiles.add(new Profile(name, List.copyOf(members), running, state));
    });
    return List.copyOf(profiles);
  }

  /** Returns the profile {@code name}; a problem names those there are. */
  static Profile named(Stack stack, StackDefinition definition, String name)
      throws ProblemException {
    List<Profile> all = of(stack, definition);
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
}
