package dev.quayside.engine.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.Endpoint;
import dev.quayside.engine.EngineFault;
import dev.quayside.engine.json.Json;
import dev.quayside.engine.json.JsonFormatException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** Runs calls of docker-java and turns its exceptions into problems. */
final class DockerCalls {

  /** Does something with docker-java. */
  interface Action {
    void run(DockerClient docker);
  }

  private DockerCalls() {}

  /** Runs an action; that nothing had to be modified is success. */
  static void run(DockerClient docker, Endpoint endpoint, Action action) throws ProblemException {
    try {
      action.run(docker);
    } catch (NotModifiedException e) {
      // The wanted state holds already.
    } catch (DockerException | DockerClientException | UncheckedIOException e) {
      throw problem(e, endpoint);
    }
  }

  static <T> T ask(DockerClient docker, Endpoint endpoint, Function<DockerClient, T> question)
      throws ProblemException {
    try {
      return question.apply(docker);
    } catch (DockerException | DockerClientException | UncheckedIOException e) {
      throw problem(e, endpoint);
    }
  }

  private static ProblemException problem(RuntimeException failure, Endpoint endpoint) {
    return switch (failure) {
      case NotFoundException gone -> EngineFault.CONTAINER_GONE.exception(gone, words(gone));
      case ConflictException conflict ->
          EngineFault.CONTAINER_CONFLICT.exception(conflict, words(conflict));
      case DockerException refused ->
          EngineFault.ENGINE_REFUSED.exception(refused, refused.getHttpStatus(), words(refused));
      default -> EngineFault.ENGINE_LOST.exception(failure, endpoint.address());
    };
  }

  /** Takes the engine's words out of docker-java's message, {@code Status 409: {"message":"…"}}. */
  private static String words(DockerException failure) {
    String message = String.valueOf(failure.getMessage());
    int brace = message.indexOf('{');
    if (brace >= 0) {
      try {
        String words =
            Json.parse(message.substring(brace).strip().getBytes(StandardCharsets.UTF_8))
                .at("message")
                .text();
        return words.isEmpty() ? message : words;
      } catch (JsonFormatException e) {
        return message;
      }
    }
    return message;
  }
}
