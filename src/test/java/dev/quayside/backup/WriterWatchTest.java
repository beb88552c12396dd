package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.ProblemException;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerInspection;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Engine;
import dev.quayside.engine.EngineFault;
import dev.quayside.engine.Health;
import dev.quayside.engine.RuntimeFacts;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who can write to what is copied is found on the whole engine, by where folders really are. */
class WriterWatchTest {

  private static final Instant EARLY = Instant.parse("2026-11-22T10:00:00Z");
  private static final Instant LATER = Instant.parse("2026-11-22T11:00:00Z");

  @TempDir private Path folder;
  private final Map<ContainerId, ContainerInspection> there = new LinkedHashMap<>();
  private final Map<String, Set<String>> volumes = new TreeMap<>();
  private final Engine engine =
      (Engine)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {Engine.class},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "list" ->
                        there.values().stream().map(ContainerInspection::container).toList();
                    case "volumeFolders" -> volumes;
                    case "inspect" -> inspect((ContainerId) arguments[0]);
                    default -> throw new UnsupportedOperationException(method.getName());
                  });

  @Test
  void aContainerOfSomebodyElseIsFoundIfItMayWriteAndRuns() throws Exception {
    add("other-web", ContainerState.RUNNING, EARLY, "volume", "shop_data", true);
    add("reader", ContainerState.RUNNING, EARLY, "volume", "shop_data", false);
    add("paused", ContainerState.PAUSED, EARLY, "volume", "shop_data", true);
    add("ended", ContainerState.EXITED, EARLY, "volume", "shop_data", true);
    add("elsewhere", ContainerState.RUNNING, EARLY, "volume", "other_data", true);

    assertThat(watch().now(List.of("shop_data"), Set.of()))
        .isEqualTo(Map.of("shop_data", Set.of("other-web")));
    ContainerId known = new ContainerId("other-web");
    assertThat(watch().now(List.of("shop_data"), Set.of(known))).isEmpty();
    assertThat(watch(known).now(List.of("shop_data"), Set.of(known))).isEmpty();
  }

  @Test
  void aFolderIsFoundByWhereItReallyIsAndByWhatLiesInIt() throws Exception {
    Path real = Files.createDirectories(folder.resolve("real/data"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));
    String saved = link.resolve("data").toString();
    for (Path mounted : List.of(real, real.resolve("sub"), real.getParent())) {
      there.clear();
      add("other", ContainerState.RUNNING, EARLY, "bind", mounted.toString(), true);
      assertThat(watch().now(List.of(saved), Set.of())).as("%s", mounted).containsOnlyKeys(saved);
    }
    there.clear();
    add("other", ContainerState.RUNNING, EARLY, "bind", folder.resolve("realm").toString(), true);
    assertThat(watch().now(List.of(saved), Set.of())).isEmpty();
  }

  @Test
  void aVolumeIsFoundByTheFolderThatItIsMadeOf() throws Exception {
    Path device = Files.createDirectories(folder.resolve("disk/stuff"));
    String kept = "/var/lib/docker/volumes/shop_data/_data";
    volumes.put("shop_data", Set.of(kept, device.toString()));
    volumes.put("again", Set.of("/var/lib/docker/volumes/again/_data", device.toString()));
    for (String mounted :
        List.of(kept, kept + "/db", device.toString(), device.getParent().toString())) {
      there.clear();
      add("other", ContainerState.RUNNING, EARLY, "bind", mounted, true);
      assertThat(watch().now(List.of("shop_data"), Set.of()))
          .as(mounted)
          .isEqualTo(Map.of("shop_data", Set.of("other")));
    }
    there.clear();
    add("other", ContainerState.RUNNING, EARLY, "volume", "again", true);
    assertThat(watch().now(List.of("shop_data"), Set.of())).containsOnlyKeys("shop_data");
    assertThat(watch().now(List.of(device.toString()), Set.of()))
        .containsOnlyKeys(device.toString());
    there.clear();
    add("other", ContainerState.RUNNING, EARLY, "bind", kept + "2", true);
    add("agent", ContainerState.RUNNING, EARLY, "bind", "/var/lib/docker/volumes", true);
    assertThat(watch().now(List.of("shop_data"), Set.of())).isEmpty();
  }

  @Test
  void whatRunsAndEndsDuringTheCopyIsFound() throws Exception {
    add("ended", ContainerState.EXITED, EARLY, "volume", "shop_data", true);
    WriterWatch.Copy quiet = watch().begin(List.of("shop_data"), Set.of());
    assertThat(quiet.end()).isEmpty();

    WriterWatch.Copy copy = watch().begin(List.of("shop_data"), Set.of());
    add("ended", ContainerState.EXITED, LATER, "volume", "shop_data", true);
    assertThat(copy.end()).isEqualTo(Map.of("shop_data", Set.of("ended")));
  }

  @Test
  void whatIsMadeDuringTheCopyAndWhatIsGoneAfterItIsFound() throws Exception {
    add("migrate", ContainerState.RUNNING, EARLY, "volume", "shop_data", true);
    WriterWatch.Copy copy = watch().begin(List.of("shop_data"), Set.of());
    there.clear();
    add("made", ContainerState.CREATED, null, "volume", "shop_data", true);
    add("run", ContainerState.EXITED, LATER, "volume", "shop_data", true);

    assertThat(copy.end()).isEqualTo(Map.of("shop_data", Set.of("migrate", "run")));
  }

  private WriterWatch watch(ContainerId... writers) {
    List<BackupScope.Writer> known =
        Stream.of(writers).map(id -> new BackupScope.Writer("web", id)).toList();
    return new WriterWatch(
        engine,
        new BackupScope(
            "shop",
            "generic",
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(new BackupScope.Writing("shop_data", known))));
  }

  private ContainerInspection inspect(ContainerId id) throws Exception {
    ContainerInspection found = there.get(id);
    if (found == null) {
      throw new ProblemException(EngineFault.CONTAINER_GONE.problem("", id.value()));
    }
    return found;
  }

  private void add(
      String name,
      ContainerState state,
      @Nullable Instant startedAt,
      String type,
      String source,
      boolean writable) {
    RuntimeFacts facts =
        new RuntimeFacts(
            OptionalLong.empty(),
            startedAt,
            null,
            OptionalInt.empty(),
            false,
            0,
            OptionalDouble.empty(),
            OptionalLong.empty(),
            "bridge",
            false);
    Container container =
        new Container(
            new ContainerId(name),
            name,
            "image",
            "",
            state,
            Health.NONE,
            EARLY,
            List.of(),
            Map.of(),
            List.of(),
            facts);
    there.put(
        container.id(),
        new ContainerInspection(
            container,
            List.of(),
            "",
            "",
            false,
            false,
            List.of(),
            List.of(new ContainerInspection.Mount(type, source, "/x", writable)),
            List.of(),
            List.of()));
  }
}
