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
import dev.quayside.engine.socket.EngineHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;

/** Runs calls of docker-java and turns its exceptions into problems. */
final class DockerCalls {

  /** Does something with docker-java. */
  interface Action {
    void run(DockerClient docker);
  }

  private static final int MOST_WORDS = 2000;

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

  /** Posts a call without a body and takes "not modified" for success. */
  static void post(EngineHttp http, Endpoint endpoint, String path, Duration time)
      throws ProblemException {
    try (EngineHttp.Reply reply = http.send("POST", path, null, null, null, time)) {
      if (reply.status() < 400) {
        return;
      }
      String words = words(new String(reply.body().readNBytes(MOST_WORDS), StandardCharsets.UTF_8));
      throw new ProblemException(
          switch (reply.status()) {
            case 404 -> EngineFault.CONTAINER_GONE.problem("", words);
            case 409 -> EngineFault.CONTAINER_CONFLICT.problem("", words);
            default -> EngineFault.ENGINE_REFUSED.problem("", reply.status(), words);
          });
    } catch (IOException e) {
      throw EngineFault.ENGINE_LOST.exception(e, endpoint.address());
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
