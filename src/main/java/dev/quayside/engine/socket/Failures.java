package dev.quayside.engine.socket;

import dev.quayside.common.ProblemException;
import dev.quayside.engine.Endpoint;
import dev.quayside.engine.EngineFault;
import dev.quayside.engine.json.JsonFormatException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Turns what went wrong on a connection into a problem that an operator can act on. */
final class Failures {

  // As engines word it (moby, "No such image", "network … not found", "Could not find the file …").
  private static final Pattern OTHER_THING =
      Pattern.compile(
          "(?i)\\b(?:no such"
              + " (?:image|network|volume|exec|file)|(?:image|network|volume|page)\\b.{0,500}?\\bnot"
              + " found|could not find the file)");

  private final Endpoint endpoint;
  private final Map<String, String> environment;

  /**
   * Creates a translator.
   *
   * @param environment of the process, for the user's name and the search path of programs
   */
  Failures(Endpoint endpoint, Map<String, String> environment) {
    this.endpoint = endpoint;
    this.environment = environment;
  }

  /** Words a failure of the first contact. */
  ProblemException connecting(IOException failure) {
    if (failure instanceof TlsException || failure instanceof SSLException) {
      return EngineFault.ENGINE_TLS_REFUSED.exception(failure, endpoint.address(), reason(failure));
    }
    if (spoken(failure) || failure instanceof ClosedByInterruptException) {
      return calling(failure);
    }
    return switch (endpoint) {
      case Endpoint.Unix unix -> connecting(unix.path(), failure);
      case Endpoint.Tcp tcp ->
          EngineFault.ENGINE_UNREACHABLE.exception(failure, tcp.address(), reason(failure));
      case Endpoint.Ssh ssh ->
          EngineFault.ENGINE_SSH_FAILED.exception(failure, ssh.address(), reason(failure));
    };
  }

  private ProblemException connecting(Path socket, IOException failure) {
    boolean forbidden = Files.exists(socket) && !Files.isWritable(socket);
    if (forbidden || unseen(socket)) {
      return EngineFault.ENGINE_PERMISSION_DENIED.exception(
          failure,
          socket,
          environment.getOrDefault("USER", System.getProperty("user.name", "$USER")));
    }
    return installed()
        ? EngineFault.ENGINE_NOT_RUNNING.exception(failure, endpoint.address())
        : EngineFault.ENGINE_NOT_INSTALLED.exception(failure);
  }

  /** Returns whether a folder on the way keeps us from knowing if the socket is there. */
  private static boolean unseen(Path socket) {
    return !Files.exists(socket) && !Files.notExists(socket);
  }

  private boolean installed() {
    return Arrays.stream(
            (environment.getOrDefault("PATH", "") + ":/usr/sbin:/usr/local/sbin:/snap/bin")
                .split(":"))
        .filter(folder -> folder.startsWith("/"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "dockerd")));
  }

  /** Words a failure of a call on a connection that was there. */
  ProblemException calling(IOException failure) {
    return switch (failure) {
      case DeadlineException late ->
          EngineFault.ENGINE_NO_ANSWER.exception(late, endpoint.address(), reason(late));
      case HttpFormatException garbled -> garbled(garbled);
      case JsonFormatException garbled -> garbled(garbled);
      case StatusException refused -> refused(refused, refused.status(), refused.reason());
      case ClosedByInterruptException interrupted ->
          EngineFault.ENGINE_GIVEN_UP.exception(interrupted);
      default -> EngineFault.ENGINE_LOST.exception(failure, endpoint.address());
    };
  }

  private ProblemException garbled(IOException failure) {
    return EngineFault.ENGINE_GARBLED.exception(failure, endpoint.address(), reason(failure));
  }

  private static boolean spoken(IOException failure) {
    return failure instanceof DeadlineException
        || failure instanceof HttpFormatException
        || failure instanceof JsonFormatException
        || failure instanceof StatusException;
  }

  /** Words a refusal by its status; what is not there need not be the container. */
  static ProblemException refused(Throwable cause, int status, String words) {
    return switch (status) {
      case 404 ->
          (OTHER_THING.matcher(words).find()
                  ? EngineFault.PART_MISSING
                  : EngineFault.CONTAINER_GONE)
              .exception(cause, words);
      case 409 -> EngineFault.CONTAINER_CONFLICT.exception(cause, words);
      default -> EngineFault.ENGINE_REFUSED.exception(cause, status, words);
    };
  }

  private static String reason(IOException failure) {
    String message = failure.getMessage();
    if (failure instanceof UnknownHostException) {
      return "the name " + message + " is not known";
    }
    return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
  }
}
