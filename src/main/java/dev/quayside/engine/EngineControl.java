package dev.quayside.engine;

import dev.quayside.common.ProblemException;
import java.io.InputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Changes containers. Only {@code journal} calls it, so that each change is recorded before it is
 * made.
 *
 * <p>Methods block their caller until the engine has answered and may be called from any thread.
 * Asking for a state that already holds is no error.
 */
public interface EngineControl extends AutoCloseable {

  /** Starts a container. */
  @Changing
  void start(ContainerId id) throws ProblemException;

  /**
   * Stops a container.
   *
   * @param grace whole seconds after which the engine kills it; null for the container's own (its
   *     {@code stop_grace_period}, else ten seconds)
   */
  @Changing
  void stop(ContainerId id, @Nullable Duration grace) throws ProblemException;

  /** Stops and starts a container; {@code grace} as for {@link #stop}. */
  @Changing
  void restart(ContainerId id, @Nullable Duration grace) throws ProblemException;

  /** Freezes the processes of a container. */
  @Changing
  void pause(ContainerId id) throws ProblemException;

  /** Lets the processes of a paused container go on. */
  @Changing
  void unpause(ContainerId id) throws ProblemException;

  /**
   * Removes a stopped container; its named volumes stay, its anonymous ones only if {@code
   * keepAnonymousVolumes}.
   */
  @Changing
  void remove(ContainerId id, boolean keepAnonymousVolumes) throws ProblemException;

  /** Gives a container another name, which no other one may have. */
  @Changing
  void rename(ContainerId id, String name) throws ProblemException;

  /** Runs a command inside a running container and waits for its end. */
  @Changing
  ExecResult exec(ExecRequest request) throws ProblemException;

  /** Creates a container without network and does not start it. */
  @Changing
  ContainerId create(CreateRequest request) throws ProblemException;

  /** Creates a container for a rehearsal and does not start it. */
  @Changing
  ContainerId createThrowaway(ThrowawayRequest request) throws ProblemException;

  /**
   * Kills a container and removes it with its anonymous volumes; that it is not there any more is
   * no error.
   */
  @Changing
  void destroy(ContainerId id) throws ProblemException;

  /**
   * Unpacks the tar stream {@code archive} into the folder {@code path} of a container, keeping
   * owners and modes.
   */
  @Changing
  void uploadArchive(ContainerId id, String path, InputStream archive) throws ProblemException;

  /** Attaches a container to a network. */
  @Changing
  void connect(ContainerId id, String network) throws ProblemException;

  /** Detaches a container from a network. */
  @Changing
  void disconnect(ContainerId id, String network) throws ProblemException;

  /** Gives up all connections. */
  @Override
  void close();
}
