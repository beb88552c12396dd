package dev.quayside.app;

import dev.quayside.common.Messages;
import dev.quayside.ui.dialog.Confirmation;
import dev.quayside.ui.dialog.Dialogs;
import dev.quayside.ui.fx.Job;
import dev.quayside.ui.fx.Jobs;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javafx.animation.PauseTransition;
import javafx.collections.ListChangeListener;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import javafx.util.Duration;

/**
 * Ends the program. While a job runs, or something is noted and not saved, it asks first, then lets
 * the jobs stop at a step of their own, where they can say what is left. Belongs to the FX thread.
 */
final class WindowQuit {

  private static final Duration PATIENCE = Duration.seconds(10);

  private final Messages messages = Messages.of("window");
  private final Stage stage;
  private final Jobs jobs;
  private final Dialogs dialogs;
  private final Supplier<List<String>> unsaved;
  private boolean agreed;

  /** Creates it; {@code unsaved} tells for people what would be lost. */
  WindowQuit(Stage stage, Jobs jobs, Dialogs dialogs, Supplier<List<String>> unsaved) {
    this.stage = stage;
    this.jobs = jobs;
    this.dialogs = dialogs;
    this.unsaved = unsaved;
  }

  /** Keeps the window open if there is something to ask and nobody has been asked yet. */
  void closeRequested(WindowEvent event) {
    if (!agreed && !(jobs.running().isEmpty() && unsaved.get().isEmpty())) {
      event.consume();
      ask();
    }
  }

  /**
   * Closes the window, after a question while a job runs or something is not saved; asked again, it
   * waits no longer.
   */
  void ask() {
    int running = jobs.running().size();
    List<String> lost = unsaved.get();
    if (agreed || (running == 0 && lost.isEmpty())) {
      stage.close();
      return;
    }
    dialogs.confirm(running == 0 ? aboutEdits(lost) : aboutJobs(running, lost), this::leave);
  }

  private Confirmation aboutEdits(List<String> lost) {
    return Confirmation.recoverable(
        messages.get("quit.unsaved.title"),
        messages.get("quit.unsaved.text"),
        lost,
        messages.get("quit.unsaved.confirm"));
  }

  private Confirmation aboutJobs(int running, List<String> lost) {
    String text = messages.get("quit.text");
    return Confirmation.recoverable(
        messages.get("quit.title", running),
        lost.isEmpty() ? text : text + " " + messages.get("quit.unsaved.text"),
        Stream.concat(jobs.running().stream().map(Job::title), lost.stream()).toList(),
        messages.get(lost.isEmpty() ? "quit.confirm" : "quit.both.confirm", running));
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
