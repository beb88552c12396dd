package dev.quayside.backup.drill;

import dev.quayside.backup.ArchivePlan;
import dev.quayside.backup.ArchiveReading;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Hands the contents of an archive to the drills of its services: dumps to one server at a time,
 * files to the containers of their services, which stay until everything was read.
 */
final class DrillRun implements ArchiveReading.Receiver {

  private static final Messages MESSAGES = Messages.of("drill");

  private final List<Trial> trials = new ArrayList<>();
  private final Function<Trial, PostgresDrill> servers;
  private final Function<Trial, FilesDrill> files;
  private final Map<Trial, FilesDrill> filled = new LinkedHashMap<>();
  private final N8nCanary canary;
  private @Nullable FilesDrill filling;
  private @Nullable PostgresDrill current;
  private @Nullable ProblemException failure;

  DrillRun(
      List<DrillSubject> subjects,
      N8nCanary canary,
      Function<Trial, PostgresDrill> servers,
      Function<Trial, FilesDrill> files) {
    subjects.forEach(subject -> trials.add(new Trial(subject)));
    this.canary = canary;
    this.servers = servers;
    this.files = files;
  }

  @Override
  public @Nullable OutputStream take(String path, long size) throws IOException {
    try {
      filled();
      Trial trial = trial(path);
      if (trial == null) {
        finish();
        OutputStream settings = canary.take(path, size);
        return settings == null ? file(path) : settings;
      }
      PostgresDrill server = current;
      if (server == null || server.trial() != trial) {
        finish();
        server = servers.apply(trial);
        current = server;
        server.start();
      }
      ArchivePlan.Part part = trial.subject().part(path);
      return part == null ? null : server.take(part);
    } catch (ProblemException e) {
      failure = e;
      throw new IOException(e);
    }
  }

  private @Nullable OutputStream file(String path) {
    Trial trial =
        trials.stream()
            .filter(one -> one.subject().kind() != DrillSubject.Kind.POSTGRES)
            .filter(one -> one.subject().holds(path))
            .findFirst()
            .orElse(null);
    if (trial == null) {
      return null;
    }
    FilesDrill drill = filled.computeIfAbsent(trial, files);
    filling = drill;
    return drill.take(path);
  }

  private void filled() throws ProblemException, IOException {
    FilesDrill ended = filling;
    filling = null;
    if (ended != null) {
      ended.end();
    }
  }

  private @Nullable Trial trial(String path) {
    return trials.stream()
        .filter(one -> one.subject().kind() == DrillSubject.Kind.POSTGRES)
        .filter(one -> one.subject().part(path) != null)
        .findFirst()
        .orElse(null);
  }

  private void finish() throws ProblemException, IOException {
    PostgresDrill ended = current;
    current = null;
    if (ended != null) {
      ended.finish();
    }
  }

  /** Ends the last server and decides, when the whole archive was read and is authentic. */
  List<DrilledService> results() throws ProblemException, IOException {
    finish();
    for (FilesDrill one : filled.values()) {
      one.finish();
    }
    canary.decide();
    for (Trial trial : trials) {
      switch (trial.subject().kind()) {
        case POSTGRES -> trial.close(MESSAGES.get("unknown.not-all"));
        case REDIS -> trial.close(MESSAGES.get("unknown.no-keys"));
        case MONGO, MEILISEARCH, QDRANT -> trial.close(MESSAGES.get("unknown.no-documents"));
        case FILES -> trial.close(MESSAGES.get("unknown.files"));
      }
    }
    return trials.stream().filter(Trial::counts).map(Trial::result).toList();
  }

  /** Gives up what runs; its container is thrown away by others. */
  void abandon() {
    PostgresDrill left = current;
    current = null;
    if (left != null) {
      left.abandon();
    }
    filled.values().forEach(FilesDrill::abandon);
  }

  /** Returns the engine's or the journal's problem that cut the run off; null if there was none. */
  @Nullable ProblemException failure() {
    return filled.values().stream()
        .map(FilesDrill::failure)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(failure);
  }
}
