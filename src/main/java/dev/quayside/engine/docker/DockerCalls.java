package dev.quayside.engine.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotModifiedException;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.EngineFault;
import dev.quayside.engine.json.Json;
import dev.quayside.engine.json.JsonFormatException;
import dev.quayside.engine.socket.EngineHttp;
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
  static void run(DockerClient docker, EngineHttp http, Action action) throws ProblemException {
    try {
      action.run(docker);
    } catch (NotModifiedException e) {
      // The wanted state holds already.
    } catch (DockerException | DockerClientException | UncheckedIOException e) {
      throw problem(e, http);
    }
  }

  static <T> T ask(DockerClient docker, EngineHttp http, Function<DockerClient, T> question)
      throws ProblemException {
    try {
      return question.apply(docker);
    } catch (DockerException | DockerClientException | UncheckedIOException e) {
      throw problem(e, http);
    }
  }

  private static ProblemException problem(RuntimeException failure, EngineHttp http) {
    return switch (failure) {
      case DockerException refused ->
          http.refused(refused, refused.getHttpStatus(), words(refused));
      case UncheckedIOException broken -> http.failed(broken);
      // Docker-java did not understand the answer.
      default -> EngineFault.ENGINE_INTERNAL_ERROR.exception(failure);
    };
  }

  /** Takes the engine's words out of docker-java's message, {@code Status 409: {"message":"…"}}. */
  private static String words(DockerException failure) {
    return words(String.valueOf(failure.getMessage()));
  }

  private static String words(String message) {
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
