package dev.quayside.engine;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Describes a container for a rehearsal, to be thrown away afterwards. What is not said here it
 * does not have: no network, no published port, no device, no privilege, no restart, nothing of the
 * host mounted besides one place, and only the five capabilities with which an image's entry point
 * hands its data folder to the server's own user; with a place also the one with which a folder
 * keeps its set-group-id.
 *
 * @param name as the engine allows names
 * @param image digest of an image that is present; nothing is pulled
 * @param command program and arguments in place of the image's own; empty for the image's own
 * @param environment variables besides the image's; they can be read by whoever may use the engine,
 *     so never a secret of a stack
 * @param labels to find it again
 * @param mount the one place that it sees, which a service of the stack has mounted too; null for
 *     none
 */
public record ThrowawayRequest(
    String name,
    String image,
    List<String> command,
    Map<String, String> environment,
    Map<String, String> labels,
    @Nullable Mount mount) {

  /**
   * Names a volume, or a folder of the host, and where it is seen.
   *
   * @param source name of a volume that exists, or an absolute path of a folder that does
   * @param target absolute path inside
   */
  public record Mount(String source, String target) {}

  /** Describes one that sees nothing of the host. */
  public ThrowawayRequest(
      String name,
      String image,
      List<String> command,
      Map<String, String> environment,
      Map<String, String> labels) {
    this(name, image, command, environment, labels, null);
  }

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
