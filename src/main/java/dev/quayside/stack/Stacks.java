package dev.quayside.stack;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.catalogue.StackKind;
import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Engine;
import dev.quayside.engine.EngineFault;
import dev.quayside.engine.EngineSnapshot;
import dev.quayside.engine.compose.ComposeInvocation;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds the stacks on an engine by the labels that Compose left on their containers. */
public final class Stacks {

  /** Label with the project directory (Compose 2, {@code api.WorkingDirLabel}). */
  private static final String DIRECTORY = "com.docker.compose.project.working_dir";

  /** Label with the Compose files, separated by commas. */
  private static final String FILES = "com.docker.compose.project.config_files";

  /**
   * Label with the files given by {@code --env-file}, separated by commas; absent for the default.
   */
  private static final String ENVIRONMENT_FILES = "com.docker.compose.project.environment_file";

  /** Label that is {@code True} on containers of {@code docker compose run}. */
  private static final String ONE_OFF = "com.docker.compose.oneoff";

  private static final int LONGEST_NAME = 80;
  private static final Messages MESSAGES = Messages.of("stack");

  private final Catalogue catalogue;
  private final Supplier<List<AdoptedStack>> adopted;

  /** Creates a finder that tells kinds by {@code catalogue} and knows of no adopted stacks. */
  public Stacks(Catalogue catalogue) {
    this(catalogue, List::of);
  }

  /**
   * Creates a finder.
   *
   * @param catalogue tells the kinds
   * @param adopted gives the stacks that the operator has adopted
   */
  public Stacks(Catalogue catalogue, Supplier<List<AdoptedStack>> adopted) {
    this.catalogue = catalogue;
    this.adopted = adopted;
  }

  /**
   * Returns all stacks by name, adopted ones without containers too; the containers that Compose
   * did not make come last, under an empty name.
   */
  public List<Stack> all(EngineSnapshot snapshot) {
    Map<String, List<Container>> projects = new TreeMap<>();
    List<Container> others = new ArrayList<>();
    for (Container container : snapshot.containers()) {
      String project = container.project();
      if (project == null || project.isEmpty()) {
        others.add(container);
      } else if (!isOneOff(container)) {
        projects.computeIfAbsent(project, _ -> new ArrayList<>()).add(container);
      }
    }
    Map<String, AdoptedStack> known = new HashMap<>();
    for (AdoptedStack one : adopted.get()) {
      known.put(one.project(), one);
      projects.computeIfAbsent(one.project(), _ -> new ArrayList<>());
    }
    List<Stack> stacks = new ArrayList<>();
    projects.forEach((name, containers) -> stacks.add(stack(name, containers, known.get(name))));
    if (!others.isEmpty()) {
      stacks.add(new Stack("", StackKind.GENERIC, "", null, services(others)));
    }
    return List.copyOf(stacks);
  }

  /**
   * Returns the stack called {@code name}, or throws a problem that names those there are. An empty
   * name, such as an unset variable of a script, never means the containers without a stack.
   */
  public Stack find(EngineSnapshot snapshot, String name) throws ProblemException {
    if (name.isEmpty()) {
      throw unknown(all(snapshot), name);
    }
    return group(snapshot, name);
  }

  /**
   * Returns the stack called {@code name}, as {@link #find} does, or for an empty name the
   * containers that Compose did not make; for a caller who names services of it.
   */
  public Stack group(EngineSnapshot snapshot, String name) throws ProblemException {
    List<Stack> all = all(snapshot);
    Stack exact = withProject(all, name);
    AdoptedStack called =
        adopted.get().stream().filter(one -> one.name().equals(name)).findFirst().orElse(null);
    if (exact != null && called != null && !called.project().equals(name)) {
      // It came to run only after the other one was adopted, or while the engine was away.
      throw new ProblemException(
          MESSAGES.problem("STACK-AMBIGUOUS", name, called.root(), called.project()));
    }
    Stack found = called == null ? exact : withProject(all, called.project());
    if (found == null) {
      throw unknown(all, name);
    }
    return found;
  }

  /**
   * Returns the stack with exactly the Compose project {@code project}, whatever another one may be
   * called; for a caller who has the project from a list of stacks. Refuses an empty one.
   */
  public Stack ofProject(EngineSnapshot snapshot, String project) throws ProblemException {
    List<Stack> all = all(snapshot);
    Stack found = withProject(all, project);
    if (found == null || project.isEmpty()) {
      throw unknown(all, project);
    }
    return found;
  }

  private static @Nullable Stack withProject(List<Stack> all, String project) {
    return all.stream().filter(stack -> stack.name().equals(project)).findFirst().orElse(null);
  }

  private static ProblemException unknown(List<Stack> all, String name) {
    List<String> known =
        all.stream().map(Stack::name).filter(other -> !other.isEmpty()).map(Stacks::shown).toList();
    String list = known.isEmpty() ? MESSAGES.get("none") : String.join(", ", known);
    return new ProblemException(MESSAGES.problem("STACK-UNKNOWN", shown(name), list));
  }

  /** Returns whether the container is one of {@code docker compose run}. */
  static boolean isOneOff(Container container) {
    return "True".equalsIgnoreCase(container.labels().get(ONE_OFF));
  }

