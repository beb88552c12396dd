package dev.quayside.backup.landing;

import dev.quayside.backup.BackupScope;
import dev.quayside.backup.BackupScopes;
import dev.quayside.backup.BackupShelf;
import dev.quayside.backup.Inspections;
import dev.quayside.backup.Places;
import dev.quayside.backup.ShelvedArchive;
import dev.quayside.common.Messages;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerInspection;
import dev.quayside.engine.Engine;
import dev.quayside.journal.Intent;
import dev.quayside.stack.LifecycleReceipt;
import dev.quayside.stack.LifecycleRequest;
import dev.quayside.stack.Stack;
import dev.quayside.stack.StackService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at a running stack, and stops and starts services of it. */
final class LiveStack {

  /** Says that somebody uses what is to change places, who may be done with it in a moment. */
  static final String IN_USE = "LANDING-IN-USE";

  private static final Messages MESSAGES = Messages.of("landing");

  private final LandingParts parts;

  LiveStack(LandingParts parts) {
    this.parts = parts;
  }

  /** Returns a planner for {@code stack} as it is now. */
  LandingPlanner planner(Stack stack) throws ProblemException {
    try (Engine engine = parts.engines().connect()) {
      return new LandingPlanner(
          scope(engine, stack),
          running(engine, stack),
          new Surroundings(
              Places.of(engine), spared(), new BackupScopes(engine, null).serverPlaces(stack)));
    }
  }

  /** Returns our own records, and every archive that we know of. */
  private List<Path> spared() throws ProblemException {
    List<Path> spared = new ArrayList<>(List.of(parts.home().state()));
    new BackupShelf(parts.home())
        .list().stream()
            .map(ShelvedArchive::archive)
            .filter(archive -> !Files.notExists(archive))
            .forEach(spared::add);
    return spared;
  }

  /** Returns the server of {@code service}, which has to run. */
  BackupScope.Postgres server(String stack, String service) throws ProblemException {
    try (Engine engine = parts.engines().connect()) {
      return scope(engine, parts.stacks().find(stack)).databases().stream()
          .filter(one -> one.service().equals(service))
          .findFirst()
          .orElseThrow(
              () -> new ProblemException(MESSAGES.problem("LANDING-SERVER-AWAY", stack, service)));
    }
  }

  /** Returns whether the server of {@code service} runs. */
  boolean serves(String stack, String service) throws ProblemException {
    try (Engine engine = parts.engines().connect()) {
      return scope(engine, parts.stacks().find(stack)).databases().stream()
          .anyMatch(one -> one.service().equals(service));
    }
  }

  /** Returns whether {@code service} has no container, not even one that stands. */
  boolean containerless(String stack, String service) throws ProblemException {
    return made(stack, List.of(service)).isEmpty();
  }

  /** Returns the servers of {@code stack} that run and are the only one of their service. */
  List<BackupScope.Postgres> servers(Stack stack) throws ProblemException {
    try (Engine engine = parts.engines().connect()) {
      List<BackupScope.Postgres> all = scope(engine, stack).databases();
      return all.stream()
          .filter(one ->
              all.stream().filter(other -> other.service().equals(one.service())).count() == 1)
          .toList();
    }
  }

  /** Returns every running container of the engine. */
  List<Consumers> running(String stack) throws ProblemException {
    try (Engine engine = parts.engines().connect()) {
      return running(engine, parts.stacks().find(stack));
    }
  }

  /** Returns the digests of the images of all containers of {@code stack}, stopped ones too. */
  List<String> images(String stack) throws ProblemException {
    Set<ContainerId> ours = new HashSet<>();
    for (StackService service : parts.stacks().find(stack).services()) {
      service.containers().forEach(one -> ours.add(one.id()));
    }
    try (Engine engine = parts.engines().connect()) {
      return engine.list().stream()
          .filter(one -> ours.contains(one.id()))
          .map(Container::imageId)
          .distinct()
          .toList();
    }
  }

