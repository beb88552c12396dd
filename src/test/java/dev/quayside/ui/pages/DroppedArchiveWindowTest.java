package dev.quayside.ui.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.javafx.scene.input.DragboardHelper;
import com.sun.javafx.tk.TKClipboard;
import dev.quayside.backup.ForeignArchives;
import dev.quayside.common.Home;
import dev.quayside.common.StepBoundary;
import dev.quayside.journal.Journal;
import dev.quayside.ui.backups.BackupsPage;
import dev.quayside.ui.backups.EngineForeignDesk;
import dev.quayside.ui.backups.ScriptedBackups;
import dev.quayside.ui.shell.PageSpec;
import dev.quayside.ui.theme.Icon;
import java.io.File;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.scene.Node;
import javafx.scene.input.DataFormat;
import javafx.scene.input.DragEvent;
import javafx.scene.input.Dragboard;
import javafx.scene.input.TransferMode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive is dragged from a file manager onto the page. */
@Tag("window")
class DroppedArchiveWindowTest {

  @Test
  void oneDroppedArchiveIsAskedForItsPassphraseAndSeveralAreNotTaken() throws Exception {
    ScriptedDialogs dialogs = new ScriptedDialogs();
    try (PageStage stage =
        PageStage.open(engine ->
            List.of(
                new PageSpec(
                    "backups",
                    "Backups",
                    Icon.BACKUPS,
                    workbench ->
                        new BackupsPage(
                            PageStage.with(workbench, dialogs), new ScriptedBackups()))))) {
      PageStage.run(() -> stage.shell().workbench().stacks().choose("dream-server"));
      Node inside = stage.node("backups-first");
      Dragboard several = board(new File("/backups/a.pgp"), new File("/backups/b.pgp"));
      assertThat(drag(inside, several, DragEvent.DRAG_OVER).isAccepted()).isFalse();
      assertThat(drag(inside, several, DragEvent.DRAG_DROPPED).isDropCompleted()).isFalse();
      assertThat(PageStage.call(() -> stage.shows("restore-passphrase"))).isFalse();

      Dragboard one = board(new File("/backups/a.pgp"));
      assertThat(drag(inside, one, DragEvent.DRAG_OVER).getAcceptedTransferMode())
          .isEqualTo(TransferMode.COPY);
      assertThat(drag(inside, one, DragEvent.DRAG_DROPPED).isDropCompleted()).isTrue();
      Node passphrase = stage.node("restore-passphrase");
      PageStage.await("the focus", passphrase::isFocused);
      assertThat(dialogs.problems).isEmpty();
    }
  }

  @Test
  void aDroppedDumpThatIsNotEncryptedIsReadAtOnce(@TempDir Path folder) throws Exception {
    Home home = new Home(folder.resolve("c"), folder.resolve("s"), folder.resolve("k"));
    home.create();
    InstantSource time = InstantSource.system();
    ScriptedBackups backups = new ScriptedBackups();
    backups.foreign =
        new EngineForeignDesk(
            () -> new ForeignArchives(home, Journal.open(home, time), time, StepBoundary.none()));
    Path dump = Files.writeString(folder.resolve("n8n.sql"), "select 1;\n");
    try (PageStage stage =
        PageStage.open(engine ->
            List.of(
                new PageSpec(
                    "backups",
                    "Backups",
                    Icon.BACKUPS,
                    workbench -> new BackupsPage(workbench, backups))))) {
      PageStage.run(() -> stage.shell().workbench().stacks().choose("dream-server"));
      Dragboard one = board(dump.toFile());
      assertThat(drag(stage.node("backups-first"), one, DragEvent.DRAG_DROPPED).isDropCompleted())
          .isTrue();
      stage.node("restore-database");
      assertThat(backups.asked).containsExactly("databases dream-server");
    }
  }

  /** Fires at {@code node}, so that the event goes up to whoever handles it. */
  private static DragEvent drag(Node node, Dragboard board, EventType<DragEvent> type)
      throws Exception {
    return PageStage.call(() -> {
      DragEvent event =
          new DragEvent(null, node, type, board, 0, 0, 0, 0, TransferMode.COPY, null, null, null);
      Event.fireEvent(node, event);
      return event;
    });
  }

  /** Makes what the platform would hand over: a board that holds files only. */
  private static Dragboard board(File... files) throws Exception {
    TKClipboard content =
        (TKClipboard)
            Proxy.newProxyInstance(
                TKClipboard.class.getClassLoader(),
                new Class<?>[] {TKClipboard.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "getContentTypes" -> Set.of(DataFormat.FILES);
                      case "hasContent" -> arguments[0].equals(DataFormat.FILES);
                      case "getContent" ->
                          arguments[0].equals(DataFormat.FILES) ? List.of(files) : null;
                      case "getTransferModes" -> Set.of(TransferMode.COPY);
                      default -> throw new UnsupportedOperationException(method.getName());
                    });
    return PageStage.call(() -> {
      // The board's class makes itself known to the helper when it is loaded.
      assertThat(DataFormat.FILES).isNotNull();
      try {
        Class.forName(Dragboard.class.getName());
      } catch (ClassNotFoundException impossible) {
        throw new IllegalStateException(impossible);
      }
      return DragboardHelper.createDragboard(content);
    });
  }
}
