package dev.quayside.engine;

import dev.quayside.common.ProblemException;
import dev.quayside.common.Subscription;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads from one container engine. Nothing here changes the user's machine; what does is in {@link
 * EngineControl}.
 *
 * <p>All methods may be called from any thread, block their caller while the engine works, and end
 * with a {@link ProblemException} when the caller is interrupted. Calls have deadlines, streams
 * have none.
 */
public interface Engine extends AutoCloseable {

  /** Returns what is known of the engine since the connection was made; asks nothing. */
  EngineInfo info();

  /**
   * Asks for a sign of life; returns within two seconds or throws. Where a login by SSH has to come
   * first, it takes as long as logins take.
   */
  void ping() throws ProblemException;

  /** Lists all containers, stopped ones too, without runtime facts, in no particular order. */
  List<Container> list() throws ProblemException;

  /** Lists all networks, in no particular order; returns within seconds or throws. */
  List<Network> networks() throws ProblemException;

  /** Lists the names of the images that are there, those with tags and those with digests. */
  Set<String> imageNames() throws ProblemException;

  /**
   * Lists the named volumes that Compose made for {@code project}, by the names that its files give
   * them.
   */
  Set<String> volumes(String project) throws ProblemException;

  /**
   * Returns for each volume, by its name, the folders of the engine's host that its files can be
   * reached by: the one that the engine keeps it in, and the one that its options mount there.
   */
  Map<String, Set<String>> volumeFolders() throws ProblemException;

  /** Reads one container with its runtime facts. */
  Container read(ContainerId id) throws ProblemException;

  /** Reads the details of one container for its detail panel. */
  ContainerInspection inspect(ContainerId id) throws ProblemException;

  /**
   * Returns the values of those environment variables of a container that are in {@code names} and
   * set. Only for variables that hold no secret, such as the name of a database.
   */
  Map<String, String> environment(ContainerId id, Set<String> names) throws ProblemException;

  /** Returns the names of the environment variables of a container that have a value. */
  Set<String> variablesSet(ContainerId id) throws ProblemException;

  /**
   * Opens the stream of events of containers and networks. Returns once the engine has accepted the
   * request, so that a list taken afterwards misses nothing.
   *
   * @param onEvent called on one thread, in the order of the stream; must only pass on
   * @param onEnd called once when the stream ends for another reason than closing the subscription
   */
  Subscription events(Consumer<EngineEvent> onEvent, Consumer<ProblemException> onEnd)
      throws ProblemException;

  /** Takes one sample of counters. Engines before 24 answer only after about a second. */
  RawStats stats(ContainerId id) throws ProblemException;

  /**
   * Reads the log of a container.
   *
   * @param onChunk called on one thread with each line; must only pass on
   * @param onEnd called once when the log has ended for another reason than closing the
   *     subscription: with null where it was read to its end, else with what cut it
   */
  Subscription logs(
      ContainerId id,
      LogRequest request,
      Consumer<LogChunk> onChunk,
      Consumer<@Nullable ProblemException> onEnd)
      throws ProblemException;

  /**
   * Opens a tar stream of a path inside a container, which need not run.
   *
   * @return the stream; the caller closes it; a cut connection shows as an exception, never as a
   *     short archive
   */
  InputStream archive(ContainerId id, String path) throws ProblemException;

  /** Lists what differs between the container's writable layer and its image. */
  List<FileChange> diff(ContainerId id) throws ProblemException;

  /** Gives up all connections; open streams end. */
  @Override
  void close();
}
