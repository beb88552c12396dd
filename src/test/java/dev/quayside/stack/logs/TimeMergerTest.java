package dev.quayside.stack.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.engine.ContainerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TimeMergerTest {

  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final long WINDOW = 100;

  private record Arrival(int source, int stamp) {}

  private static LogLine line(String source, int stamp) {
    return new LogLine(
        0,
        START.plusNanos(stamp),
        source,
        new ContainerId(source),
        false,
        Severity.UNKNOWN,
        source + stamp,
        0);
  }

  @Provide
  Arbitrary<List<Arrival>> arrivals() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 3), Arbitraries.integers().between(0, 50))
        .as(Arrival::new)
        .list()
        .ofMaxSize(60);
  }

  /**
   * Sources whose own lines run forward, arriving in any interleaving: a backlog of several
   * containers.
   */
  private static List<Arrival> forwardWithinSource(List<Arrival> any) {
    int[] next = new int[4];
    List<Arrival> forward = new ArrayList<>();
    for (Arrival one : any) {
      next[one.source()] += one.stamp();
      forward.add(new Arrival(one.source(), next[one.source()]));
    }
    return forward;
  }

  @Property(tries = 500)
  void aBacklogInsideTheWindowComesOutSortedWhateverTheInterleaving(
      @ForAll("arrivals") List<Arrival> any) {
    TimeMerger merger = new TimeMerger(WINDOW, 1_000, Long.MAX_VALUE);
    for (int source = 0; source < 4; source++) {
      merger.open("s" + source, 0);
    }
    List<LogLine> out = new ArrayList<>();
    for (Arrival one : forwardWithinSource(any)) {
      merger.add("s" + one.source(), line("s" + one.source(), one.stamp()), 1);
      out.addAll(merger.drain(1));
    }
    out.addAll(merger.drain(2 + WINDOW));

    assertThat(out).hasSameSizeAs(any).isSortedAccordingTo(Comparator.comparing(LogLine::at));
    assertThat(merger.size()).isZero();
  }

  @Property(tries = 500)
  void nothingIsLostOrDoubledAndEachSourceKeepsItsOrder(@ForAll("arrivals") List<Arrival> any) {
    TimeMerger merger = new TimeMerger(WINDOW, 5, Long.MAX_VALUE);
    List<LogLine> in = new ArrayList<>();
    List<LogLine> out = new ArrayList<>();
    long now = 0;
    for (Arrival one : any) {
      LogLine line = line("s" + one.source(), one.stamp()).numbered(in.size() + 1);
      in.add(line);
      merger.add("s" + one.source(), line, now);
      now += one.stamp();
      out.addAll(merger.drain(now));
      assertThat(merger.size()).isLessThanOrEqualTo(5);
    }
    out.addAll(merger.drainAll());

    assertThat(out).containsExactlyInAnyOrderElementsOf(in);
    for (int source = 0; source < 4; source++) {
      String name = "s" + source;
      assertThat(out.stream().filter(line -> line.service().equals(name)))
          .containsExactlyElementsOf(
              in.stream().filter(line -> line.service().equals(name)).toList());
    }
  }

  @Test
  void aLoneSourceIsNeverHeldBack() {
    TimeMerger merger = new TimeMerger(WINDOW, 10, Long.MAX_VALUE);
    merger.open("a", 0);
    merger.add("a", line("a", 1), 0);
    assertThat(merger.drain(0)).hasSize(1);
  }

  @Test
  void aLineWaitsForAQuietSourceOneWindowAndNoLonger() {
    TimeMerger merger = new TimeMerger(WINDOW, 10, Long.MAX_VALUE);
    merger.open("a", 0);
    merger.open("b", 0);
    merger.add("a", line("a", 5), 1_000);
    assertThat(merger.drain(1_000 + WINDOW - 1)).isEmpty();
    merger.add("b", line("b", 3), 1_000 + WINDOW - 1);
    assertThat(merger.drain(1_000 + 3 * WINDOW))
        .extracting(LogLine::text)
        .containsExactly("b3", "a5");
  }

  @Test
  void nobodyWaitsForAClosedSource() {
    TimeMerger merger = new TimeMerger(WINDOW, 10, Long.MAX_VALUE);
    merger.open("a", 0);
    merger.open("b", 0);
    merger.add("a", line("a", 5), 0);
    assertThat(merger.drain(1)).isEmpty();
    merger.close("b");
    assertThat(merger.drain(1)).hasSize(1);
  }

  @Test
  void linesThatTakeTooMuchMemoryDoNotWait() {
    long each = line("a", 0).footprint();
    TimeMerger merger = new TimeMerger(WINDOW, 1_000, 3 * each);
    merger.expect("slow");
    merger.open("a", 0);
    for (int stamp = 1; stamp <= 5; stamp++) {
      merger.add("a", line("a", stamp), 0);
    }
    assertThat(merger.drain(0)).hasSize(2);
    assertThat(merger.size()).isEqualTo(3);
    assertThat(merger.drainAll()).hasSize(3);
    merger.add("a", line("a", 6), 0);
    assertThat(merger.drain(0)).as("what went out no longer counts").isEmpty();
  }
}
