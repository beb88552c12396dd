package dev.quayside.backup.drill;

import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.Engine;
import dev.quayside.engine.EngineFault;
import dev.quayside.engine.LogChunk;
import dev.quayside.engine.LogRequest;
import dev.quayside.engine.ThrowawayRequest;
import dev.quayside.journal.Intent;
import dev.quayside.journal.JournaledEngine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Makes the containers of one drill, each recorded before it is made, and removes them. */
final class Throwaways {

  /** Label of every container of a drill; its value is the drill's identity. */
  static final String LABEL = "dev.quayside.drill";

  private static final int BRIEF = 8;
  private static final int LAST_LINES = 20;
  private static final int LONGEST_LINE = 300;
  private static final long LOG_SECONDS = 5;
  private static final Messages MESSAGES = Messages.of("drill");

  private final Engine reader;
  private final JournaledEngine engine;
  private final Intent intent;
  private final DrillRecords records;
  private final StepBoundary steps;
  private final List<ContainerId> made = new ArrayList<>();
  private DrillRecords.Entry record;

  Throwaways(
      Engine reader,
      JournaledEngine engine,
      Intent intent,
      DrillRecords records,
      DrillRecords.Entry record,
      StepBoundary steps) {
    this.reader = reader;
    this.engine = engine;
    this.intent = intent;
    this.records = records;
    this.record = record;
    this.steps = steps;
  }

  /**
   * Makes a container of the image that the subject of {@code trial} ran on, and starts it.
   *
   * @return null if that cannot be done here, which {@code trial} is told
   */
  @Nullable ContainerId startFor(Trial trial, List<String> command, Map<String, String> environment)
      throws ProblemException, IOException {
    String image = trial.subject().image();
    if (image == null) {
      trial.unknown(MESSAGES.get("unknown.no-image"));
      return null;
    }
    try {
      return start(image, command, environment);
    } catch (ProblemException e) {
      String code = e.problem().code();
      if (code.equals(EngineFault.PART_MISSING.code())) {
        trial.unknown(MESSAGES.get("unknown.image-missing", image));
      } else if (code.equals(EngineFault.ENGINE_REFUSED.code())) {
        trial.unknown(MESSAGES.get("unknown.not-started", e.problem().happened()));
      } else {
        throw e;
      }
      return null;
    }
  }

  /** Returns whether it is about one container, rather than about the engine or the journal. */
  static boolean aboutContainer(ProblemException e) {
    String code = e.problem().code();
    return code.equals(EngineFault.ENGINE_REFUSED.code())
        || code.equals(EngineFault.CONTAINER_GONE.code())
        || code.equals(EngineFault.CONTAINER_CONFLICT.code())
        || code.equals(EngineFault.EXEC_TIMEOUT.code())
        || code.equals(EngineFault.EXEC_STREAM_FAILED.code());
  }

  /** Makes a container of {@code image} and starts it. */
  private ContainerId start(String image, List<String> command, Map<String, String> environment)
      throws ProblemException, IOException {
    String name =
        "quayside-drill-"
            + record.id().substring(0, BRIEF)
            + "-"
            + (record.containers().size() + 1);
    record = record.with(name);
    records.write(record);
    steps.reached(DrillStep.NAMED.label());
    ContainerId id =
        engine.createThrowaway(
            intent,
            new ThrowawayRequest(name, image, command, environment, Map.of(LABEL, record.id())));
    made.add(id);
    steps.reached(DrillStep.CREATED.label());
    engine.start(intent, id);
    steps.reached(DrillStep.STARTED.label());
    return id;
  }

  /** Returns whether it has processes. */
  boolean live(ContainerId id) throws ProblemException {
    return reader.read(id).live();
  }

  /** Returns the last line of its log that says something; empty if there is none. */
  String lastWord(ContainerId id) {
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    BlockingQueue<String> ended = new LinkedBlockingQueue<>();
    try (var _ =
        reader.logs(
            id,
            LogRequest.last(LAST_LINES),
            (LogChunk chunk) -> lines.add(chunk.text()),
            _ -> ended.add(""))) {
      var _ = ended.poll(LOG_SECONDS, TimeUnit.SECONDS);
    } catch (ProblemException unreadable) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return lines.stream()
        .filter(line -> !line.isBlank())
        .reduce((_, last) -> last)
        .map(line -> ForeignText.line(line.strip(), LONGEST_LINE))
        .orElse("");
  }

  /** Removes a container with all that is in it. */
  void destroy(ContainerId id) throws ProblemException {
    engine.destroy(intent, id);
    made.remove(id);
    steps.reached(DrillStep.REMOVED.label());
  }

  /** Removes those that are left, each tried. */
  void destroyAll() throws ProblemException {
    ProblemException failure = null;
    for (ContainerId id : List.copyOf(made)) {
      try {
        destroy(id);
      } catch (ProblemException e) {
        failure = e;
      }
    }
    // One may be there of which the engine's answer was lost.
    for (Container each : reader.list()) {
      if (record.id().equals(each.labels().get(LABEL))) {
        engine.destroy(intent, each.id());
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
