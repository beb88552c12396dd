package dev.quayside.stack;

import dev.quayside.engine.compose.ComposeInvocation;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Holds a stack that the operator has pointed us to.
 *
 * @param name what the operator calls it; the Compose project where nothing else was said
 * @param root its folder, absolute
 * @param kind as its files and services told
 * @param era of its kind; empty where a kind has only one
 * @param invocation how Compose is called for it; its project is empty as long as Compose rejects
 *     the files and so has not told which it is
 * @param at when it was adopted
 */
public record AdoptedStack(
    String name, Path root, String kind, String era, ComposeInvocation invocation, Instant at) {

  /** Returns the Compose project; the name where it is not known yet. */
  public String project() {
    return confirmed() ? invocation.project() : name;
  }

  /** Returns whether the Compose project is known. Nothing is changed under a guessed one. */
  public boolean confirmed() {
    return !invocation.project().isEmpty();
  }
}
