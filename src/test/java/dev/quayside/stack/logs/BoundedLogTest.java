package dev.quayside.stack.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.engine.ContainerId;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BoundedLogTest {

  private static LogLine line(String text) {
    return new LogLine(
        0, Instant.EPOCH, "s", new ContainerId("c"), false, Severity.UNKNOWN, text, 0);
  }

  @Property(tries = 300)
  void neverHoldsMoreThanItMayAndCountsWhatWent(
      @ForAll List<@IntRange(min = 0, max = 900) Integer> lengths,
      @ForAll @IntRange(min = 1, max = 40) int most) {
    BoundedLog log = new BoundedLog(most, 8_000);
    for (int length : lengths) {
      log.add(List.of(line("x".repeat(length))));
      BoundedLog.Fill fill = log.fill();
      assertThat(fill.kept()).isLessThanOrEqualTo(most);
      assertThat(fill.bytes()).isLessThanOrEqualTo(8_000);
      assertThat(fill.kept() + fill.evicted()).isEqualTo(fill.taken());
    }
    assertThat(log.fill().taken()).isEqualTo(lengths.size());
  }

  @Test
  void readingOnGivesEachLineOnceAndCountsTheMissed() {
    BoundedLog log = new BoundedLog(10, 1_000_000);
    log.add(IntStream.range(0, 4).mapToObj(i -> line("a" + i)).toList());
    BoundedLog.Batch first = log.after(0, 100);
    assertThat(first.lines()).extracting(LogLine::text).containsExactly("a0", "a1", "a2", "a3");
    assertThat(first.missed()).isZero();

    log.add(IntStream.range(0, 25).mapToObj(i -> line("b" + i)).toList());
    BoundedLog.Batch second = log.after(first.next(), 100);
    assertThat(second.lines()).hasSize(10).last().extracting(LogLine::text).isEqualTo("b24");
    assertThat(second.missed()).isEqualTo(15);
    assertThat(log.after(second.next(), 100).lines()).isEmpty();
  }

  @Test
  void aMillionLinesTakeNoMoreThanTheBound() {
    BoundedLog log = new BoundedLog(50_000, 16_000_000);
    List<LogLine> batch = IntStream.range(0, 1_000).mapToObj(i -> line("line " + i)).toList();
    for (int i = 0; i < 1_000; i++) {
      log.add(batch);
    }
    BoundedLog.Fill fill = log.fill();
    assertThat(fill.taken()).isEqualTo(1_000_000);
    assertThat(fill.kept()).isEqualTo(50_000);
    assertThat(fill.evicted()).isEqualTo(950_000);
  }

  @Test
  void clearedLinesAreGoneAndNumbersGoOn() {
    BoundedLog log = new BoundedLog(10, 10_000);
    log.add(List.of(line("old")));
    log.clear();
    log.add(List.of(line("new")));
    BoundedLog.Batch batch = log.after(0, 10);
    assertThat(batch.lines()).extracting(LogLine::text).containsExactly("new");
    assertThat(batch.next()).isEqualTo(2);
  }
}
