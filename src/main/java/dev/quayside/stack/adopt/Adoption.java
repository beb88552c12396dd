package dev.quayside.stack.adopt;

import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.journal.Intent;
import dev.quayside.journal.Journal;
import dev.quayside.stack.AdoptedStack;
import dev.quayside.stack.AdoptedStacks;
import dev.quayside.stack.ProfileSet;
import dev.quayside.stack.Stack;
import dev.quayside.stack.StackDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts stacks on our list and takes them off it. The stacks themselves are only read: not one byte
 * of their folders changes, and no container. Safe for use by several threads.
 */
public final class Adoption {

  private static final Messages MESSAGES = Messages.of("adoption");
  private static final String NAME_FORM = "[A-Za-z0-9][A-Za-z0-9_.-]{0,62}";

  /** How the files looked when Compose last rejected them, by the stack's folder. */
  private final Map<Path, String> rejected = new ConcurrentHashMap<>();

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

  /**
   * Looks at {@code folder} without adopting it: tells just what {@link #add} would put on the
   * list.
   *
   * @param running the stacks on the engine; empty where it cannot be asked
   */
  public FoundStack look(Path folder, Wishes wishes, List<Stack> running) throws ProblemException {
    FoundStack found = detector.look(folder, wishes);
    Stack made = wishes.files().isEmpty() ? made(found, wishes, running) : null;
    ComposeInvocation labels = made == null ? null : made.invocation();
    if (made == null || labels == null) {
      return found;
    }
    StackDetector.Answer answer = detector.ask(labels);
    StackDefinition definition = answer.definition();
    return new FoundStack(
        found.root(),
        found.kind(),
        found.era(),
        definition == null ? labels : ProfileSet.of(made, definition).complete(labels),
        FoundStack.Origin.LABELS,
        definition,
        answer.complaint(),
        ComposeFiles.others(found.root(), labels.files()));
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
    return adopt(folder, wishes, running).stack();
  }

  /**
   * Holds an adopted stack.
   *
   * @param complaint what Compose says against its files; null where it accepts them
   */
  public record Adopted(AdoptedStack stack, @Nullable Problem complaint) {}

  /** Puts the stack on the list as {@link #add} does, and tells what is wrong with its files. */
  public Adopted adopt(Path folder, Wishes wishes, List<Stack> running) throws ProblemException {
    FoundStack found = look(folder, wishes, running);
    ComposeInvocation invocation = found.invocation();
    String name = wishes.name().isEmpty() ? invocation.project() : wishes.name();
    if (!name.matches(NAME_FORM)) {
      throw new ProblemException(MESSAGES.problem("NAME-FORM", name));
    }
    refuseAnothers(invocation, name, running);
    boolean guessed =
        found.origin() != FoundStack.Origin.LABELS
            && found.definition() == null
            && wishes.project().isEmpty();
    AdoptedStack stack =
        new AdoptedStack(
            name,
            found.root(),
            found.kind(),
            found.era(),
            guessed ? of("", invocation) : invocation,
            clock.instant());
    Map<String, String> details =
        Map.of("folder", found.root().toString(), "kind", found.kind() + " " + found.era());
    recorded(
        "stack-add",
        name,
        details,
        () -> {
          list.add(stack);
          return true;
        });
    return new Adopted(stack, found.complaint());
  }

  private static ComposeInvocation of(String project, ComposeInvocation invocation) {
    return new ComposeInvocation(
        project,
        invocation.directory(),
        invocation.files(),
        invocation.envFiles(),
        invocation.profiles());
  }

  /** Throws where the project or the name is that of containers made from another folder. */
  private static void refuseAnothers(ComposeInvocation invocation, String name, List<Stack> running)
      throws ProblemException {
    for (Stack stack : running) {
      ComposeInvocation labels = stack.invocation();
      if (labels == null || !elsewhere(stack, labels, invocation)) {
        continue;
      }
      if (stack.name().equals(invocation.project())) {
        throw new ProblemException(
            MESSAGES.problem("PROJECT-ELSEWHERE", stack.name(), labels.directory()));
      }
      if (stack.name().equals(name)) {
        throw new ProblemException(MESSAGES.problem("NAME-TAKEN", name, labels.directory()));
      }
    }
  }

