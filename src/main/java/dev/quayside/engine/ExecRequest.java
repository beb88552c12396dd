package dev.quayside.engine;

import dev.quayside.common.Secret;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says what to run inside a running container. No shell takes part unless the command names one.
 *
 * @param container where to run it
 * @param command program and arguments; never a secret
 * @param environment variables set besides the container's own; the caller keeps and wipes the
 *     values
 * @param user for example {@code postgres} or {@code 999:999}; null for the container's own
 * @param input sent to the command's standard input, which is closed at its end; null for no
 *     standard input. Read on the calling thread's behalf, not closed
 * @param output receives standard output as it comes; if it throws, the exec is given up. Not
 *     closed
 * @param timeout how long the whole command may take
 */
public record ExecRequest(
    ContainerId container,
    List<String> command,
    Map<String, Secret> environment,
    @Nullable String user,
    @Nullable InputStream input,
    OutputStream output,
    Duration timeout) {

  /** Makes the lists immutable. */
  public ExecRequest {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    if (command.isEmpty()) {
      throw new IllegalArgumentException("a command needs at least one word");
    }
  }
}
