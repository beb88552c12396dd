package dev.quayside.ui.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerInspection;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.demo.DemoEngine;
import dev.quayside.exposure.status.ServiceStatus;
import dev.quayside.exposure.status.StackStatus;
import dev.quayside.exposure.status.StatusSnapshot;
import dev.quayside.stack.LifecycleReceipt;
import dev.quayside.stack.LifecycleRequest;
import dev.quayside.stack.ProfileSet;
import dev.quayside.ui.action.Action;
import dev.quayside.ui.guard.HandFeed;
import dev.quayside.ui.guard.Snapshots;
import dev.quayside.ui.overview.OverviewPage;
import dev.quayside.ui.services.ServicesBackend;
import dev.quayside.ui.services.ServicesPage;
import dev.quayside.ui.shell.PageSpec;
import dev.quayside.ui.shell.StackChoice;
import dev.quayside.ui.table.ServiceRow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableView;
import javafx.scene.layout.Region;
import javafx.scene.robot.Robot;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The Services page on snapshots that the test publishes. */
@Tag("window")
class ServicesWindowTest {

  private static final String STACK = "dream-server";

  private final HandFeed feed = new HandFeed(Snapshots.demo());
  private final Inspections inspections = new Inspections();

  private PageStage open() throws Exception {
    return PageStage.open(
        feed,
        engine ->
            List.of(
                ServicesPage.spec(inspections),
                OverviewPage.spec(
                    new OverviewWindowTest.NothingProven(), workbench -> Region::new)));
  }

  private void publish(PageStage stage, StatusSnapshot snapshot) throws Exception {
    feed.publish(snapshot);
    PageStage.await("shown", () -> stage.shell().workbench().status().get().equals(snapshot));
  }

  /** Changes the services of the one stack. */
  private static StatusSnapshot changed(Instant at, UnaryOperator<List<ServiceStatus>> change) {
    StatusSnapshot demo = Snapshots.demo();
    return Snapshots.with(
        demo,
        at,
        demo.stacks().stream()
            .map(stack ->
                stack.name().equals(STACK)
                    ? new StackStatus(STACK, change.apply(stack.services()))
                    : stack)
            .toList());
  }

