package dev.quayside.app;

import dev.quayside.common.Messages;
import dev.quayside.ui.dialog.Confirmation;
import dev.quayside.ui.dialog.Dialogs;
import dev.quayside.ui.fx.Job;
import dev.quayside.ui.fx.Jobs;
import java.util.List;
import javafx.animation.PauseTransition;
import javafx.collections.ListChangeListener;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import javafx.util.Duration;

/**
 * Ends the program. While a job runs it asks first, then lets the jobs stop at a step of their own,
 * where they can say what is left. Belongs to the FX thread.
 */
final class WindowQuit {

  private static final Duration PATIENCE = Duration.seconds(10);

  private final Messages messages = Messages.of("window");
  private final Stage stage;
  private final Jobs jobs;
  private final Dialogs dialogs;
  private boolean agreed;

  WindowQuit(Stage stage, Jobs jobs, Dialogs dialogs) {
    this.stage = stage;
    this.jobs = jobs;
    this.dialogs = dialogs;
  }

  /** Keeps the window open if a job runs and nobody has been asked yet. */
  void closeRequested(WindowEvent event) {
    if (!agreed && !jobs.running().isEmpty()) {
      event.consume();
      ask();
    }
  }

  /** Closes the window, after a question while a job runs; asked again, it waits no longer. */
  void ask() {
    int running = jobs.running().size();
    if (agreed || running == 0) {
      stage.close();
      return;
    }
    dialogs.confirm(
        Confirmation.recoverable(
            messages.get("quit.title", running),
            messages.get("quit.text"),
            jobs.running().stream().map(Job::title).toList(),
            messages.get("quit.confirm", running)),
        this::leave);
  }

  private void leave() {
    agreed = true;
    List.copyOf(jobs.running()).forEach(Job::cancel);
    if (stopped()) {
      stage.close();
      return;
    }
    jobs.running()
        .addListener(
            (ListChangeListener<Job>)
                change -> {
                  if (stopped()) {
                    stage.close();
                  }
                });
    PauseTransition enough = new PauseTransition(PATIENCE);
    enough.setOnFinished(event -> stage.close());
    enough.play();
  }

  /** A job that cannot be cancelled would not stop, however long one waited. */
  private boolean stopped() {
    return jobs.running().stream().noneMatch(Job::cancellable);
  }
}
