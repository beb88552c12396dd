package dev.quayside.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.exposure.status.StackStatus;
import dev.quayside.exposure.status.StatusSnapshot;
import dev.quayside.ui.guard.Garbage;
import dev.quayside.ui.guard.Snapshots;
import dev.quayside.ui.pages.PageStage;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Parent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A window that is open for weeks keeps nothing that it no longer shows. */
@Tag("window")
final class LeakTest {

  private static final List<String> PAGES =
      List.of(
          "overview",
          "services",
          "logs",
          "secrets",
          "backups",
          "security",
          "alerts",
          "incidents",
          "settings",
          "journal");
  private static final int ROUNDS = 20;

  @TempDir Path folder;

  @Test
  void neitherTwentyVisitsNorTwoHundredSnapshotsNorAClosedWindowStayBehind() throws Exception {
    List<WeakReference<Object>> snapshots = new ArrayList<>();
    List<WeakReference<Object>> views = new ArrayList<>();
    work(snapshots, views);
    assertThat(snapshots).hasSize(PAGES.size() * ROUNDS - 1);
    assertThat(Garbage.left(views)).as("parts of the closed window").isEmpty();
    assertThat(Garbage.left(snapshots)).as("snapshots").isEmpty();
  }

  private void work(List<WeakReference<Object>> snapshots, List<WeakReference<Object>> views)
      throws Exception {
    try (WindowJourney window = WindowJourney.open(folder)) {
      visitAll(window, new ArrayList<>());
      int nodes = PageStage.call(() -> count(window.stage().getScene().getRoot()));
      for (int round = 0; round < ROUNDS; round++) {
        visitAll(window, snapshots);
      }
      PageStage.run(() -> window.shell().show("overview"));
      WindowOnTest.pulses(3);
      // The newest one is shown.
      snapshots.removeLast();
      assertThat(Garbage.left(snapshots)).as("snapshots that are shown no more").isEmpty();
      assertThat(PageStage.call(() -> count(window.stage().getScene().getRoot())))
          .as("nodes of the window")
          .isLessThanOrEqualTo(nodes + nodes / 20);
      for (String page : PAGES) {
        PageStage.run(() -> {
          window.shell().show(page);
          views.add(new WeakReference<>(window.stage().getScene().lookup("#page-" + page)));
        });
      }
      views.add(new WeakReference<>(window.shell()));
      views.add(new WeakReference<>(window.stage().getScene()));
    }
  }

  /** Shows every page, each with a snapshot of its own in which everything is a new object. */
  private static void visitAll(WindowJourney window, List<WeakReference<Object>> snapshots)
      throws Exception {
    StatusSnapshot demo = Snapshots.demo();
    for (String page : PAGES) {
      PageStage.run(() -> window.shell().show(page));
      StatusSnapshot now = changed(demo, snapshots.size());
      snapshots.add(new WeakReference<>(now));
      window.publish(now);
      WindowOnTest.pulses(1);
    }
    PageStage.run(() -> window.shell().show("overview"));
    WindowOnTest.pulses(2);
  }

  private static StatusSnapshot changed(StatusSnapshot demo, int number) {
    List<StackStatus> stacks =
        demo.stacks().stream()
            .map(stack ->
                new StackStatus(
                    stack.name(),
                    stack.services().stream()
                        .map(one ->
                            Snapshots.service(
                                one,
                                one.container().id().value() + number % 3,
                                stack.name(),
                                one.container().service(),
                                one.container().state()))
                        .toList()))
            .toList();
    return Snapshots.with(demo, Snapshots.MOMENT.plusSeconds(number), stacks);
  }

  private static int count(Node node) {
    int nodes = 1;
    if (node instanceof Parent parent) {
      for (Node child : parent.getChildrenUnmodifiable()) {
        nodes += count(child);
      }
    }
    return nodes;
  }
}
