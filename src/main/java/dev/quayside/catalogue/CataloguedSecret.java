package dev.quayside.catalogue;

import dev.quayside.common.Messages;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds what is known of one secret of a kind of stack.
 *
 * @param row of the table of secrets it comes from; 0 for none
 * @param name the variable, or a short name where it is no variable
 * @param place where it lives
 * @param classes what a change costs
 * @param storedIn every place that holds the value, those that Compose reads included
 * @param consumers services that have to be made anew after a change, as far as Compose cannot tell
 * @param generator how a new value is made; null where it is not ours to make
 * @param probe how to ask whether a value is accepted; null where no way is known
 * @param note key of a message that says what is special about it; empty for none
 */
public record CataloguedSecret(
    int row,
    String name,
    Place place,
    Set<RotationClass> classes,
    List<SecretCopy> storedIn,
    List<String> consumers,
    @Nullable Generator generator,
    @Nullable Probe probe,
    String note) {

  private static final Messages MESSAGES = Messages.of("catalogue");

  /** Makes the collections immutable. */
  public CataloguedSecret {
    classes = Set.copyOf(classes);
    storedIn = List.copyOf(storedIn);
    consumers = List.copyOf(consumers);
  }

  /** Returns the class that decides what may be done. */
  public RotationClass governing() {
    return RotationClass.governing(classes);
  }

  /** Names, for people, the other places that must agree with the environment file. */
  public List<String> copies() {
    return storedIn.stream().filter(copy -> !copy.primary()).map(SecretCopy::text).toList();
  }

  /** Returns the probe where it presents the value over HTTP; null for none or another one. */
  public @Nullable KeyProbe keyProbe() {
    return probe instanceof KeyProbe key && key.asksForKey() ? key : null;
  }

  /** Returns what is special about it, for people; empty for nothing. */
  public String noteText() {
    return note.isEmpty() ? "" : MESSAGES.get("note." + note);
  }

  /** Names the places where a secret can live. */
  public enum Place {
    /** A variable of an environment file. */
    ENV,
    /** A file of the stack. */
    FILE,
    /** Inside a service: its database, its volume, its writable layer. */
    SERVICE,
    /** The host. */
    HOST
  }
}
