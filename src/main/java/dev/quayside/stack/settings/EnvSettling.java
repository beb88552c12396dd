package dev.quayside.stack.settings;

import dev.quayside.common.AtomicFiles;
import dev.quayside.common.ProblemException;
import dev.quayside.journal.Intent;
import dev.quayside.stack.env.EnvFile;
import dev.quayside.stack.env.EnvFileWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** Brings a recorded save to its end, or puts the file back; may itself be cut off and repeated. */
final class EnvSettling {

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
    AtomicFiles.clearLeftovers(record.file());
    byte[] before = state.store().before(record.id());
    byte[] after = state.store().after(record.id());
    byte[] present = present(record.file());
    try {
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
      Arrays.fill(present, (byte) 0);
    }
  }

  /** Writes the content before back where a mixture was left. */
  private static EnvRecovery.Ended look(
      EnvRecord record, byte[] before, byte[] after, byte[] present) throws IOException {
    boolean exists = Files.exists(record.file());
    String hash = EnvFile.hash(present);
    if (exists && hash.equals(record.newHash())) {
      return EnvRecovery.Ended.FINISHED;
    }
    if (exists == record.existed() && hash.equals(record.oldHash())) {
      return EnvRecovery.Ended.PUT_BACK;
    }
    boolean mixture =
        exists
            && record.inPlace()
            && (present.length == 0 || EnvFileWriter.mixture(present, before, after));
    if (mixture) {
      EnvFileWriter.write(record.file(), before, true);
      return EnvRecovery.Ended.PUT_BACK;
    }
    return EnvRecovery.Ended.LEFT;
  }

  /**
   * Puts the content before back after a save that failed, unless somebody else wrote the file
   * meanwhile.
   */
  EnvRecovery.Ended putBack(EnvRecord record, byte[] before, byte[] after) throws IOException {
    byte[] present = present(record.file());
    try {
      EnvRecovery.Ended found = look(record, before, after, present);
      if (found == EnvRecovery.Ended.FINISHED && record.existed()) {
        EnvFileWriter.write(record.file(), before, record.inPlace());
        return EnvRecovery.Ended.PUT_BACK;
      }
      if (found == EnvRecovery.Ended.FINISHED) {
        AtomicFiles.destroy(record.file());
        return EnvRecovery.Ended.PUT_BACK;
      }
      if (found == EnvRecovery.Ended.LEFT) {
        keep(record, before);
      }
      return found;
    } finally {
      Arrays.fill(present, (byte) 0);
    }
  }

  private void keep(EnvRecord record, byte[] before) throws IOException {
    if (record.existed()) {
      state.history().keep(record, before, state.time().instant());
    }
  }

  /** Returns what is in the file; nothing where it is missing. A device or a pipe is not read. */
  static byte[] present(Path file) throws IOException {
    if (!Files.exists(file)) {
      return new byte[0];
    }
    if (!Files.isRegularFile(file)) {
      throw new IOException("no file any more: " + file);
    }
    return Files.readAllBytes(file);
  }
}
