package dev.quayside.engine;

import java.time.Instant;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Says what a container is after a change of which only a part is told. */
final class Revision {

  private Revision() {}

  /** Returns the known container with what a list tells anew. */
  static Container listed(Container known, Container listed) {
    // A paused container's health is in no list of older engines.
    Health health = listed.state() == ContainerState.PAUSED ? known.health() : listed.health();
    return new Container(
        known.id(),
        listed.name(),
        known.image(),
        known.imageId(),
        listed.state(),
        health,
        known.created(),
        listed.ports(),
        known.labels(),
        listed.networks(),
        known.facts());
  }

  /** Returns it in another state of the same run. */
  static Container in(ContainerState state, Container known) {
    return with(known, state, known.health(), known.facts());
  }

  /** Returns it with another health. */
  static Container health(Container known, Health health) {
    return with(known, known.state(), health, known.facts());
  }

  /** Returns it under another name, which the engine may give with a slash before it. */
  static Container named(Container known, String name) {
    return new Container(
        known.id(),
        name.startsWith("/") ? name.substring(1) : name,
        known.image(),
        known.imageId(),
        known.state(),
        known.health(),
        known.created(),
        known.ports(),
        known.labels(),
        known.networks(),
        known.facts());
  }

  /**
   * Returns it in a new run: its process id is not known yet, and the old one means nothing any
   * more.
   */
  static Container started(Container known, Instant at) {
    RuntimeFacts old = known.facts();
    return with(
        known,
        ContainerState.RUNNING,
        known.health(),
        old == null ? null : run(old, at, null, OptionalInt.empty()));
  }

  /**
   * Returns it after its run. One that the engine has started again before, and that nobody ended,
   * it starts again: to call that exited would be wrong until the next reading.
   *
   * @param signalled whether somebody sent it a signal in this run
   */
  static Container ended(Container known, EngineEvent event, boolean signalled) {
    RuntimeFacts old = known.facts();
    boolean again = !signalled && old != null && old.restarts().orElse(0) > 0;
    return with(
        known,
        again ? ContainerState.RESTARTING : ContainerState.EXITED,
        Health.NONE,
        old == null ? null : run(old, old.startedAt(), event.at(), exitCode(event)));
  }

  private static Container with(
      Container known, ContainerState state, Health health, @Nullable RuntimeFacts facts) {
    return new Container(
        known.id(),
        known.name(),
        known.image(),
        known.imageId(),
        state,
        health,
        known.created(),
        known.ports(),
        known.labels(),
        known.networks(),
        facts);
  }

  private static RuntimeFacts run(
      RuntimeFacts old,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt,
      OptionalInt exitCode) {
    return new RuntimeFacts(
        OptionalLong.empty(),
        startedAt,
        finishedAt,
        exitCode,
        false,
        old.restarts(),
        old.cpuLimit(),
        old.memoryLimit(),
        old.networkMode(),
        old.wantsGpu(),
        old.declared());
  }

  private static OptionalInt exitCode(EngineEvent event) {
    try {
      return OptionalInt.of(Integer.parseInt(event.attributes().getOrDefault("exitCode", "")));
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }
}