  private static BackupScope scope(Engine engine, Stack stack) throws ProblemException {
    return new BackupScopes(engine, null).of(stack, List.of());
  }

  private static List<Consumers> running(Engine engine, Stack stack) throws ProblemException {
    List<ContainerInspection> seen = new ArrayList<>();
    for (Container container : engine.list()) {
      if (container.live()) {
        // What has ended since it was listed uses nothing any more.
        Inspections.ifThere(engine, container.id()).ifPresent(seen::add);
      }
    }
    Places places = Places.of(engine);
    List<Consumers> running = new ArrayList<>();
    for (ContainerInspection one : seen) {
      String service = stack.serviceOf(one.container().id()).orElse(null);
      Optional<ContainerId> joined = one.container().networkOwner();
      ContainerInspection owner =
          seen.stream()
              .filter(each -> joined.filter(each.container()::meantBy).isPresent())
              .findFirst()
              .orElse(one);
      running.add(
          new Consumers(
              service == null ? "" : stack.name(),
              service == null ? one.container().name() : service,
              Consumers.binds(one, places),
              Consumers.volumes(one, places, service != null),
              one.container().imageId(),
              networks(owner),
              Stream.concat(joined.stream(), one.processOwner().stream())
                  .flatMap(each -> stack.serviceOf(each).stream())
                  .collect(Collectors.toSet())));
    }
    return running;
  }

  private static Set<String> networks(ContainerInspection seen) {
    Set<String> networks = new TreeSet<>();
    seen.attachments().forEach(one -> networks.add(one.network()));
    return networks;
  }

  void stop(String stack, List<String> services, Progress progress) throws ProblemException {
    change(LifecycleRequest.Action.STOP, stack, made(stack, services), progress);
  }

  /** Starts services in the order of dependence and waits until each is ready. */
  void start(String stack, List<String> services, Progress progress) throws ProblemException {
    change(LifecycleRequest.Action.START, stack, services, progress);
  }

  /**
   * Starts all of {@code users}, the servers first, with what they cannot run without, and waits
   * until each is ready.
   */
  void start(String stack, Users users, Progress progress) throws ProblemException {
    if (users.consumers().isEmpty() && users.servers().isEmpty()) {
      return;
    }
    Sequence sequence = sequence(stack);
    Set<String> first = sequence.withNeeds(users.servers());
    Set<String> stood = new TreeSet<>(users.consumers());
    stood.addAll(users.servers());
    first.retainAll(stood);
    stood.removeAll(first);
    for (Set<String> some : List.of(first, stood)) {
      for (List<String> turn : sequence.turns(some)) {
        start(stack, turn, progress);
      }
    }
  }

  /**
   * Starts servers that stand, with those in whose network or among whose processes they live, and
   * nothing else: no other service may see data that is half put back. Says nothing of what does
   * not start: who needs a server will find it away.
   */
  void wake(String stack, Collection<String> servers, Intent intent) throws ProblemException {
    if (servers.isEmpty()) {
      return;
    }
    Set<String> standing = new TreeSet<>(standing(stack));
    List<String> asleep = servers.stream().filter(standing::contains).toList();
    if (!asleep.isEmpty()) {
      Set<String> owners = sequence(stack).withOwners(asleep);
      owners.retainAll(standing);
      var _ = startAgain(stack, owners, intent);
    }
  }

  /** Returns the services that have containers, of which none runs. */
  private List<String> standing(String stack) throws ProblemException {
    return parts.stacks().find(stack).services().stream()
        .filter(one ->
            !one.containers().isEmpty() && one.containers().stream().noneMatch(Container::live))
        .map(StackService::name)
        .toList();
  }

  private Sequence sequence(String stack) throws ProblemException {
    try (Engine engine = parts.engines().connect()) {
      return Sequence.of(engine, parts.stacks().find(stack));
    }
  }

