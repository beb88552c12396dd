package dev.quayside.engine;

import dev.quayside.common.ProblemException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the engine by an ordered list of ways, each tried by a ping, each failure kept: {@code --engine} and {@code
 * --context}, {@code DOCKER_HOST}, the current context, the rootless and Desktop sockets, the system socket. An engine
 * that was named and fails is not silently replaced by another.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class EngineLocator {

  /**
   * Holds what the operator said.
   *
   * @param engine value of {@code --engine}, for example {@code unix:///run/docker.sock}; null if not given
   * @param context value of {@code --context}; null if not given
   * @param environment of the process
   * @param userHome home folder of the user
   */
  public record Wishes(
      @Nullable String engine, @Nullable String context, Map<String, String> environment, Path userHome) {
    /** Makes the map immutable. */
    public Wishes {
      environment = Map.copyOf(environment);
    }
  }

  /** Creates a locator. */
  public EngineLocator(Wishes wishes, EngineConnector connector) {}

  /** Tries the ways in order and returns the first engine that answers. */
  public Located locate() throws ProblemException {
    throw new UnsupportedOperationException("being written");
  }

  /** Returns a source that locates once and from then on goes back to the same engine only. */
  public EngineSource source() {
    throw new UnsupportedOperationException("being written");
  }
}
