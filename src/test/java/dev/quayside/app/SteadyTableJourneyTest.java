package dev.quayside.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.engine.ContainerState;
import dev.quayside.exposure.status.ServiceStatus;
import dev.quayside.exposure.status.StackStatus;
import dev.quayside.exposure.status.StatusSnapshot;
import dev.quayside.ui.guard.Snapshots;
import dev.quayside.ui.pages.PageStage;
import dev.quayside.ui.table.ServiceRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.VerticalDirection;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody looks at one row while everything around it moves. */
@Tag("window")
final class SteadyTableJourneyTest {

  private static final int SERVICES = 120;
  private static final int TICKS = 100;

  @TempDir Path folder;

  private static StatusSnapshot tick(StatusSnapshot demo, int tick) {
    ServiceStatus like = demo.stacks().getFirst().services().getFirst();
    List<ServiceStatus> services = new ArrayList<>();
    for (int i = 0; i < SERVICES; i++) {
      // Every other row changes each tick; some of those behind the one looked at come and go.
      boolean away = i >= 90 && tick > 0 && (i + tick) % 7 == 0;
      ContainerState state =
          i % 2 == 0 && tick % 2 == 1 ? ContainerState.EXITED : ContainerState.RUNNING;
      if (!away) {
        services.add(
            Snapshots.service(like, "id-" + i, "many", "service-%03d".formatted(i), state));
      }
    }
    for (int extra = 0; extra < tick % 5; extra++) {
      services.add(
          Snapshots.service(like, "extra-" + extra, "many", "zz-" + extra, ContainerState.RUNNING));
    }
    return Snapshots.with(
        demo, Snapshots.MOMENT.plusSeconds(tick), List.of(new StackStatus("many", services)));
  }

  @Test
  void selectionAndScrollPositionSurviveAHundredTicks() throws Exception {
    StatusSnapshot demo = Snapshots.demo();
    try (WindowJourney window = WindowJourney.open(folder, tick(demo, 0), parts -> parts)) {
      window.keys(KeyCode.CONTROL, KeyCode.DIGIT2);
      @SuppressWarnings("unchecked")
      TableView<ServiceRow> table = (TableView<ServiceRow>) window.node("services-table");
      PageStage.await("rows", () -> table.getItems().size() == SERVICES);
      window.robot().moveTo(table);
      window.robot().scroll(20, VerticalDirection.DOWN);
      PageStage.await("scrolled", () -> !firstShown(table).equals("service-000"));
      window.robot().clickOn(middleOf(table));
      PageStage.await("selected", () -> table.getSelectionModel().getSelectedItem() != null);
      ServiceRow chosen = PageStage.call(() -> table.getSelectionModel().getSelectedItem());
      String first = PageStage.call(() -> firstShown(table));

      for (int tick = 1; tick <= TICKS; tick++) {
        window.publish(tick(demo, tick));
        assertThat(PageStage.call(() -> table.getSelectionModel().getSelectedItems()))
            .as("selection at tick %d", tick)
            .containsExactly(chosen);
      }
      WindowOnTest.pulses(3);

      assertThat(PageStage.call(() -> firstShown(table))).isEqualTo(first);
      assertThat(chosen.id().value()).startsWith("id-");
    }
  }

  private static TableRow<?> middleOf(TableView<?> table) throws Exception {
    return PageStage.call(() -> {
      List<TableRow<?>> shown = rows(table);
      return shown.get(shown.size() / 2);
    });
  }

  private static String firstShown(TableView<ServiceRow> table) {
    return ((ServiceRow) rows(table).getFirst().getItem()).name();
  }

  /** The rows on the screen, from top to bottom. */
  private static List<TableRow<?>> rows(TableView<?> table) {
    List<TableRow<?>> rows = new ArrayList<>();
    table
        .lookupAll(".table-row-cell")
        .forEach(node -> {
          TableRow<?> row = (TableRow<?>) node;
          if (row.getItem() != null && row.isVisible()) {
            rows.add(row);
          }
        });
    rows.sort((left, right) -> Integer.compare(left.getIndex(), right.getIndex()));
    return rows;
  }
}
