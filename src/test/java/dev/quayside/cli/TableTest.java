package dev.quayside.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.cli.Table.Layout;
import dev.quayside.cli.Table.Yielding;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

  private static final Yielding YIELDING = new Yielding(List.of(1), 6, List.of(3, 2));

  private final Table table =
      new Table()
          .row("NAME", "IMAGE", "UP", "RESTARTS")
          .row("web", "registry/nginx:1.27", "3 d", "0")
          .row("database", "postgres:15", "2 h", "12");

  @Test
  void whereThereIsRoomNothingIsShortened() {
    Layout layout = table.within(200, YIELDING);

    assertThat(layout.whole()).isTrue();
    assertThat(layout.text()).isEqualTo(table.text()).contains("registry/nginx:1.27");
  }

  @Test
  void cellsAreShortenedNoMoreThanTheyHaveToBe() {
    int full = widest(table.text());
    Layout layout = table.within(full - 3, YIELDING);

    assertThat(widest(layout.text())).isEqualTo(full - 3);
    assertThat(layout.whole()).isFalse();
    assertThat(layout.text()).contains("registry/nginx:…  3 d", "RESTARTS");
  }

  @Test
  void theLeastImportantColumnGoesFirstAndItsRoomIsGivenBack() {
    Layout layout = table.within(34, new Yielding(List.of(1), 16, List.of(3, 2)));

    assertThat(layout.text()).doesNotContain("RESTARTS").contains("registry/nginx:1.27  3 d");
    assertThat(layout.whole()).isFalse();
  }

  @Test
  void whatMayNotGoStaysEvenIfTheTerminalIsNarrower() {
    assertThat(table.within(3, YIELDING).text().lines())
        .containsExactly("NAME      IMAGE", "web       regis…", "database  postg…");
  }

  @Test
  void aCutNeverSplitsACharacter() {
    String cell = "\ud83d\udea2".repeat(9);
    String text = new Table().row(cell).within(4, new Yielding(List.of(0), 1, List.of())).text();

    assertThat(text).isEqualTo("\ud83d\udea2".repeat(3) + "…");
  }

  private static int widest(String text) {
    return text.lines().mapToInt(String::length).max().orElse(0);
  }
}
