package dev.quayside.stack.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Feed;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.Connection;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.EngineSnapshot;
import dev.quayside.engine.Health;
import dev.quayside.engine.LogChunk;
import dev.quayside.engine.LogRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Merging against a scripted engine; the real engine is in {@code MergedLogBedTest}. */
class MergedLogTest {

  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  private record Opened(
      ContainerId id,
      LogRequest request,
      Consumer<LogChunk> chunks,
      Consumer<ProblemException> onEnd,
      CountDownLatch closed) {
    void ends() {
      onEnd.accept(null);
    }

    void says(int nano, String text) {
      chunks.accept(new LogChunk(LogChunk.Source.OUTPUT, START.plusNanos(nano), text, true));
    }
  }

  private final BlockingQueue<Opened> opened = new LinkedBlockingQueue<>();
  private final BlockingQueue<LogLine> lines = new LinkedBlockingQueue<>();
  private final AtomicLong nanos = new AtomicLong();
  private final Feed<EngineSnapshot> model = new Feed<>(EngineSnapshot.nothingYet());
  private volatile boolean refuse;
  private MergedLog log;

  private MergedLog read(LogQuery query) {
    LogOpener opener =
        (id, request, onChunk, onEnd) -> {
          if (refuse) {
            throw new ProblemException(new Problem("X", "no reading", "", "", "", null, ""));
          }
          CountDownLatch closed = new CountDownLatch(1);
          opened.add(new Opened(id, request, onChunk, onEnd, closed));
          return closed::countDown;
        };
    // Time runs fast, so that nothing waits: the window has its own test.
    log =
        new MergedLog(
                opener,
                model,
                query,
                InstantSource.fixed(START),
                () -> nanos.addAndGet(TimeUnit.SECONDS.toNanos(10)),
                lines::addAll)
            .start();
    return log;
  }

  @AfterEach
  void close() {
    if (log != null) {
      log.close();
    }
  }

  private static LogQuery following() {
    return new LogQuery("shop", null, 100, null, true);
  }

  private static Container container(
      String id, String service, ContainerState state, Instant created) {
    return new Container(
        new ContainerId(id),
        service,
        "image",
        "sha256:0",
        state,
        Health.NONE,
        created,
        List.of(),
        Map.of(Container.PROJECT, "shop", Container.SERVICE, service),
        List.of(),
        null);
  }

  private void runs(Container... containers) {
    model.publish(new EngineSnapshot(new Connection.Connecting(), List.of(containers), true));
  }

