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
 * @param invocation how Compose is called for it
 * @param at when it was adopted
 */
public record AdoptedStack(
    String name, Path root, String kind, String era, ComposeInvocation invocation, Instant at) {

  /** Returns the Compose project. */
  public String project() {
    return invocation.project();
  }
}
