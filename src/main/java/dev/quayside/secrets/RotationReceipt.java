package dev.quayside.secrets;

import dev.quayside.exposure.probe.ProbeAnswer;
import dev.quayside.stack.ServiceResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Proves a rotation. It holds no values.
 *
 * @param id of the run, shared with the journal: 32 hexadecimal characters
 * @param stack its name
 * @param file the environment file that was changed
 * @param began when the run began
 * @param took how long it took
 * @param secrets what was changed and what the probes answered
 * @param services how each recreated service ended
 * @param journalHead hash of the newest journal entry when the receipt was written
 * @param stored where this receipt lies; null if it was not stored, because nothing was proven
 */
public record RotationReceipt(
    String id,
    String stack,
    Path file,
    Instant began,
    Duration took,
    List<RotatedSecret> secrets,
    List<ServiceResult> services,
    String journalHead,
    @Nullable Path stored) {

  /** Makes the lists immutable. */
  public RotationReceipt {
    secrets = List.copyOf(secrets);
    services = List.copyOf(services);
  }

  RotationReceipt storedAt(@Nullable Path file) {
    return new RotationReceipt(
        id, stack, this.file, began, took, secrets, services, journalHead, file);
  }

  RotationReceipt notStored() {
    return storedAt(null);
  }

  /**
   * Tells what became of one secret.
   *
   * @param name the variable
   * @param oldFingerprint of the value that is refused now; empty where nothing was proven
   * @param newFingerprint of the value that is accepted now; empty where nothing was proven
   * @param probes what the service answered
   */
  public record RotatedSecret(
      String name, String oldFingerprint, String newFingerprint, List<ProbeAnswer> probes) {
    /** Makes the list immutable. */
    public RotatedSecret {
      probes = List.copyOf(probes);
    }
  }
}
