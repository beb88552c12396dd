package dev.quayside.ui.guard;

import dev.quayside.engine.Connection;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.demo.DemoEngine;
import dev.quayside.exposure.status.ServiceStatus;
import dev.quayside.exposure.status.StackStatus;
import dev.quayside.exposure.status.StatusFeed;
import dev.quayside.exposure.status.StatusFeeds;
import dev.quayside.exposure.status.StatusSnapshot;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes snapshots out of those of the demo. */
public final class Snapshots {

  /** When the snapshots are of. */
  public static final Instant MOMENT = Instant.parse("2026-03-14T09:26:53Z");

  private Snapshots() {}

  /** Returns what the demo shows at {@link #MOMENT}. */
  public static StatusSnapshot demo() {
    InstantSource clock = InstantSource.fixed(MOMENT);
    try (DemoEngine engine = new DemoEngine(clock);
        StatusFeed feed = StatusFeeds.demo(engine, clock)) {
      return feed.feed().latest();
    }
  }

  /** Returns {@code snapshot} with other stacks. */
  public static StatusSnapshot with(StatusSnapshot snapshot, Instant at, List<StackStatus> stacks) {
    return new StatusSnapshot(
        at,
        snapshot.connection(),
        snapshot.complete(),
        stacks,
        snapshot.sampleSource(),
        snapshot.sampledAt(),
        snapshot.host(),
        snapshot.gpus(),
        snapshot.self());
  }

  /** Returns {@code snapshot} with another connection. */
  public static StatusSnapshot with(StatusSnapshot snapshot, Connection connection) {
    return new StatusSnapshot(
        snapshot.at(),
        connection,
        snapshot.complete(),
        snapshot.stacks(),
        snapshot.sampleSource(),
        snapshot.sampledAt(),
        snapshot.host(),
        snapshot.gpus(),
        snapshot.self());
  }

  /** Returns {@code like} under another identity, name and state. */
  public static ServiceStatus service(
      ServiceStatus like, String id, String stack, String service, ContainerState state) {
    Container old = like.container();
    Map<String, String> labels = new HashMap<>(old.labels());
    labels.put(Container.PROJECT, stack);
    labels.put(Container.SERVICE, service);
    return new ServiceStatus(
        new Container(
            new ContainerId(id),
            stack + "-" + service + "-1",
            old.image(),
            old.imageId(),
            state,
            old.health(),
            old.created(),
            old.ports(),
            labels,
            old.networks(),
            old.facts()),
        like.ports(),
        like.exposure(),
        like.exposureReason(),
        like.sample(),
        like.gpuMemory());
  }
}
