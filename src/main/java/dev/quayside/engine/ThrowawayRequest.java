package dev.quayside.engine;

import java.util.List;
import java.util.Map;

/**
 * Describes a container for a rehearsal, to be thrown away afterwards. What is not said here it
 * does not have: no network, no published port, nothing of the host mounted, no device, no
 * privilege, no restart, and only the five capabilities with which an image's entry point hands its
 * data folder to the server's own user.
 *
 * @param name as the engine allows names
 * @param image digest of an image that is present; nothing is pulled
 * @param command program and arguments in place of the image's own; empty for the image's own
 * @param environment variables besides the image's; they can be read by whoever may use the engine,
 *     so never a secret of a stack
 * @param labels to find it again
 */
public record ThrowawayRequest(
    String name,
    String image,
    List<String> command,
    Map<String, String> environment,
    Map<String, String> labels) {

  /** Makes the lists immutable. */
  public ThrowawayRequest {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    labels = Map.copyOf(labels);
  }

  /** Leaves out the values of the environment. */
  @Override
  public String toString() {
    return "ThrowawayRequest(" + name + ", " + image + ")";
  }
}
