package dev.quayside.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.bed.Bed;
import dev.quayside.bed.BedStack;
import dev.quayside.bed.TreeHash;
import dev.quayside.common.Settings;
import dev.quayside.common.SettingsStore;
import dev.quayside.ui.pages.PageStage;
import dev.quayside.ui.pages.ScriptedDialogs;
import dev.quayside.ui.shell.PageSpec;
import dev.quayside.ui.shell.StackChoice;
import dev.quayside.ui.stack.StackPage;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.ThemeChoice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Adopts stacks in the window, on a real engine that has none of their containers. */
@Tag("bed")
class AdoptJourneyBedTest {

  private static final int[] SMALL = {1280, 800};
  private static final int[] LARGE = {1920, 1080};

  private final Bed bed = Bed.required();
  private final ScriptedDialogs dialogs = new ScriptedDialogs();
  @TempDir private Path folder;

  @Test
  void aStackIsAdoptedByItsFolderShownWholeAndForgottenWithoutAByteChanged() throws Exception {
    BedStack fixture = bed.fixture("b1", Files.createDirectories(folder.resolve("it's here")));
    String before = TreeHash.of(fixture.directory());
    dialogs.files.add(fixture.directory());
    try (Opened opened = open()) {
      PageStage stage = opened.stage;
      stage.press("stack.adopt");
      stage.node("adopt-go");
      stage.picture("real-stack-adopt", SMALL, ThemeChoice.LIGHT);
      stage.press("adopt-go");
      Labeled command = stage.node("stack-command");
      PageStage.await("how it is started", () -> command.getText().contains("docker compose -p"));
      stage.node("map-open-webui");
      TableView<?> places = stage.node("stack-places");
      assertThat(places.getItems()).isNotEmpty();
      PageStage.await(
          "the switcher knows it",
          () -> stage.shell().workbench().stacks().names().contains("dream-server"));
      stage.picture("real-stack", SMALL, ThemeChoice.LIGHT);
      stage.picture("real-stack-large", LARGE, ThemeChoice.DARK);
      stage.press("stack.forget");
      PageStage.await(
          "forgotten",
          () -> stage.shell().workbench().stacks().chosen().get().equals(StackChoice.ALL));
    }
    assertThat(TreeHash.of(fixture.directory())).isEqualTo(before);
    assertThat(dialogs.problems).isEmpty();
  }

  @Test
  void whatComposeRejectsIsSaidBeforeAndAfterItIsAdopted() throws Exception {
    BedStack fixture = bed.fixture("c-head", folder.resolve("c-head"));
    dialogs.files.add(fixture.directory());
    try (Opened opened = open()) {
      opened.stage.press("stack.adopt");
      opened.stage.node("adopt-go");
      opened.stage.picture("real-stack-rejected-adopt", SMALL, ThemeChoice.DARK);
      opened.stage.press("adopt-go");
      opened.stage.node("stack-complaint");
      opened.stage.picture("real-stack-rejected", SMALL, ThemeChoice.LIGHT);
    }
  }

  private Opened open() throws Exception {
    LiveParts parts =
        new LiveParts(
            "unix://" + bed.socket(),
            null,
            folder.resolve("home"),
            _ -> Settings.usual(),
            bed.environment());
    parts.home().create();
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    WindowParts window =
        LiveWindow.parts(parts, SettingsStore.open(parts.home(), timer), url -> {});
    PageStage stage =
        PageStage.open(
            parts.status(),
            engine ->
                List.of(
                    new PageSpec(
                        "stack",
                        "Stack",
                        Icon.STACK,
                        workbench ->
                            new StackPage(PageStage.with(workbench, dialogs), window.stack()))));
    return new Opened(stage, parts, timer);
  }

  private record Opened(PageStage stage, LiveParts parts, ScheduledExecutorService timer)
      implements AutoCloseable {

    @Override
    public void close() throws Exception {
      stage.close();
      parts.close();
      timer.shutdownNow();
    }
  }
}
