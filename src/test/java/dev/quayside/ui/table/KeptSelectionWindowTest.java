package dev.quayside.ui.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.engine.ContainerState;
import dev.quayside.exposure.status.ServiceStatus;
import dev.quayside.exposure.status.StackStatus;
import dev.quayside.ui.guard.Snapshots;
import dev.quayside.ui.pages.PageStage;
import java.util.List;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableView;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is selected in a real table after rows came and went. */
@Tag("window")
class KeptSelectionWindowTest {

  private static final ServiceStatus LIKE =
      Snapshots.demo().stacks().getFirst().services().getFirst();

  private final ServiceRows rows = new ServiceRows();

  private static ServiceStatus service(String id, String name) {
    return Snapshots.service(LIKE, id, "stack", name, ContainerState.RUNNING);
  }

  private static List<StackStatus> stack(ServiceStatus... services) {
    return List.of(new StackStatus("stack", List.of(services)));
  }

  /** Shows three services, selects {@code selected} of them, and returns what is selected after. */
  private List<String> after(List<Integer> selected, String hidden, ServiceStatus... then)
      throws Exception {
    return PageStage.call(() -> {
      TableView<ServiceRow> view = new TableView<>(rows.rows());
      view.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
      rows.update(
          stack(service("a1", "api"), service("b1", "base"), service("c1", "cache")), row -> true);
      selected.forEach(index -> view.getSelectionModel().select(index.intValue()));
      KeptSelection kept = KeptSelection.of(view);
      rows.update(stack(then), row -> !row.name().equals(hidden));
      kept.restore(rows);
      return view.getSelectionModel().getSelectedItems().stream()
          .map(row -> row.id().value())
          .toList();
    });
  }

  @Test
  void theNeighbourOfAServiceThatGoesIsNotSelected() throws Exception {
    assertThat(after(List.of(1), "", service("a1", "api"), service("c1", "cache"))).isEmpty();
  }

  @Test
  void aRecreatedContainerIsSelectedInTheOldOnesPlace() throws Exception {
    assertThat(
            after(
                List.of(1),
                "",
                service("a1", "api"),
                service("b2", "base"),
                service("c1", "cache")))
        .containsExactly("b2");
  }

  @Test
  void aServiceThatTheFilterHidesLeavesNothingSelected() throws Exception {
    assertThat(
            after(
                List.of(1),
                "base",
                service("a1", "api"),
                service("b1", "base"),
                service("c1", "cache")))
        .isEmpty();
  }

  @Test
  void ofSeveralSelectedTheOthersStay() throws Exception {
    assertThat(after(List.of(1, 2), "", service("a1", "api"), service("c1", "cache")))
        .containsExactly("c1");
  }

  @Test
  void whatIsAddedAboveMovesTheSelectionAlong() throws Exception {
    assertThat(
            after(
                List.of(1),
                "",
                service("a0", "aaa"),
                service("a1", "api"),
                service("b1", "base"),
                service("c1", "cache")))
        .containsExactly("b1");
  }
}
