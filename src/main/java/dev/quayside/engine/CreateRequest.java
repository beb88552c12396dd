package dev.quayside.engine;

import java.util.List;
import java.util.Map;

/**
 * Describes a container to be created without network and without being started, as capture and
 * restore need one to reach a stack's mounts through the engine's archive interface.
 *
 * @param name as the engine allows names: at least two characters of letters, digits, {@code _.-}
 * @param image an image that is present; nothing is pulled
 * @param command program and arguments; may be empty for the image's own
 * @param mounts what to mount
 * @param labels to find it again
 */
public record CreateRequest(
    String name,
    String image,
    List<String> command,
    List<ContainerInspection.Mount> mounts,
    Map<String, String> labels) {

  /** Makes the lists immutable. */
  public CreateRequest {
    command = List.copyOf(command);
    mounts = List.copyOf(mounts);
    labels = Map.copyOf(labels);
  }
}
