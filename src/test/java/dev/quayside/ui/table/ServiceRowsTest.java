package dev.quayside.ui.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.engine.demo.DemoEngine;
import dev.quayside.exposure.status.StackStatus;
import dev.quayside.exposure.status.StatusFeed;
import dev.quayside.exposure.status.StatusFeeds;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javafx.collections.ListChangeListener;
import org.junit.jupiter.api.Test;

/** The rows of the live table. */
final class ServiceRowsTest {

  private static List<StackStatus> stacks(Instant moment) {
    InstantSource clock = InstantSource.fixed(moment);
    try (StatusFeed feed = StatusFeeds.demo(new DemoEngine(clock), clock)) {
      return feed.feed().latest().stacks();
    }
  }

  @Test
  void twentyTicksChangeNoRowAndFireNoChange() {
    ServiceRows rows = new ServiceRows();
    Instant start = Instant.parse("2026-03-14T09:26:53Z");
    rows.update(stacks(start), row -> true);
    List<ServiceRow> before = List.copyOf(rows.rows());
    List<Object> changes = new ArrayList<>();
    rows.rows().addListener((ListChangeListener<ServiceRow>) changes::add);

    for (int tick = 1; tick <= 20; tick++) {
      rows.update(stacks(start.plusSeconds(tick)), row -> true);
    }

    assertThat(rows.rows()).containsExactlyElementsOf(before);
    assertThat(changes).isEmpty();
  }

  @Test
  void aFilterRemovesRowsInOneChangeAndTheSameRowsComeBack() {
    ServiceRows rows = new ServiceRows();
    List<StackStatus> stacks = stacks(Instant.parse("2026-03-14T09:26:53Z"));
    rows.update(stacks, row -> true);
    List<ServiceRow> all = List.copyOf(rows.rows());

    rows.update(stacks, row -> row.name().equals("vllm"));
    assertThat(rows.rows()).singleElement().isIn(all);
    rows.update(stacks, row -> true);

    assertThat(rows.rows()).containsExactlyElementsOf(all);
  }

  @Test
  void theLargestComesFirstAndTheUnknownLast() {
    ServiceRows rows = new ServiceRows();
    rows.update(stacks(Instant.parse("2026-03-14T09:26:53Z")), row -> true);

    rows.order(Figure.MEMORY.largestFirst());

    assertThat(rows.rows().getFirst().name()).isEqualTo("vllm");
    assertThat(rows.rows().getLast().status().sample()).isNull();
  }
}
