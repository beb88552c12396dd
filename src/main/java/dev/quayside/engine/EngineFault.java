package dev.quayside.engine;

import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import java.util.Locale;

/**
 * Names everything that can go wrong between us and an engine or Compose, and words it. Each has a
 * stable code and its texts in the bundle {@code engine}, under the code in lower case.
 */
public enum EngineFault {
  /** No engine on this machine. */
  ENGINE_NOT_INSTALLED(true),
  /** Installed, but nobody listens. Arguments: address. */
  ENGINE_NOT_RUNNING(true),
  /** The socket is not ours to use. Arguments: path, user name. */
  ENGINE_PERMISSION_DENIED(true),
  /** Older than 20.10. Arguments: engine version, its API version. */
  ENGINE_TOO_OLD(true),
  /** Newer than we can speak. Arguments: engine version, the oldest API version it takes. */
  ENGINE_TOO_NEW(false),
  /** Another machine does not answer at all. Arguments: address, reason. */
  ENGINE_UNREACHABLE(false),
  /** No secure connection. Arguments: address, reason. */
  ENGINE_TLS_REFUSED(false),
  /** The SSH login or the command behind it failed. Arguments: address, what ssh said. */
  ENGINE_SSH_FAILED(true),
  /** Connected, but silent. Arguments: address, reason. */
  ENGINE_NO_ANSWER(false),
  /** It answers something that no engine says. Arguments: address, reason. */
  ENGINE_GARBLED(false),
  /** The connection was there and has ended. Arguments: address. */
  ENGINE_LOST(false),
  /** The engine refused a call. Arguments: status, its words. */
  ENGINE_REFUSED(false),
  /** An address that cannot be understood. Arguments: where it stands, the text. */
  ENGINE_ADDRESS_INVALID(false),
  /** A context that is not there. Arguments: name. */
  ENGINE_CONTEXT_UNKNOWN(true),
  /** A file of Docker's own configuration cannot be read. Arguments: file, reason. */
  ENGINE_CONFIGURATION_UNREADABLE(false),
  /** A mistake of our own. */
  ENGINE_INTERNAL_ERROR(false),
  /** The caller was interrupted or has closed the connection. */
  ENGINE_GIVEN_UP(false),
  /** The container is not there. Arguments: what the engine said. */
  CONTAINER_GONE(false),
  /** An image, a network or a path is not there. Arguments: what the engine said. */
  PART_MISSING(false),
  /** The container is not in a state for it. Arguments: what the engine said. */
  CONTAINER_CONFLICT(false),
  /** A command in a container took too long. Arguments: seconds. */
  EXEC_TIMEOUT(false),
  /**
   * The bytes for a command in a container, or the place for its output, failed. Arguments: reason.
   */
  EXEC_STREAM_FAILED(false),
  /** Compose is not there. */
  COMPOSE_MISSING(false),
  /** Compose is there, but could not be started. Arguments: reason. */
  COMPOSE_NOT_STARTED(false),
  /** Compose is older than the minimum. Arguments: found, minimum. */
  COMPOSE_TOO_OLD(false),
  /** Compose ended with an error. Arguments: exit status, last line. */
  COMPOSE_FAILED(false),
  /** Compose took too long and was ended. Arguments: seconds. */
  COMPOSE_TIMEOUT(false);

  private final boolean mendable;

  EngineFault(boolean mendable) {
    this.mendable = mendable;
  }

  /** Returns the stable code, for example {@code ENGINE-NOT-RUNNING}. */
  public String code() {
    return name().replace('_', '-');
  }

  /** Returns whether a command is known that mends it. */
  public boolean mendable() {
    return mendable;
  }

  /**
   * Words the problem.
   *
   * @param detail technical detail, free of secrets; may be empty
   * @param arguments what the constant says; foreign text is fine
   */
  public Problem problem(String detail, Object... arguments) {
    Messages messages = Messages.of("engine");
    String key = code().toLowerCase(Locale.ROOT);
    return new Problem(
        code(),
        messages.get(key + ".title", arguments),
        messages.get(key + ".happened", arguments),
        messages.get(key + ".unchanged", arguments),
        messages.get(key + ".next", arguments),
        mendable ? messages.get(key + ".command", arguments) : null,
        detail);
  }

  /** Returns the problem as an exception, with {@code cause} for the log. */
  public ProblemException exception(Throwable cause, Object... arguments) {
    return new ProblemException(problem(String.valueOf(cause.getMessage()), arguments), cause);
  }
}
