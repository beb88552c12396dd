package dev.quayside.ui.environment;

import dev.quayside.common.Messages;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.stack.LifecycleReceipt;
import dev.quayside.stack.settings.EnvImpact;
import dev.quayside.stack.settings.EnvReceipt;
import dev.quayside.ui.fx.Background;
import dev.quayside.ui.fx.Job;
import dev.quayside.ui.fx.JobRequest;
import dev.quayside.ui.fx.Jobs;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** Asks what changes would do, and carries them out. Belongs to the FX thread. */
final class EnvironmentChanges {

  private final EnvironmentDesk desk;
  private final Background background;
  private final Background.Newest previewing;
  private final Jobs jobs;
  private final ReadOnlyStringWrapper asking = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();

  EnvironmentChanges(EnvironmentDesk desk, Background background, Jobs jobs) {
    this.desk = desk;
    this.background = background;
    this.previewing = background.newest();
    this.jobs = jobs;
  }

  /** Returns what is being asked, in words; empty while nothing is. */
  ReadOnlyStringProperty asking() {
    return asking.getReadOnlyProperty();
  }

  /** Returns whether something is being saved or applied. */
  ReadOnlyBooleanProperty busy() {
    return busy.getReadOnlyProperty();
  }

  /** Drops a question that is still open. */
  void forget() {
    previewing.forget();
    asking.set("");
  }

  /** Works out what {@code wish} would change; takes ownership of it. */
  void preview(
      EnvWish wish, Consumer<? super EnvPreview> ready, Consumer<? super Problem> refused) {
    asking.set(EnvironmentText.of("asking.preview", wish.target().name()));
    Consumer<Problem> no =
        problem -> {
          asking.set("");
          refused.accept(problem);
        };
    previewing.run(
        () -> {
          try (wish) {
            return desk.preview(wish);
          }
        },
        outcome -> {
          switch (outcome) {
            case Outcome.Done<EnvPreview>(EnvPreview preview) -> previewed(preview, ready, no);
            case Outcome.Found<EnvPreview>(EnvPreview preview) -> previewed(preview, ready, no);
            case Outcome.Attention<EnvPreview>(EnvPreview preview, Problem problem) ->
                no.accept(problem);
            case Outcome.Failed<EnvPreview>(Problem problem) -> no.accept(problem);
            case Outcome.Refused<EnvPreview>(Problem problem) -> no.accept(problem);
          }
        },
        no);
  }

  private void previewed(
      EnvPreview preview, Consumer<? super EnvPreview> ready, Consumer<Problem> no) {
    if (preview.diff().isEmpty()) {
      no.accept(Messages.of("env").problem("ENV-NOTHING", preview.target().name()));
    } else {
      asking.set("");
      ready.accept(preview);
    }
  }

  /** Asks which services {@code wish} would concern; takes ownership of it. Compose may be slow. */
  void impact(EnvWish wish, Consumer<? super EnvImpact> told, Consumer<? super Problem> untold) {
    background.run(
        () -> {
          try (wish) {
            return desk.impact(wish);
          }
        },
        told,
        untold);
  }

  /** Asks what an apply would make anew now. */
  void impactNow(String stack, Consumer<? super EnvImpact> told, Consumer<? super Problem> untold) {
    asking.set(EnvironmentText.of("asking.impact", stack));
    previewing.run(
        () -> desk.impactNow(stack),
        impact -> {
          asking.set("");
          told.accept(impact);
        },
        problem -> {
          asking.set("");
          untold.accept(problem);
        });
  }

  /** Writes what {@code shown} has shown, as a job; takes ownership of {@code wish}. */
  void save(EnvWish wish, EnvPreview shown, Consumer<? super Outcome<EnvReceipt>> ended) {
    start(
        new JobRequest<EnvReceipt>(
            EnvironmentText.of("job.save", wish.target().name(), wish.target().stack().name()),
            false,
            progress -> {
              try (wish) {
                return desk.save(wish, shown);
              }
            },
            receipt -> EnvironmentText.of("job.saved", shown.target().name()),
            outcome -> {
              busy.set(false);
              ended.accept(outcome);
            }));
  }

  /** Makes anew what is out of date and was {@code confirmed}, as a job. */
  void apply(
      String stack, List<String> confirmed, Consumer<? super Outcome<LifecycleReceipt>> ended) {
    start(
        new JobRequest<LifecycleReceipt>(
            EnvironmentText.of("job.apply", stack),
            true,
            progress -> desk.apply(stack, confirmed, progress),
            EnvironmentText::applied,
            outcome -> {
              busy.set(false);
              ended.accept(outcome);
            }));
  }

  private void start(JobRequest<?> request) {
    // Before it starts: tests and a quick disk end it at once.
    busy.set(true);
    Job _ = jobs.start(request);
  }
}
