package dev.quayside.backup.drill;

import dev.quayside.backup.ArchivePlan;
import dev.quayside.backup.ArchiveReading;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Hands the contents of an archive to the drills of its services, one server at a time. */
final class DrillRun implements ArchiveReading.Receiver {

  private static final Messages MESSAGES = Messages.of("drill");

  private final List<Trial> trials = new ArrayList<>();
  private final Function<Trial, PostgresDrill> servers;
  private final N8nCanary canary;
  private @Nullable PostgresDrill current;
  private @Nullable ProblemException failure;

  DrillRun(List<DrillSubject> subjects, N8nCanary canary, Function<Trial, PostgresDrill> servers) {
    subjects.forEach(subject -> trials.add(new Trial(subject)));
    this.canary = canary;
    this.servers = servers;
  }

  @Override
  public @Nullable OutputStream take(String path, long size) throws IOException {
    try {
      Trial trial = trial(path);
      if (trial == null) {
        finish();
        return canary.take(path, size);
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
    canary.decide();
    for (Trial trial : trials) {
      switch (trial.subject().kind()) {
        case POSTGRES -> trial.close(MESSAGES.get("unknown.not-all"));
        case FILES -> trial.close(MESSAGES.get("unknown.files"));
      }
    }
    return trials.stream().map(Trial::result).toList();
  }

  /** Gives up what runs; its container is thrown away by others. */
  void abandon() {
    PostgresDrill left = current;
    current = null;
    if (left != null) {
      left.abandon();
    }
  }

  /** Returns the engine's or the journal's problem that cut the run off; null if there was none. */
  @Nullable ProblemException failure() {
    return failure;
  }
}
