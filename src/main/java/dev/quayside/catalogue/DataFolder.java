package dev.quayside.catalogue;

import dev.quayside.common.Messages;
import java.util.List;

/**
 * Names a place with data of a stack.
 *
 * @param where it is
 * @param path relative to the folder of the stack, the name of a volume, or an absolute path in a
 *     writable layer; it may hold variables of Compose
 * @param service that writes it; empty for none
 * @param sensitivity of what it holds
 * @param holds key of a message that says what it holds
 * @param adapter with which it is captured, see {@link Catalogue#adapter}
 * @param exclude paths below it that need no capture
 * @param weights whether it holds model weights, of which only a list is kept
 */
public record DataFolder(
    Where where,
    String path,
    String service,
    Sensitivity sensitivity,
    String holds,
    String adapter,
    List<String> exclude,
    boolean weights) {

  private static final Messages MESSAGES = Messages.of("catalogue");

  /** Makes the list immutable. */
  public DataFolder {
    exclude = List.copyOf(exclude);
  }

  /** Returns what it holds, for people. */
  public String holdsText() {
    return MESSAGES.get("holds." + holds);
  }

  /** Names where data can be. */
  public enum Where {
    /** A file or folder of the stack, or of the host. */
    FOLDER,
    /** A named volume. */
    VOLUME,
    /** The writable layer of a container. */
    LAYER
  }

  /** Names how bad it would be if a stranger read the data; the worst first. */
  public enum Sensitivity {
    /** Opens other things: keys, tokens, password hashes. */
    SECRET,
    /** What people wrote and said. */
    PRIVATE,
    /** Tells how the stack is set up. */
    INTERNAL,
    /** Anybody can have it. */
    PUBLIC
  }
}
