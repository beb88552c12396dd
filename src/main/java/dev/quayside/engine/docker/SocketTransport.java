package dev.quayside.engine.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.transport.DockerHttpClient;
import dev.quayside.engine.socket.EngineHttp;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lets docker-java speak over our connections: Unix, TLS and SSH then exist once, and less is
 * loaded.
 */
final class SocketTransport implements DockerHttpClient {

  // A start or a stop with a long grace may take minutes; an archive as long as its bytes need.
  private static final Duration CALL = Duration.ofMinutes(10);
  private static final Duration UPLOAD = Duration.ofDays(1);

  private final EngineHttp http;

  private SocketTransport(EngineHttp http) {
    this.http = http;
  }

  /** Builds docker-java's client; it takes a second or two. */
  static DockerClient client(EngineHttp http, String apiVersion) {
    // The address is not used, as the transport is ours, but docker-java wants one. Its own search
    // through files and
    // variables must not take part.
    DefaultDockerClientConfig config =
        new DefaultDockerClientConfig.Builder()
            .withProperties(new Properties())
            .withDockerHost("unix:///var/run/docker.sock")
            .withDockerConfig("/nonexistent")
            .withDockerContext("default")
            .withDockerTlsVerify(false)
            .withApiVersion(apiVersion)
            .build();
    return DockerClientImpl.getInstance(config, new SocketTransport(http));
  }

  @Override
  public Response execute(Request request) {
    if (request.hijackedInput() != null) {
      throw new IllegalArgumentException("standard input never goes through docker-java");
    }
    InputStream stream = request.body();
    try {
      return new Reply(
          http.send(
              request.method(),
              request.path(),
              contentType(request.headers()),
              request.bodyBytes(),
              request.bodyBytes() == null ? stream : null,
              stream == null ? CALL : UPLOAD));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable String contentType(Map<String, String> headers) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase("content-type"))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  @Override
  public void close() {
    // The connections belong to the engine.
  }

  /** Hands an answer on. */
  private static final class Reply implements Response {

    private final EngineHttp.Reply reply;

    Reply(EngineHttp.Reply reply) {
      this.reply = reply;
    }

    @Override
    public int getStatusCode() {
      return reply.status();
    }

    @Override
    public Map<String, List<String>> getHeaders() {
      return reply.headers().entrySet().stream()
          .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue())));
    }

    @Override
    public InputStream getBody() {
      return reply.body();
    }

    @Override
    public void close() {
      reply.close();
    }
  }
}
