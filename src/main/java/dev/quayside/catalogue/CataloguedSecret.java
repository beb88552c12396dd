package dev.quayside.catalogue;

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
 * @param copies other places that must agree, for people
 * @param consumers services that read it, as far as Compose cannot tell
 * @param generator how a new value is made; null where it is not ours to make
 * @param probe how to ask whether a value is accepted; null where no way is known
 * @param note key of a message that says what is special about it; empty for none
 */
public record CataloguedSecret(
    int row,
    String name,
    Place place,
    Set<RotationClass> classes,
    List<String> copies,
    List<String> consumers,
    @Nullable Generator generator,
    @Nullable KeyProbe probe,
    String note) {

  /** Makes the collections immutable. */
  public CataloguedSecret {
    classes = Set.copyOf(classes);
    copies = List.copyOf(copies);
    consumers = List.copyOf(consumers);
  }

  /** Returns the class that decides what may be done. */
  public RotationClass governing() {
    return RotationClass.governing(classes);
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