  /**
   * Starts services that ran before, whatever they make of it: who puts data back cannot wait for
   * what was ill before.
   *
   * @return what is not ready, with the reason
   */
  List<String> startAgain(String stack, Collection<String> services, Intent intent)
      throws ProblemException {
    List<String> unready = new ArrayList<>(services);
    List<String> made = made(stack, services);
    unready.removeAll(made);
    unready.replaceAll(one -> MESSAGES.get("again.no-container", one));
    if (made.isEmpty()) {
      return List.copyOf(unready);
    }
    for (List<String> turn : sequence(stack).turns(made)) {
      try {
        change(LifecycleRequest.Action.START, stack, turn, Progress.none());
      } catch (ProblemException e) {
        unready.add(e.problem().happened());
        unready.addAll(forced(stack, turn, intent));
      }
    }
    return List.copyOf(unready);
  }

  /** Starts what is not ready, in this order, whether what it depends on is ready or not. */
  private List<String> forced(String stack, List<String> services, Intent intent)
      throws ProblemException {
    List<String> failed = new ArrayList<>();
    List<StackService> all = parts.stacks().find(stack).services();
    for (String name : services) {
      for (StackService service : all) {
        for (Container container : service.containers()) {
          if (service.name().equals(name) && !container.live()) {
            try {
              parts.control().get().start(intent, container.id());
            } catch (ProblemException e) {
              failed.add(MESSAGES.get("again.not-started", name, e.problem().happened()));
            }
          }
        }
      }
    }
    return failed;
  }

  /** Returns those of {@code services} that have containers. */
  private List<String> made(String stack, Collection<String> services) throws ProblemException {
    if (services.isEmpty()) {
      return List.of();
    }
    Set<String> there = new HashSet<>();
    parts.stacks().find(stack).services().stream()
        .filter(one -> !one.containers().isEmpty())
        .forEach(one -> there.add(one.name()));
    return services.stream().filter(there::contains).toList();
  }

  /** Refuses to move {@code folder} while something that runs could write to it. */
  void requireStill(String stack, Path folder) throws ProblemException {
    String user = user(stack, folder.toString());
    if (user != null) {
      throw new ProblemException(MESSAGES.problem(IN_USE, folder, user));
    }
  }

  /** Returns one that runs and keeps a place from being changed; null if there is none. */
  @Nullable String user(String stack, String source) throws ProblemException {
    return running(stack).stream()
        .filter(one -> one.blocks(stack, source))
        .map(Consumers::service)
        .findFirst()
        .orElse(null);
  }

  /** Returns where the engine is, for people. */
  String engine() throws ProblemException {
    try (Engine engine = parts.engines().connect()) {
      return engine.info().endpoint();
    }
  }

  private void change(
      LifecycleRequest.Action action, String stack, List<String> services, Progress progress)
      throws ProblemException {
    if (services.isEmpty()) {
      return; // which would mean all of them
    }
    LifecycleRequest request =
        new LifecycleRequest(action, parts.stacks().find(stack), services, parts.patience());
    Outcome<LifecycleReceipt> outcome =
        parts.lifecycle().get().run(request, new Uncancelled(progress));
    Problem problem =
        switch (outcome) {
          case Outcome.Done<LifecycleReceipt> _ -> null;
          case Outcome.Found<LifecycleReceipt> _ -> null;
          case Outcome.Failed<LifecycleReceipt> failed -> failed.problem();
          case Outcome.Attention<LifecycleReceipt> attention -> attention.problem();
          case Outcome.Refused<LifecycleReceipt> refused -> refused.problem();
        };
    if (problem != null) {
      throw new ProblemException(problem);
    }
  }

  /** Passes progress on, but no cancel: half of a swap is no place to stop. */
  private record Uncancelled(Progress progress) implements Progress {

    @Override
    public void step(int number, int total, String text) {
      progress.line(text);
    }

    @Override
    public void bytes(long done, long total) {
      progress.bytes(done, total);
    }

    @Override
    public void line(String text) {
      progress.line(text);
    }

    @Override
    public boolean cancelled() {
      return false;
    }
  }
}
