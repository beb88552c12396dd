package dev.quayside.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Subscription;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("bed")
class ContainerRegistryBedTest {

  private static final String NAME = "engine-registry-web";

  private ContainerRegistry registry;

  @BeforeEach
  void open() {
    registry = ContainerRegistry.open(Bed::connect, InstantSource.system());
  }

  @AfterEach
  void close() throws Exception {
    registry.close();
    Bed.remove(NAME);
    Bed.remove(NAME + "-2");
  }

  @Test
  void theModelEqualsDockerPs() throws Exception {
    Bed.run(
        NAME,
        "-p",
        "127.0.0.1::80",
        "-p",
        "0.0.0.0::9120",
        "--label",
        "odd=\u001b[31m\u0007",
        "--memory",
        "64m");
    Bed.run(NAME + "-2");
    Bed.docker("stop", "-t", "0", NAME + "-2");

    EngineSnapshot snapshot =
        await(now -> now.complete() && row(now, NAME) != null && stopped(now));

    Set<String> shown = new TreeSet<>();
    snapshot
        .containers()
        .forEach(
            c -> shown.add(c.id().value() + " " + c.name() + " " + c.state().name().toLowerCase()));
    Set<String> listed =
        new TreeSet<>(
            Arrays.asList(
                Bed.docker("ps", "-a", "--no-trunc", "--format", "{{.ID}} {{.Names}} {{.State}}")
                    .strip()
                    .split("\n")));
    assertThat(shown).isEqualTo(listed);
    Container web = row(snapshot, NAME);
    assertThat(web.labels()).containsEntry("odd", "\u001b[31m\u0007");
    assertThat(web.facts().memoryLimit()).hasValue(64L << 20);
    for (String port : new String[] {"80", "9120"}) {
      Set<String> bound =
          new HashSet<>(Arrays.asList(Bed.docker("port", NAME, port).strip().split("\n")));
      Set<String> known = new HashSet<>();
      for (PortBinding binding : web.ports()) {
        if (Integer.toString(binding.containerPort()).equals(port)) {
          String address = binding.hostAddress();
          known.add(
              (address.contains(":") ? "[" + address + "]" : address) + ":" + binding.published());
        }
      }
      assertThat(known).isEqualTo(withBrackets(bound));
    }
  }

  /** Older docker commands print IPv6 addresses without brackets. */
  private static Set<String> withBrackets(Set<String> addresses) {
    Set<String> written = new HashSet<>();
    addresses.forEach(address ->
        written.add(address.startsWith(":::") ? "[::]:" + address.substring(3) : address));
    return written;
  }

  @Test
  void aLocalEngineIsProvenByAContainersProcess() throws Exception {
    Bed.run(NAME);

    EngineSnapshot snapshot =
        await(now ->
            now.connection() instanceof Connection.Connected connected
                && connected.engine().localityEvidence().contains("/proc"));

    assertThat(((Connection.Connected) snapshot.connection()).engine().local()).isTrue();
  }

  @Test
  void followsEachChangeOfAContainer() throws Exception {
    await(EngineSnapshot::complete);
    Bed.run(NAME);
    await(now -> state(now, NAME) == ContainerState.RUNNING && row(now, NAME).facts() != null);
    try (EngineControl control = Bed.control()) {
      ContainerId id = row(registry.feed().latest(), NAME).id();
      control.pause(id);
      await(now -> state(now, NAME) == ContainerState.PAUSED);
      control.pause(id);
      control.unpause(id);
      await(now -> state(now, NAME) == ContainerState.RUNNING);
      control.stop(id, Duration.ofSeconds(1));
      await(now ->
          state(now, NAME) == ContainerState.EXITED
              && row(now, NAME).facts().exitCode().isPresent());
      control.start(id);
      control.start(id);
      await(now ->
          state(now, NAME) == ContainerState.RUNNING && row(now, NAME).facts().pid().isPresent());
      Bed.docker("rename", NAME, NAME + "-2");
      await(now -> row(now, NAME + "-2") != null && row(now, NAME) == null);
      control.stop(id, Duration.ZERO);
      control.remove(id, false);
      await(now -> now.containers().stream().noneMatch(c -> c.id().equals(id)));
    }
  }

