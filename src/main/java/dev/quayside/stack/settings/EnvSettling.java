package dev.quayside.stack.settings;

import dev.quayside.common.AtomicFiles;
import dev.quayside.common.ProblemException;
import dev.quayside.journal.Intent;
import dev.quayside.stack.env.EnvFileWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a recorded save to its end, or puts the file back; may itself be cut off and repeated. */
final class EnvSettling {

  private static final Logger LOG = LoggerFactory.getLogger(EnvSettling.class);

  private final EnvState state;

  EnvSettling(EnvState state) {
    this.state = state;
  }

  /**
   * Looks at what is in the file now, and does what is missing.
   *
   * @param ended whether the journal has the outcome already
   */
  EnvRecovery.Ended settle(EnvRecord record, boolean ended) throws IOException, ProblemException {
    Intent intent = state.journal().resume(record.id(), EnvEditing.ACTION, record.stack());
    clearLeftovers(record.file());
    byte[] before = state.store().before(record.id());
    byte[] after = state.store().after(record.id());
    try (PresentFile present = PresentFile.of(record.file())) {
      EnvRecovery.Ended found = look(record, before, after, present);
      switch (found) {
        case FINISHED -> {
          keep(record, before);
          if (!ended) {
            intent.done(Map.of("recovered", "yes"));
          }
        }
        case PUT_BACK -> {
          if (!ended) {
            intent.failed(Map.of("problem", "KILLED", "putBack", "yes"));
          }
        }
        case LEFT, STUCK -> {
          keep(record, before);
          if (!ended) {
            intent.attention(Map.of("problem", "KILLED", "file", "changed by others since"));
          }
        }
      }
      state.store().remove(record.id());
      return found;
    } finally {
      Arrays.fill(before, (byte) 0);
      Arrays.fill(after, (byte) 0);
    }
  }

  /** Where the folder is gone or barred, there is nothing of ours that could be reached. */
  private static void clearLeftovers(Path file) {
    try {
      AtomicFiles.clearLeftovers(file);
    } catch (IOException unreachable) {
      LOG.warn("what a kill left beside {} cannot be looked for", file, unreachable);
    }
  }

  /** Writes the content before back where a mixture was left. */
  private EnvRecovery.Ended look(EnvRecord record, byte[] before, byte[] after, PresentFile present)
      throws IOException {
    if (present.is(true, record.newHash())) {
      force(record.file());
      return EnvRecovery.Ended.FINISHED;
    }
    if (present.is(record.existed(), record.oldHash())) {
      if (present.exists()) {
        force(record.file());
      }
      return EnvRecovery.Ended.PUT_BACK;
    }
    boolean mixture =
        present.exists()
            && present.usable()
            && record.inPlace()
            && EnvFileWriter.mixture(present.bytes(), before, after);
    if (mixture) {
      // An edit of somebody else can look like one; so it can be brought back.
      state
          .history()
          .keep(
              record.id() + "-found",
              record.file(),
              "found",
              record.names(),
              present.bytes(),
              state.time().instant());
      EnvFileWriter.write(record.file(), before, true);
      return EnvRecovery.Ended.PUT_BACK;
    }
    return EnvRecovery.Ended.LEFT;
  }

  /**
   * Forces what was seen to the disk: a kill may have come before, and after a loss of power there
   * would be no copy to recover from any more.
   */
  private static void force(Path file) throws IOException {
    AtomicFiles.force(file);
    Path folder = file.getParent();
    if (folder != null) {
      AtomicFiles.force(folder);
    }
  }

  /**
   * Puts the content before back after a save that failed, unless somebody else wrote the file
   * meanwhile.
   */
  EnvRecovery.Ended putBack(EnvRecord record, byte[] before, byte[] after) throws IOException {
    try (PresentFile present = PresentFile.of(record.file())) {
      EnvRecovery.Ended found = look(record, before, after, present);
      if (found == EnvRecovery.Ended.FINISHED && record.existed()) {
        EnvFileWriter.write(record.file(), before, record.inPlace());
        return EnvRecovery.Ended.PUT_BACK;
      }
      if (found == EnvRecovery.Ended.FINISHED) {
        AtomicFiles.withdraw(record.file());
        return EnvRecovery.Ended.PUT_BACK;
      }
      if (found == EnvRecovery.Ended.LEFT) {
        keep(record, before);
      }
      return found;
    }
  }

  private void keep(EnvRecord record, byte[] before) throws IOException {
    if (record.existed()) {
      state.history().keep(record, before, state.time().instant());
    }
  }
}
