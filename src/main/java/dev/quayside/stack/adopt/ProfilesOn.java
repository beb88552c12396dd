package dev.quayside.stack.adopt;

import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.stack.Stack;
import dev.quayside.stack.StackDefinition;
import dev.quayside.stack.StackService;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Adds to an invocation the profiles that are on: no label tells them, so a profile counts as on
 * when a service that it switches on has a container.
 */
public final class ProfilesOn {

  private ProfilesOn() {}

  /** Returns {@code called} with those profiles of {@code stack} that are on. */
  public static ComposeInvocation of(
      ComposeInvocation called, Stack stack, StackDefinition definition) {
    List<String> present =
        stack.services().stream()
            .filter(service -> !service.containers().isEmpty())
            .map(StackService::name)
            .toList();
    Set<String> profiles = new TreeSet<>(called.profiles());
    profiles.addAll(definition.profilesOf(present));
    return new ComposeInvocation(
        called.project(),
        called.directory(),
        called.files(),
        called.envFiles(),
        List.copyOf(profiles));
  }
}