  @Test
  void anEngineThatIsKilledIsLostAndItsContainersComeBackOnce() throws Exception {
    Bed.run(NAME, "--restart", "always");
    await(now -> state(now, NAME) == ContainerState.RUNNING);
    CompletableFuture<EngineSnapshot> lost =
        next(now -> now.connection() instanceof Connection.Lost);

    Bed.engine("kill");

    assertThat(row(lost.get(20, TimeUnit.SECONDS), NAME))
        .as("the last state stays visible")
        .isNotNull();
    await(now ->
        now.connection() instanceof Connection.Lost how
            && how.problem().code().equals("ENGINE-NOT-RUNNING")
            && how.nextAttempt() != null);
    Bed.engine("start");
    EngineSnapshot back =
        await(now -> now.complete() && state(now, NAME) == ContainerState.RUNNING);
    assertThat(back.containers()).extracting(Container::id).doesNotHaveDuplicates();
    assertThat(back.containers()).filteredOn(c -> c.name().equals(NAME)).hasSize(1);
  }

  @Test
  void anEngineThatIsStoppedBySignalIsLostAndComesBack() throws Exception {
    await(EngineSnapshot::complete);
    CompletableFuture<EngineSnapshot> lost =
        next(now -> now.connection() instanceof Connection.Lost);
    Bed.signal("STOP");
    try {
      Connection.Lost how = (Connection.Lost) lost.get(20, TimeUnit.SECONDS).connection();
      assertThat(how.problem().code()).isEqualTo("ENGINE-NO-ANSWER");
    } finally {
      Bed.signal("CONT");
    }
    await(EngineSnapshot::complete);
  }

  @Test
  void twoRegistriesAtOnceSeeTheSame() throws Exception {
    try (ContainerRegistry second = ContainerRegistry.open(Bed::connect, InstantSource.system())) {
      await(EngineSnapshot::complete);
      Bed.run(NAME);
      // Without its process the row is that of a container that has not been read since it started.
      Predicate<EngineSnapshot> there =
          now ->
              now.complete()
                  && state(now, NAME) == ContainerState.RUNNING
                  && row(now, NAME).facts() != null
                  && row(now, NAME).facts().pid().isPresent();
      EngineSnapshot one = await(there);
      EngineSnapshot two = next(second, there).get(30, TimeUnit.SECONDS);

      assertThat(row(two, NAME)).isEqualTo(row(one, NAME));
    }
  }

  private boolean stopped(EngineSnapshot now) {
    return state(now, NAME + "-2") == ContainerState.EXITED
        && state(now, NAME) == ContainerState.RUNNING
        && row(now, NAME).facts() != null;
  }

  private static Container row(EngineSnapshot now, String name) {
    List<Container> rows = now.containers().stream().filter(c -> c.name().equals(name)).toList();
    return rows.isEmpty() ? null : rows.getFirst();
  }

  private static ContainerState state(EngineSnapshot now, String name) {
    Container row = row(now, name);
    return row == null ? null : row.state();
  }

  private EngineSnapshot await(Predicate<EngineSnapshot> condition) throws Exception {
    return next(condition).get(60, TimeUnit.SECONDS);
  }

  private CompletableFuture<EngineSnapshot> next(Predicate<EngineSnapshot> condition) {
    return next(registry, condition);
  }

  private static CompletableFuture<EngineSnapshot> next(
      ContainerRegistry registry, Predicate<EngineSnapshot> condition) {
    CompletableFuture<EngineSnapshot> found = new CompletableFuture<>();
    Subscription subscription =
        registry
            .feed()
            .observe(now -> {
              if (!found.isDone() && condition.test(now)) {
                found.complete(now);
              }
            });
    return found.whenComplete((now, failure) -> subscription.close());
  }
}
