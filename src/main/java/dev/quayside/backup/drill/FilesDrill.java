package dev.quayside.backup.drill;

import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.ContainerId;
import dev.quayside.journal.Intent;
import dev.quayside.journal.JournaledEngine;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rehearses the restore of what a service keeps in files: the databases among them go into a
 * container of the image it ran on, in which nothing else runs, and its own tools are asked about
 * them. Where there is none, no container is made. For one thread.
 */
final class FilesDrill {

  /** What the container runs while it is used. */
  private static final List<String> IDLE = List.of("sleep", "2000000");

  private static final String TAKE = "mkdir -p \"${0%/*}\" && exec cat >\"$0\"";
  private static final Duration FILL = Duration.ofHours(12);
  private static final int LONGEST_NAME = 120;
  private static final Messages MESSAGES = Messages.of("drill");

  private final Trial trial;
  private final Throwaways throwaways;
  private final JournaledEngine engine;
  private final Intent intent;
  private final Progress progress;
  private final StepBoundary steps;
  private final FileCheck check;
  private @Nullable ContainerId container;
  private @Nullable Inside inside;
  private @Nullable Loading loading;
  private @Nullable ProblemException failure;

  FilesDrill(
      Trial trial,
      Throwaways throwaways,
      JournaledEngine engine,
      Intent intent,
      Progress progress,
      StepBoundary steps) {
    this.trial = trial;
    this.throwaways = throwaways;
    this.engine = engine;
    this.intent = intent;
    this.progress = progress;
    this.steps = steps;
    this.check =
        switch (trial.subject().kind()) {
          case REDIS -> new RedisCheck(trial.subject());
          case MONGO -> new ServerCheck(Server.MONGO, trial.subject());
          case MEILISEARCH -> new ServerCheck(Server.MEILISEARCH, trial.subject());
          case QDRANT -> new ServerCheck(Server.QDRANT, trial.subject());
          case FILES, POSTGRES -> new SqliteCheck();
        };
  }

  /** What is being put into the container now. */
  private record Loading(String path, Inside.Feed feed) {}

  /** Returns where the content of a file goes, of which it is not known yet what it is. */
  OutputStream take(String path) {
    return new Sniffed(path);
  }

  /** Returns where a file goes that begins with {@code head}; null if it is not wanted. */
  private @Nullable OutputStream opened(String path, byte[] head)
      throws ProblemException, IOException {
    String place = trial.open() ? check.place(trial, path, head) : null;
    if (place != null) {
      trial.found();
    }
    Inside started = place == null ? null : started();
    if (place == null || started == null) {
      return null;
    }
    progress.line(trial.subject().name() + ": " + ForeignText.line(path, LONGEST_NAME));
    Inside.Feed feed = started.feed(FILL, List.of("sh", "-c", TAKE, place));
    loading = new Loading(path, feed);
    return feed;
  }

  private @Nullable Inside started() throws ProblemException, IOException {
    if (inside == null) {
      ContainerId id = throwaways.startFor(trial, IDLE, Map.of());
      container = id;
      inside = id == null ? null : new Inside(engine, intent, id, progress);
    }
    return inside;
  }

  /** Waits until the file that came last is in the container. */
  void end() throws ProblemException, IOException {
    Loading ended = loading;
    loading = null;
    if (ended == null) {
      return;
    }
    try (Inside.Feed feed = ended.feed()) {
      Inside.Answer answer = feed.answer();
      if (!answer.succeeded()) {
        String words = ToolWords.error(answer.result().errorOutput());
        String name = ForeignText.line(ended.path(), LONGEST_NAME);
        trial.unknown(MESSAGES.get("unknown.surroundings", name, words));
      }
    } catch (ProblemException e) {
      lost(e);
    }
  }

  /** Looks at the databases, when everything was read, and removes the container. */
  void finish() throws ProblemException, IOException {
    end();
    Inside asked = inside;
    ContainerId id = container;
    inside = null;
    container = null;
    if (asked == null || id == null) {
      return;
    }
    try {
      if (trial.open()) {
        check.look(trial, asked);
      }
    } catch (ProblemException e) {
      lost(e);
    }
    steps.reached(DrillStep.CHECKED.label());
    throwaways.destroy(id);
  }

  private void lost(ProblemException e) throws ProblemException {
    if (!Throwaways.aboutContainer(e)) {
      throw e;
    }
    trial.unknown(MESSAGES.get("unknown.ended", e.problem().title()));
  }

  /** Gives up the command that runs. */
  void abandon() {
    Loading left = loading;
    loading = null;
    if (left != null) {
      left.feed().close();
    }
  }

  /** Returns the engine's or the journal's problem that cut a file off; null if there was none. */
  @Nullable ProblemException failure() {
    return failure;
  }

  /** Decides by the first bytes; is not closed with the file, since its end is waited for. */
  private final class Sniffed extends OutputStream {

    private final String path;
    private byte[] head = new byte[0];
    private boolean decided;
    private @Nullable OutputStream wanted;

    Sniffed(String path) {
      this.path = path;
    }

    @Override
    public void write(int single) throws IOException {
      write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      int taken = decided ? 0 : Math.min(FileCheck.HEAD - head.length, length);
      if (taken > 0) {
        byte[] more = Arrays.copyOf(head, head.length + taken);
        System.arraycopy(source, offset, more, head.length, taken);
        head = more;
      }
      if (!decided && head.length == FileCheck.HEAD) {
        decide();
      }
      if (wanted != null && length > taken) {
        wanted.write(source, offset + taken, length - taken);
      }
    }

    private void decide() throws IOException {
      decided = true;
      try {
        wanted = opened(path, head);
      } catch (ProblemException e) {
        failure = e;
        throw new IOException(e);
      }
      if (wanted != null) {
        wanted.write(head, 0, head.length);
      }
    }

    @Override
    public void close() throws IOException {
      if (!decided) {
        decide();
      }
    }
  }
}
