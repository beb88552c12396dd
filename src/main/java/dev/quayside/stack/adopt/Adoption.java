package dev.quayside.stack.adopt;

import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.journal.Intent;
import dev.quayside.journal.Journal;
import dev.quayside.stack.AdoptedStack;
import dev.quayside.stack.AdoptedStacks;
import dev.quayside.stack.ProfileSet;
import dev.quayside.stack.Stack;
import dev.quayside.stack.StackDefinition;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts stacks on our list and takes them off it. The stacks themselves are only read: not one byte
 * of their folders changes, and no container. Safe for use by several threads.
 */
public final class Adoption {

  private static final Messages MESSAGES = Messages.of("adoption");
  private static final String NAME_FORM = "[A-Za-z0-9][A-Za-z0-9_.-]{0,62}";

  private final StackDetector detector;
  private final AdoptedStacks list;
  private final Journal journal;
  private final InstantSource clock;

  /** Creates the operation. */
  public Adoption(
      StackDetector detector, AdoptedStacks list, Journal journal, InstantSource clock) {
    this.detector = detector;
    this.list = list;
    this.journal = journal;
    this.clock = clock;
  }

  /** Looks at {@code folder} without adopting it. */
  public FoundStack look(Path folder, Wishes wishes) throws ProblemException {
    return detector.look(folder, wishes);
  }

  /**
   * Puts the stack in {@code folder} on the list. Where it has containers, what made them goes
   * before what the folder tells, and the profiles that are on are remembered.
   *
   * @param running the stacks on the engine; empty where it cannot be asked
   * @throws ProblemException if there is none, or its name or Compose project is on the list for
   *     another folder
   */
  public AdoptedStack add(Path folder, Wishes wishes, List<Stack> running) throws ProblemException {
    FoundStack found = detector.look(folder, wishes);
    ComposeInvocation invocation = wishes.files().isEmpty() ? made(found, running) : null;
    if (invocation == null) {
      invocation = found.invocation();
    }
    String name = wishes.name().isEmpty() ? invocation.project() : wishes.name();
    if (!name.matches(NAME_FORM)) {
      throw new ProblemException(MESSAGES.problem("NAME-FORM", name));
    }
    AdoptedStack stack =
        new AdoptedStack(
            name, found.root(), found.kind(), found.era(), invocation, clock.instant());
    Map<String, String> details =
        Map.of("folder", found.root().toString(), "kind", found.kind() + " " + found.era());
    recorded("stack-add", name, details, () -> list.add(stack));
    return stack;
  }

  /** Returns how the containers of that project in that folder were made; null where none are. */
  private @Nullable ComposeInvocation made(FoundStack found, List<Stack> running)
      throws ProblemException {
    for (Stack stack : running) {
      ComposeInvocation labels = stack.invocation();
      if (labels == null || !same(found.invocation(), stack.name(), labels)) {
        continue;
      }
      StackDefinition definition = detector.ask(labels).definition();
      return definition == null ? labels : ProfileSet.of(stack, definition).complete(labels);
    }
    return null;
  }

  private static boolean same(ComposeInvocation found, String project, ComposeInvocation labels) {
    return project.equals(found.project()) && labels.directory().equals(found.directory());
  }

  /**
   * Takes the stack called {@code name} off the list. Its folder and its containers stay as they
   * are.
   */
  public void forget(String name) throws ProblemException {
    boolean known =
        list.all().stream()
            .anyMatch(stack -> stack.name().equals(name) || stack.project().equals(name));
    if (!known) {
      throw new ProblemException(MESSAGES.problem("NOT-ADOPTED", name));
    }
    recorded("stack-forget", name, Map.of(), () -> list.forget(name));
  }

  private interface Change {
    void make() throws ProblemException;
  }

  private void recorded(String action, String name, Map<String, String> details, Change change)
      throws ProblemException {
    Intent intent = journal.begin(action, name, details);
    try {
      change.make();
    } catch (ProblemException failure) {
      intent.failed(Map.of("problem", failure.problem().code()));
      throw failure;
    }
    intent.done(Map.of());
  }
}