  /** Returns {@code stack} with the containers that {@code all} holds of it now. */
  static Stack refreshed(Stack stack, List<Container> all) {
    List<Container> mine =
        all.stream()
            .filter(container -> !isOneOff(container))
            .filter(container -> belongs(stack, container))
            .toList();
    return new Stack(stack.name(), stack.kind(), stack.era(), stack.invocation(), services(mine));
  }

  /**
   * Reads the stack as it is now. A list tells nothing of how a container ended, so those that have
   * ended are asked each.
   */
  static Stack read(Stack stack, Engine engine) throws ProblemException {
    List<Container> all = new ArrayList<>();
    for (Container container : engine.list()) {
      boolean untold =
          belongs(stack, container)
              && !isOneOff(container)
              && container.state() == ContainerState.EXITED
              && container.facts() == null;
      if (untold) {
        addRead(container, engine, all);
      } else {
        all.add(container);
      }
    }
    return refreshed(stack, all);
  }

  /** Adds what the engine tells of one container; one that has gone meanwhile is left out. */
  private static void addRead(Container listed, Engine engine, List<Container> all)
      throws ProblemException {
    try {
      all.add(engine.read(listed.id()));
    } catch (ProblemException e) {
      if (!e.problem().code().equals(EngineFault.CONTAINER_GONE.code())) {
        throw e;
      }
    }
  }

  private static boolean belongs(Stack stack, Container container) {
    String project = container.project();
    return stack.name().equals(project == null ? "" : project);
  }

  private Stack stack(String name, List<Container> containers, @Nullable AdoptedStack known) {
    List<StackService> services = services(containers);
    StackKind kind =
        catalogue.kindOf(
            services.stream().map(StackService::name).toList(),
            containers.stream().map(Container::name).toList());
    ComposeInvocation made = newest(name, containers, null);
    ComposeInvocation invocation = known == null ? made : adopted(known, containers);
    return known == null || known.kind().equals(StackKind.GENERIC) || other(known, made, kind)
        ? new Stack(name, kind.id(), kind.era(), invocation, services)
        : new Stack(name, known.kind(), known.era(), invocation, services);
  }

  /**
   * Returns whether the containers are not what was adopted: made from another folder, or of
   * another era of its kind since.
   */
  private static boolean other(
      AdoptedStack known, @Nullable ComposeInvocation made, StackKind kind) {
    return made != null
        && (!made.directory().equals(known.invocation().directory())
            || (kind.id().equals(known.kind()) && !kind.era().equals(known.era())));
  }

  private static List<StackService> services(List<Container> containers) {
    Map<String, List<Container>> byService = new TreeMap<>();
    for (Container container : containers) {
      byService.computeIfAbsent(container.service(), _ -> new ArrayList<>()).add(container);
    }
    List<StackService> services = new ArrayList<>();
    byService.forEach((service, members) ->
        services.add(
            new StackService(
                service, members.stream().sorted(Comparator.comparing(Container::name)).toList())));
    return services;
  }

  /**
   * Returns how an adopted stack is made: what made its containers goes before what the folder told
   * when it was adopted, but only in that folder, as labels can come from anywhere. No label tells
   * the profiles.
   */
  private static @Nullable ComposeInvocation adopted(
      AdoptedStack known, List<Container> containers) {
    ComposeInvocation told = known.invocation();
    ComposeInvocation made = newest(known.project(), containers, told.directory());
    if (made != null) {
      return made.withProfiles(told.profiles());
    }
    // A project name that Compose has not confirmed yet is a guess, and nothing is done under it.
    return known.confirmed() ? told : null;
  }

  /**
   * Reads the invocation from the newest container that tells one: an older container may have been
   * made from files that have moved since.
   *
   * @param directory project directory of those that count; null for any
   */
  private static @Nullable ComposeInvocation newest(
      String project, List<Container> containers, @Nullable Path directory) {
    return containers.stream()
        .sorted(Comparator.comparing(Container::created).reversed())
        .map(container -> invocation(project, container.labels()))
        .filter(java.util.Objects::nonNull)
        .filter(one -> directory == null || one.directory().equals(directory))
        .findFirst()
        .orElse(null);
  }

  /** Reads how {@code container} was made; null where its labels do not tell. */
  static @Nullable ComposeInvocation invocation(Container container) {
    String project = container.project();
    return project == null ? null : invocation(project, container.labels());
  }

  private static @Nullable ComposeInvocation invocation(
      String project, Map<String, String> labels) {
    String directory = labels.get(DIRECTORY);
    String files = labels.get(FILES);
    if (directory == null || files == null || files.isBlank()) {
      return null;
    }
    try {
      Path folder = Path.of(directory);
      if (!folder.isAbsolute()) {
        return null;
      }
      List<Path> environment = paths(folder, labels.getOrDefault(ENVIRONMENT_FILES, ""));
      return new ComposeInvocation(project, folder, paths(folder, files), environment, List.of());
    } catch (InvalidPathException foreign) {
      return null;
    }
  }

  private static List<Path> paths(Path folder, String list) {
    List<Path> paths = new ArrayList<>();
    for (String path : list.split(",", -1)) {
      if (!path.isBlank()) {
        paths.add(folder.resolve(path));
      }
    }
    return paths;
  }

  private static String shown(String name) {
    return ForeignText.line(name, LONGEST_NAME);
  }
}
