package dev.quayside.secrets;

import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;
import dev.quayside.common.StepBoundary;
import dev.quayside.stack.env.EnvFile;
import dev.quayside.stack.env.EnvFileWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Puts an environment file back as it was, and keeps what others changed in it since. */
final class EnvFileBack {

  private static final Messages MESSAGES = Messages.of("secrets");

  private final RotationStore store;
  private final StepBoundary boundary;

  EnvFileBack(RotationStore store, StepBoundary boundary) {
    this.store = store;
    this.boundary = boundary;
  }

  /**
   * Writes the old file back, or, where somebody changed the file since, the old values only. In
   * place, a crash in the middle of writing leaves a mixture, of old and new or of the changed file
   * and what it was to become; it is known by its bytes and never taken for a change.
   */
  void restore(RotationRecord record, byte[] old, EnvFile oldFile)
      throws IOException, ProblemException {
    boolean exists = Files.exists(record.file());
    boolean inPlace = record.inPlace() && exists;
    byte[] present = exists ? EnvFile.atMost(record.file(), EnvFile.LARGEST + 1) : new byte[0];
    byte[] made = store.newContent(record.id());
    byte[] edited = store.editedContent(record.id());
    byte[] merged = store.mergedContent(record.id());
    try {
      if (present.length > EnvFile.LARGEST) {
        throw new IOException("larger than an environment file can be: " + record.file());
      }
      String hash = EnvFile.hash(present);
      if (hash.equals(record.oldHash())) {
        return;
      }
      if (hash.equals(record.newHash())
          || present.length == 0
          || EnvFileWriter.mixture(present, old, made)) {
        EnvFileWriter.write(record.file(), old, inPlace);
      } else if (merged != null && EnvFileWriter.mixture(present, edited, merged)) {
        EnvFileWriter.write(record.file(), merged, inPlace);
      } else {
        restoreValues(record, present, oldFile);
      }
    } finally {
      Arrays.fill(present, (byte) 0);
      wipe(made);
      wipe(edited);
      wipe(merged);
    }
  }

  private static void wipe(byte @Nullable [] content) {
    if (content != null) {
      Arrays.fill(content, (byte) 0);
    }
  }

  /**
   * Somebody changed the file since: only our values are put back, everything else stays as it is
   * now.
   */
  private void restoreValues(RotationRecord record, byte[] present, EnvFile oldFile)
      throws ProblemException, IOException {
    EnvFile changed = EnvFile.parse(record.file(), present);
    byte[] content = {};
    try {
      for (String name : record.names()) {
        try (Secret value = oldFile.value(name)) {
          if (value == null) {
            throw new ProblemException(MESSAGES.problem("COPY-INCOMPLETE", name, record.file()));
          }
          EnvFile next = changed.with(name, value);
          changed.close();
          changed = next;
        }
      }
      content = changed.content();
      if (record.inPlace()) {
        store.keepEdit(record.id(), present, content);
      }
      boundary.reached(RotationSteps.BACK_MERGED);
      EnvFileWriter.write(record.file(), content, record.inPlace());
    } finally {
      Arrays.fill(content, (byte) 0);
      changed.close();
    }
  }
}