  private <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T one = queue.poll(20, TimeUnit.SECONDS);
    assertThat(one).as("something within 20 s").isNotNull();
    return one;
  }

  private static void awaitClosed(Opened one) throws InterruptedException {
    assertThat(one.closed().await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void theServicesOfTheStackAreReadAndNoOther() throws Exception {
    read(new LogQuery("shop", java.util.Set.of("db"), 7, null, true));
    runs(
        container("a", "db", ContainerState.RUNNING, START.minusSeconds(9)),
        container("b", "web", ContainerState.RUNNING, START.minusSeconds(9)));
    Opened db = next(opened);
    assertThat(db.id().value()).isEqualTo("a");
    assertThat(db.request()).isEqualTo(new LogRequest(null, null, 7, true));
    db.says(1, "hello");
    assertThat(next(lines))
        .extracting(LogLine::service, LogLine::text)
        .containsExactly("db", "hello");
    assertThat(opened).isEmpty();
  }

  @Test
  void aRecreatedContainerIsReadFromItsFirstLineUnderTheSameService() throws Exception {
    read(following());
    runs(container("old", "db", ContainerState.RUNNING, START.minusSeconds(9)));
    Opened old = next(opened);
    old.says(1, "one");
    next(lines);
    runs(container("new", "db", ContainerState.RUNNING, START.plusSeconds(1)));
    Opened fresh = next(opened);
    assertThat(fresh.id().value()).isEqualTo("new");
    assertThat(fresh.request().tail()).isEqualTo(LogQuery.ALL);
    fresh.says(5, "two");
    assertThat(next(lines))
        .extracting(LogLine::service, LogLine::text)
        .containsExactly("db", "two");
    old.ends();
    awaitClosed(old);
  }

  @Test
  void aRestartedContainerGoesOnAfterItsLastLine() throws Exception {
    read(following());
    runs(container("a", "db", ContainerState.RUNNING, START.minusSeconds(9)));
    Opened first = next(opened);
    first.says(1, "one");
    first.says(2, "two");
    next(lines);
    next(lines);
    first.ends();

    Opened again = next(opened);
    assertThat(again.request().since()).isEqualTo(START.plusNanos(2));
    again.says(2, "two");
    again.says(3, "three");
    assertThat(next(lines).text()).isEqualTo("three");
    assertThat(lines).isEmpty();
  }

  @Test
  void withoutFollowingItEndsWhenAllIsRead() throws Exception {
    read(new LogQuery("shop", null, 5, null, false));
    runs(
        container("a", "db", ContainerState.RUNNING, START),
        container("b", "web", ContainerState.EXITED, START));
    Opened one = next(opened);
    Opened two = next(opened);
    one.says(2, "later");
    two.says(1, "earlier");
    assertThat(log.ended().latest()).isFalse();
    one.ends();
    two.ends();
    BlockingQueue<Boolean> ended = new LinkedBlockingQueue<>();
    log.ended()
        .observe(value -> {
          if (value) {
            ended.add(true);
          }
        });
    next(ended);
    assertThat(lines).extracting(LogLine::text).containsExactlyInAnyOrder("earlier", "later");
  }

  @Test
  void aLogThatCannotBeReadIsNamedWithItsProblem() throws Exception {
    refuse = true;
    read(following());
    BlockingQueue<List<LogSource>> told = new LinkedBlockingQueue<>();
    log.sources().observe(told::add);
    runs(container("a", "db", ContainerState.RUNNING, START));
    List<LogSource> sources = next(told);
    while (sources.isEmpty()) {
      sources = next(told);
    }
    assertThat(sources.getFirst().problem().code()).isEqualTo("X");
    assertThat(sources.getFirst().open()).isFalse();
  }

  @Test
  void closingEndsTheStreamsAndNothingFollows() throws Exception {
    read(following());
    runs(container("a", "db", ContainerState.RUNNING, START));
    Opened one = next(opened);
    log.close();
    one.says(1, "late");
    awaitClosed(one);
    assertThat(lines).isEmpty();
  }

  @Test
  void standardErrorWithoutALevelIsPlainAndATraceGoesOnWithItsError() {
    SourceReader reader =
        new SourceReader(
            container("a", "db", ContainerState.RUNNING, START), "db", InstantSource.system());
    reader.begin();
    assertThat(severity(reader, LogChunk.Source.ERROR, "something odd"))
        .isEqualTo(Severity.UNKNOWN);
    assertThat(severity(reader, LogChunk.Source.ERROR, "ERROR: disk full"))
        .isEqualTo(Severity.ERROR);
    assertThat(severity(reader, LogChunk.Source.ERROR, "INFO: fine"))
        .isEqualTo(Severity.INFORMATION);
    assertThat(severity(reader, LogChunk.Source.OUTPUT, "Traceback (most recent call last):"))
        .isEqualTo(Severity.ERROR);
    assertThat(severity(reader, LogChunk.Source.OUTPUT, "  File \"a.py\", line 3"))
        .isEqualTo(Severity.ERROR);
    assertThat(severity(reader, LogChunk.Source.OUTPUT, "listening")).isEqualTo(Severity.UNKNOWN);
  }

  private static Severity severity(SourceReader reader, LogChunk.Source source, String text) {
    return reader.accept(new LogChunk(source, START, text, true)).getFirst().severity();
  }

  private static ProblemException cut() {
    return new ProblemException(new Problem("CUT", "cut off", "", "", "", null, ""));
  }

  private void lostTheEngine() {
    model.publish(
        new EngineSnapshot(
            new Connection.Lost(cut().problem(), START, null, null), List.of(), false));
  }

  @Test
  void aLogThatWasCutIsNotCalledRead() throws Exception {
    read(new LogQuery("shop", null, 100, null, false));
    runs(
        container("a", "db", ContainerState.RUNNING, START.minusSeconds(9)),
        container("b", "web", ContainerState.RUNNING, START.minusSeconds(9)));
    Opened one = next(opened);
    Opened other = next(opened);
    one.onEnd().accept(cut());
    other.ends();
    awaitEnd();

    assertThat(log.sources().latest())
        .filteredOn(source -> source.container().equals(one.id()))
        .singleElement()
        .satisfies(source -> assertThat(source.problem()).isEqualTo(cut().problem()));
    assertThat(log.sources().latest())
        .filteredOn(source -> source.container().equals(other.id()))
        .singleElement()
        .satisfies(source -> assertThat(source.problem()).isNull());
    assertThat(log.lost()).isNull();
  }

  @Test
  void whoDoesNotFollowDoesNotWaitForALostEngine() throws Exception {
    read(new LogQuery("shop", null, 100, null, false));
    runs(container("a", "db", ContainerState.RUNNING, START.minusSeconds(9)));
    Opened one = next(opened);
    lostTheEngine();
    assertThat(log.ended().latest()).as("what was begun is read to its end").isFalse();
    one.onEnd().accept(cut());
    awaitEnd();

    assertThat(log.sources().latest())
        .singleElement()
        .satisfies(source -> assertThat(source.problem()).isNotNull());
  }

  @Test
  void anEngineThatIsLostBeforeAnythingWasReadIsToldAsTheReason() throws Exception {
    read(new LogQuery("shop", null, 100, null, false));
    lostTheEngine();
    awaitEnd();

    assertThat(log.lost()).isEqualTo(cut().problem());
  }

  @Test
  void whoFollowsWaitsForALostEngine() throws Exception {
    read(following());
    lostTheEngine();
    runs(container("a", "db", ContainerState.RUNNING, START.minusSeconds(9)));
    next(opened);

    assertThat(log.ended().latest()).isFalse();
  }

  private void awaitEnd() throws InterruptedException {
    CountDownLatch over = new CountDownLatch(1);
    log.ended()
        .observe(ended -> {
          if (ended) {
            over.countDown();
          }
        });
    assertThat(over.await(20, TimeUnit.SECONDS)).isTrue();
  }
}
