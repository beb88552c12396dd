package dev.quayside.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Feed;
import dev.quayside.engine.Connection;
import dev.quayside.engine.Container;
import dev.quayside.engine.EngineSnapshot;
import dev.quayside.engine.demo.DemoEngine;
import dev.quayside.exposure.status.ServiceStatus;
import dev.quayside.exposure.status.StackStatus;
import dev.quayside.exposure.status.StatusSnapshot;
import dev.quayside.ui.guard.Snapshots;
import dev.quayside.ui.logs.LogsBackend;
import dev.quayside.ui.pages.PageStage;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever may start a container may name it. */
@Tag("window")
final class HostileNamesJourneyTest {

  private static final String PLAIN = "my_container_name";
  private static final String STACK = "evil_stack\u202E\u001b[2J\nBREAK";
  private static final List<String> NAMES =
      List.of(
          PLAIN,
          "steers\u001b[31m\u0007\r\nBREAK\u0085\u2028BREAK",
          "reorders\u202Egnp.exe\u2066\u200B",
          "x_".repeat(150),
          "<b>bold</b> &amp; {0} ''{1}'' %s ${x}",
          "broken\uD800half\uE000\uFEFF");

  @TempDir Path folder;

  private static StatusSnapshot hostile() {
    StatusSnapshot demo = Snapshots.demo();
    List<ServiceStatus> likes =
        demo.stacks().stream().flatMap(stack -> stack.services().stream()).toList();
    List<ServiceStatus> services = new ArrayList<>();
    for (int i = 0; i < NAMES.size(); i++) {
      ServiceStatus like = likes.get(i);
      services.add(
          Snapshots.service(
              like, like.container().id().value(), STACK, NAMES.get(i), like.container().state()));
    }
    return Snapshots.with(demo, Snapshots.MOMENT, List.of(new StackStatus(STACK, services)));
  }

  @Test
  void namesSteerAndReorderNothingAndKeepTheirUnderscores() throws Exception {
    StatusSnapshot shown = hostile();
    List<Container> containers =
        shown.stacks().getFirst().services().stream().map(ServiceStatus::container).toList();
    try (DemoEngine engine = new DemoEngine(InstantSource.fixed(Snapshots.MOMENT));
        WindowJourney window =
            WindowJourney.open(
                folder,
                shown,
                parts ->
                    WindowJourney.with(
                        parts,
                        new HeldServices(parts.services()),
                        new LogsBackend(
                            () -> engine,
                            new Feed<>(
                                new EngineSnapshot(
                                    new Connection.Connected(engine.info()),
                                    containers,
                                    true)))))) {
      List<String> faults = new ArrayList<>();
      tables(window, faults);
      dialogsAndJobs(window, faults);
      palette(window, faults);
      window.keys(KeyCode.CONTROL, KeyCode.DIGIT3);
      ListView<?> log = (ListView<?>) window.node("logs-list");
      PageStage.await("lines", () -> !log.getItems().isEmpty());
      look(window, "logs", faults);
      window.click("logs-services");
      look(window, "services of the log", faults);
      window.keys(KeyCode.ESCAPE);
      PageStage.run(() -> window.shell().workbench().stacks().choose(STACK));
      for (String page : List.of("overview", "secrets", "backups", "journal")) {
        PageStage.run(() -> window.shell().show(page));
        look(window, page + " of the stack", faults);
      }
      assertThat(faults).isEmpty();
    }
  }

  private static void tables(WindowJourney window, List<String> faults) throws Exception {
    look(window, "overview", faults);
    window.keys(KeyCode.CONTROL, KeyCode.DIGIT2);
    TableView<?> table = (TableView<?>) window.node("services-table");
    PageStage.await("rows", () -> table.getItems().size() == NAMES.size());
    for (int row = 0; row < NAMES.size(); row++) {
      int chosen = row;
      PageStage.run(() -> table.getSelectionModel().clearAndSelect(chosen));
      look(window, "services, row " + row, faults);
    }
    window.robot().rightClickOn(table);
    look(window, "menu of a row", faults);
    window.keys(KeyCode.ESCAPE);
  }

  private static void dialogsAndJobs(WindowJourney window, List<String> faults) throws Exception {
    TableView<?> table = (TableView<?>) window.node("services-table");
    PageStage.run(() -> table.getSelectionModel().selectAll());
    window.click("services.recreate");
    window.node("confirm-sheet");
    look(window, "question", faults);
    window.keys(KeyCode.ESCAPE);
    for (int row = 0; row < NAMES.size(); row++) {
      int chosen = row;
      PageStage.run(() -> table.getSelectionModel().clearAndSelect(chosen));
      window.click("services.stop");
      PageStage.await(
          "job runs", () -> window.shell().workbench().jobs().running().size() == chosen + 1);
      look(window, "job " + row, faults);
    }
    window.keys(KeyCode.CONTROL, KeyCode.J);
    window.node("jobs-panel");
    look(window, "jobs that run", faults);
    window.keys(KeyCode.CONTROL, KeyCode.Q);
    window.node("confirm-sheet");
    look(window, "question of quitting", faults);
    window.keys(KeyCode.ESCAPE);
    PageStage.run(() ->
        List.copyOf(window.shell().workbench().jobs().running()).forEach(job -> job.cancel()));
    PageStage.await("ended", () -> window.shell().workbench().jobs().running().isEmpty());
    look(window, "jobs that ended, and notices", faults);
    window.keys(KeyCode.CONTROL, KeyCode.J);
    assertThat(((Labeled) window.node("jobs-button")).getText()).isNotEmpty();
  }

  private static void palette(WindowJourney window, List<String> faults) throws Exception {
    window.keys(KeyCode.CONTROL, KeyCode.K);
    window.node("palette-field");
    window.robot().write("container");
    look(window, "palette", faults);
    window.keys(KeyCode.ESCAPE);
    PageStage.await("closed", () -> !window.shell().workbench().sheets().showing().get());
  }

  private static void look(WindowJourney window, String where, List<String> faults)
      throws Exception {
    WindowOnTest.pulses(3);
    faults.addAll(WindowOnTest.onFx(() -> Harmless.faults(where)));
  }
}
