package dev.quayside.stack.adopt;

import dev.quayside.common.Problem;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.stack.StackDefinition;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a folder turned out to be.
 *
 * @param root the stack's folder, absolute
 * @param kind as its files and services tell
 * @param era of its kind; empty where a kind has only one
 * @param invocation how Compose is called for it, as far as the folder or its containers tell
 * @param origin how the list of its Compose files was found
 * @param definition what Compose makes of its files; null where it rejects them
 * @param complaint what Compose says against its files, with file and line; null where it accepts
 *     them
 * @param others further Compose files in its folder, which are not part of it as it is called
 */
public record FoundStack(
    Path root,
    String kind,
    String era,
    ComposeInvocation invocation,
    Origin origin,
    @Nullable StackDefinition definition,
    @Nullable Problem complaint,
    List<Path> others) {

  /** Makes the list immutable. */
  public FoundStack {
    others = List.copyOf(others);
  }

  /** Names where the list of Compose files comes from. */
  public enum Origin {
    /** The operator named them. */
    NAMED,
    /** The kind always has these. */
    KIND,
    /** The stack's own tool keeps them in a file. */
    LIST,
    /** Put together from what is there; the stack's own tool may choose otherwise. */
    ASSEMBLED,
    /** {@code COMPOSE_FILE} in the env file. */
    VARIABLE,
    /** The names that Compose looks for. */
    DEFAULT,
    /** The labels of the containers that were made from it. */
    LABELS
  }
}