  /** Returns whether a stack runs from another folder; one that is gone was moved, maybe here. */
  private static boolean elsewhere(
      Stack stack, ComposeInvocation labels, ComposeInvocation invocation) {
    return labels.project().equals(stack.name())
        && stack.services().stream().anyMatch(one -> !one.containers().isEmpty())
        && Files.isDirectory(labels.directory())
        && !labels.directory().equals(invocation.directory());
  }

  /**
   * Returns the stack whose containers were made from that folder; null where there are none, or
   * those of several projects of which none is meant. They may have any project: it can be given
   * with each call.
   */
  private static @Nullable Stack made(FoundStack found, Wishes wishes, List<Stack> running) {
    List<Stack> here =
        running.stream()
            .filter(stack -> !stack.services().stream().allMatch(one -> one.containers().isEmpty()))
            .filter(stack -> sameFolder(found.invocation(), stack.invocation()))
            .toList();
    return here.stream()
        .filter(stack -> stack.name().equals(found.invocation().project()))
        .findFirst()
        .orElse(here.size() == 1 && wishes.project().isEmpty() ? here.getFirst() : null);
  }

  private static boolean sameFolder(ComposeInvocation found, @Nullable ComposeInvocation labels) {
    return labels != null
        && labels.directory().equals(found.directory())
        && labels.files().stream().anyMatch(found.files()::contains);
  }

  /**
   * Asks Compose again for the projects that are not known yet, because it rejected the files when
   * they were adopted; returns the list as it is then. Files that have not changed since are not
   * asked about again.
   */
  public List<AdoptedStack> confirmed() throws ProblemException {
    List<AdoptedStack> all = list.all();
    boolean changed = false;
    for (AdoptedStack stack : all) {
      changed |= !stack.confirmed() && confirm(stack);
    }
    return changed ? list.all() : all;
  }

  private boolean confirm(AdoptedStack stack) throws ProblemException {
    String state = state(stack.invocation());
    if (state.equals(rejected.put(stack.root(), state))) {
      return false;
    }
    StackDefinition definition = detector.ask(stack.invocation()).definition();
    if (definition == null) {
      return false;
    }
    AdoptedStack confirmed =
        new AdoptedStack(
            stack.name(),
            stack.root(),
            stack.kind(),
            stack.era(),
            of(definition.project(), stack.invocation()),
            stack.at());
    Map<String, String> details = Map.of("project", definition.project());
    // Compose took its time, and the stack may have been forgotten meanwhile.
    return recorded("stack-confirm", stack.name(), details, () -> list.replace(stack, confirmed));
  }

  /** Returns what changes when somebody saves one of the files. */
  private static String state(ComposeInvocation invocation) {
    List<Path> files = new ArrayList<>(invocation.files());
    files.addAll(invocation.envFiles());
    files.add(invocation.directory().resolve(".env"));
    StringBuilder state = new StringBuilder();
    for (Path file : files) {
      try {
        state.append(Files.getLastModifiedTime(file)).append(' ').append(Files.size(file));
      } catch (IOException gone) {
        state.append("gone");
      }
      state.append(';');
    }
    return state.toString();
  }

  /**
   * Takes the stack called {@code name} off the list. Its folder and its containers stay as they
   * are.
   */
  public void forget(String name) throws ProblemException {
    forget(AdoptedStacks.named(list.all(), name), name);
  }

  /** Takes the stack with the Compose project {@code project} off the list, as {@link #forget}. */
  public void forgetProject(String project) throws ProblemException {
    AdoptedStack meant =
        list.all().stream().filter(one -> one.project().equals(project)).findFirst().orElse(null);
    forget(meant, project);
  }

  private void forget(@Nullable AdoptedStack meant, String called) throws ProblemException {
    if (meant == null) {
      throw new ProblemException(MESSAGES.problem("NOT-ADOPTED", called));
    }
    recorded("stack-forget", meant.name(), Map.of(), () -> list.forget(meant.name()));
  }

  private interface Change {
    boolean make() throws ProblemException;
  }

  /** Makes a change with its entries in the journal; returns whether anything changed. */
  private boolean recorded(String action, String name, Map<String, String> details, Change change)
      throws ProblemException {
    Intent intent = journal.begin(action, name, details);
    boolean changed;
    try {
      changed = change.make();
    } catch (ProblemException failure) {
      intent.failed(Map.of("problem", failure.problem().code()));
      throw failure;
    }
    intent.done(changed ? Map.of() : Map.of("changed", "no"));
    return changed;
  }
}
