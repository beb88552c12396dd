package dev.quayside.ui.overview;

import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.ui.control.NoteBanner;
import dev.quayside.ui.fx.Background;
import dev.quayside.ui.shell.Workbench;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.layout.VBox;

/** Says above everything that runs what stays so until somebody does something about it. */
final class StandingNotes extends VBox {

  private static final Duration BETWEEN_READS = Duration.ofMinutes(1);

  private final Workbench workbench;
  private final OverviewBackend backend;
  private final Background.Newest reading;
  private List<OverviewBackend.Note> shown = List.of();
  private Instant next = Instant.MIN;

  StandingNotes(Workbench workbench, OverviewBackend backend) {
    this.workbench = workbench;
    this.backend = backend;
    this.reading = workbench.background().newest();
    setId("overview-standing");
    getStyleClass().add("note-banners");
    setVisible(false);
    setManaged(false);
  }

  /** Reads anew if that was a while ago. */
  void follow(Instant now) {
    if (!now.isBefore(next)) {
      next = now.plus(BETWEEN_READS);
      reading.run(backend::notes, this::show, this::unread);
    }
  }

  /** Reads anew at the next snapshot. */
  void refresh() {
    next = Instant.MIN;
  }

  private void unread(Problem problem) {
    show(List.of(new OverviewBackend.Note(true, problem.title() + ". " + problem.happened())));
  }

  /** Made anew only when something changed, so that no button loses the focus. */
  private void show(List<OverviewBackend.Note> notes) {
    if (notes.equals(shown)) {
      return;
    }
    shown = List.copyOf(notes);
    List<NoteBanner> banners = new ArrayList<>();
    for (OverviewBackend.Note note : shown) {
      Button open = new Button(Messages.of("overview").get("backup.link"));
      open.setOnAction(event -> workbench.navigator().show("backups"));
      open.setAccessibleText(note.words() + " " + open.getText());
      banners.add(new NoteBanner(note.loud(), note.words(), open));
    }
    getChildren().setAll(banners);
    setVisible(!banners.isEmpty());
    setManaged(!banners.isEmpty());
  }
}