  private static ServiceRow row(TableView<ServiceRow> table, String stack, String name) {
    return table.getItems().stream()
        .filter(row -> row.stack().equals(stack) && row.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static void select(TableView<ServiceRow> table, String name) throws Exception {
    PageStage.run(() ->
        table
            .getSelectionModel()
            .clearAndSelect(table.getItems().indexOf(row(table, STACK, name))));
  }

  private static List<String> selected(TableView<ServiceRow> table) throws Exception {
    return PageStage.call(() ->
        table.getSelectionModel().getSelectedItems().stream()
            .map(row -> row.name() + " " + row.id().value().substring(0, 2))
            .toList());
  }

  @Test
  void aRecreatedServiceStaysSelectedAndItsNeighbourIsNeverReadFor() throws Exception {
    try (PageStage stage = open()) {
      TableView<ServiceRow> table = stage.node("services-table");
      select(table, "qdrant");
      PageStage.await("details", () -> !inspections.asked.isEmpty());
      List<String> before = List.copyOf(inspections.asked);
      String fresh = "f0".repeat(32);
      publish(
          stage,
          changed(
              Snapshots.MOMENT.plusSeconds(1),
              services -> {
                List<ServiceStatus> all = new ArrayList<>(services);
                all.replaceAll(one ->
                    one.container().service().equals("qdrant")
                        ? Snapshots.service(one, fresh, STACK, "qdrant", ContainerState.RUNNING)
                        : one);
                return all;
              }));
      assertThat(selected(table)).containsExactly("qdrant f0");
      PageStage.await("new details", () -> inspections.asked.size() > before.size());
      assertThat(inspections.asked.subList(before.size(), inspections.asked.size()))
          .containsOnly(fresh);

      publish(
          stage,
          changed(
              Snapshots.MOMENT.plusSeconds(2),
              services ->
                  services.stream()
                      .filter(one -> !one.container().service().equals("qdrant"))
                      .toList()));
      assertThat(selected(table)).isEmpty();
      assertThat(action(stage, "services.stop").enabled().get()).isFalse();
    }
  }

  @Test
  void theActionsOfAPageRestWhileAnotherIsShown() throws Exception {
    try (PageStage stage = open()) {
      TableView<ServiceRow> table = stage.node("services-table");
      select(table, "vllm");
      assertThat(action(stage, "services.stop").enabled().get()).isTrue();
      PageStage.run(() -> stage.shell().show("overview"));
      assertThat(action(stage, "services.stop").enabled().get()).isFalse();
      PageStage.run(() -> action(stage, "services.stop").run());
      assertThat(PageStage.call(() -> stage.shell().workbench().jobs().running())).isEmpty();
      PageStage.run(() -> stage.shell().show("services"));
      assertThat(action(stage, "services.stop").enabled().get()).isTrue();
      assertThat(selected(table)).singleElement().asString().startsWith("vllm");
    }
  }

  @Test
  void anotherStackIsShownThoughNoSnapshotComes() throws Exception {
    try (PageStage stage = open()) {
      TableView<ServiceRow> services = stage.node("services-table");
      StackChoice stacks = stage.shell().workbench().stacks();
      PageStage.run(() -> stacks.choose(STACK));
      assertThat(PageStage.call(() -> stacks(services))).containsExactly(STACK);
      PageStage.run(() -> stage.shell().show("overview"));
      TableView<ServiceRow> overview = stage.node("overview-table");
      PageStage.run(() -> stacks.choose("llm-infrastructure"));
      assertThat(PageStage.call(() -> stacks(overview))).containsExactly("llm-infrastructure");
    }
  }

  @Test
  void aHitInAnotherStackIsSelectedInIt() throws Exception {
    try (PageStage stage = open()) {
      TableView<ServiceRow> table = stage.node("services-table");
      String id = PageStage.call(() -> row(table, "llm-infrastructure", "router").id().value());
      StackChoice stacks = stage.shell().workbench().stacks();
      PageStage.run(() -> stacks.choose(STACK));
      PageStage.run(() -> stage.shell().show("services", id));
      assertThat(stacks.chosen().get()).isEqualTo("llm-infrastructure");
      assertThat(selected(table)).singleElement().asString().startsWith("router");
    }
  }

  @Test
  void theOrderByAColumnIsKeptAsTheServicesChange() throws Exception {
    try (PageStage stage = open()) {
      TableView<ServiceRow> table = stage.node("services-table");
      PageStage.run(() -> stage.shell().workbench().stacks().choose(STACK));
      PageStage.run(() -> action(stage, "services-table.sort.column.state").run());
      // No row moves under the pointer.
      PageStage.run(() -> new Robot().mouseMove(0, 0));
      PageStage.await("the pointer is elsewhere", () -> !table.isHover());
      String last = PageStage.call(() -> table.getItems().getLast().name());
      publish(
          stage,
          changed(
              Snapshots.MOMENT.plusSeconds(5),
              services ->
                  services.stream()
                      .map(one ->
                          one.container().service().equals(last)
                              ? Snapshots.service(
                                  one,
                                  one.container().id().value(),
                                  STACK,
                                  last,
                                  ContainerState.RESTARTING)
                              : one)
                      .toList()));
      assertThat(PageStage.call(() -> table.getItems().getLast().name())).isNotEqualTo(last);
    }
  }

  @Test
  void rowsAreSortedByAFigureWithoutAMouseAndTheFiguresAreSpoken() throws Exception {
    try (PageStage stage = open()) {
      TableView<ServiceRow> table = stage.node("services-table");
      PageStage.run(() -> action(stage, "services-table.sort.figure.memory").run());
      assertThat(PageStage.call(() -> table.getItems().getFirst().name())).isEqualTo("vllm");
      List<String> spoken =
          PageStage.call(() ->
              table.lookupAll(".figure-cell").stream()
                  .filter(cell -> cell instanceof TableCell<?, ?> some && !some.isEmpty())
                  .map(ServicesWindowTest::spoken)
                  .toList());
      assertThat(spoken).isNotEmpty().allMatch(text -> text.contains("CPU "));
    }
  }

  @Test
  void theDetailsAreReadAgainAfterAWhile() throws Exception {
    try (PageStage stage = open()) {
      TableView<ServiceRow> table = stage.node("services-table");
      select(table, "qdrant");
      PageStage.await("details", () -> inspections.asked.size() == 1);
      publish(stage, changed(Snapshots.MOMENT.plusSeconds(29), services -> services));
      assertThat(inspections.asked).hasSize(1);
      publish(stage, changed(Snapshots.MOMENT.plusSeconds(30), services -> services));
      PageStage.await("again", () -> inspections.asked.size() == 2);
      assertThat(inspections.asked.getLast()).isEqualTo(inspections.asked.getFirst());
    }
  }

  @Test
  void theAgesOfTheDetailsGoOnWhileTheServiceStaysSelected() throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(Snapshots.MOMENT);
    PageSpec spec = ServicesPage.spec(inspections);
    try (PageStage stage =
        PageStage.open(
            feed,
            engine ->
                List.of(
                    new PageSpec(
                        spec.id(),
                        spec.title(),
                        spec.icon(),
                        workbench -> spec.build().apply(PageStage.with(workbench, now::get)))))) {
      TableView<ServiceRow> table = stage.node("services-table");
      select(table, "qdrant");
      Node detail = stage.node("service-detail");
      PageStage.await("ages", () -> !ages(detail).isEmpty());
      List<String> before = PageStage.call(() -> ages(detail));
      now.set(Snapshots.MOMENT.plus(Duration.ofDays(400)));
      publish(stage, changed(Snapshots.MOMENT.plusSeconds(1), services -> services));
      assertThat(PageStage.call(() -> ages(detail)))
          .hasSameSizeAs(before)
          .doesNotContainAnyElementsOf(before);
    }
  }

  @Test
  void theMenuOfTheStackOffersItsProfilesWithTheirState() throws Exception {
    try (PageStage stage = open()) {
      MenuButton menu = stage.node("services-stack-menu");
      PageStage.run(() -> stage.shell().workbench().stacks().choose(StackChoice.ALL));
      assertThat(PageStage.call(menu::isDisabled)).as("of no stack in particular").isTrue();
      PageStage.run(() -> stage.shell().workbench().stacks().choose(STACK));
      PageStage.run(menu::show);
      PageStage.await("the profiles", () -> items(menu).contains("profile-stop-voice"));
      assertThat(PageStage.call(() -> items(menu)))
          .containsExactly(
              "Start profile rag (off)", "Start profile voice (partly on)", "profile-stop-voice");
      PageStage.run(menu::hide);
    }
  }

  private static List<String> items(MenuButton menu) {
    return menu.getItems().stream()
        .filter(item -> item.getId() != null && item.getId().startsWith("profile-"))
        .map(item -> item.getId().startsWith("profile-stop") ? item.getId() : item.getText())
        .toList();
  }

  private static List<String> ages(Node detail) {
    return detail.lookupAll(".relative-age").stream()
        .map(age -> ((Labeled) age).getText())
        .toList();
  }

  private static String spoken(Node cell) {
    return String.valueOf(cell.queryAccessibleAttribute(AccessibleAttribute.TEXT));
  }

  private static List<String> stacks(TableView<ServiceRow> table) {
    return table.getItems().stream().map(ServiceRow::stack).distinct().toList();
  }

  private static Action action(PageStage stage, String id) {
    return stage.shell().workbench().actions().get(id);
  }

  /** Answers with what the demo tells of a container, and counts. */
  private static final class Inspections implements ServicesBackend {

    private final DemoEngine engine = new DemoEngine(InstantSource.fixed(Snapshots.MOMENT));
    private final List<String> asked = new CopyOnWriteArrayList<>();

    @Override
    public ContainerInspection inspect(ContainerId id) throws ProblemException {
      asked.add(id.value());
      return engine.inspect(id);
    }

    @Override
    public Outcome<LifecycleReceipt> change(
        LifecycleRequest.Action action,
        String stack,
        List<String> services,
        ServicesBackend.Extras extras,
        Progress progress) {
      throw new AssertionError("nothing is to be changed");
    }

    @Override
    public List<ProfileSet.Profile> profiles(String stack) {
      return List.of(
          new ProfileSet.Profile("rag", List.of("qdrant"), List.of(), ProfileSet.State.OFF),
          new ProfileSet.Profile(
              "voice", List.of("stt", "tts"), List.of("tts"), ProfileSet.State.PART));
    }

    @Override
    public void browse(String url) {}
  }
}
