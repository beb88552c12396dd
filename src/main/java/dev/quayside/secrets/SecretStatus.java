package dev.quayside.secrets;

import dev.quayside.catalogue.RotationClass;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Describes one secret of a stack without its value.
 *
 * @param name the variable
 * @param governing the strictest of its classes, which decides what may be done
 * @param classes all its classes, in their order
 * @param copies each place the value is stored, for people: {@code .env line 12}
 * @param consumers services that read it, by name
 * @param fingerprint twelve hexadecimal characters, salted per installation of Quayside; empty
 *     where there is no value
 * @param changedAt when Quayside last changed it; null where that was never recorded
 * @param flags what is wrong with it
 * @param rotatable whether {@link Rotation} can change it now
 * @param reason why it cannot be rotated, or what rotating costs; for people
 */
public record SecretStatus(
    String name,
    RotationClass governing,
    Set<RotationClass> classes,
    List<String> copies,
    List<String> consumers,
    String fingerprint,
    @Nullable Instant changedAt,
    Set<SecretFlag> flags,
    boolean rotatable,
    String reason) {

  /** Makes the collections immutable. */
  public SecretStatus {
    classes = java.util.Collections.unmodifiableSet(new java.util.TreeSet<>(classes));
    copies = List.copyOf(copies);
    consumers = List.copyOf(consumers);
    flags = java.util.Collections.unmodifiableSet(new java.util.TreeSet<>(flags));
  }
}
