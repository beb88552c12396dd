package dev.quayside.engine.socket;

import dev.quayside.common.ProblemException;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * Holds what every call on one engine needs: the client, the agreed version and the words for
 * failures.
 */
final class Session implements AutoCloseable {

  // 200 containers list as 170 kB; one inspection is about 10 kB.
  private static final int LARGEST_JSON = 64 * 1024 * 1024;

  private final SocketClient client;
  private final Failures failures;
  private final ApiVersion version;

  Session(SocketClient client, Failures failures, ApiVersion version) {
    this.client = client;
    this.failures = failures;
    this.version = version;
  }

  SocketClient client() {
    return client;
  }

  Failures failures() {
    return failures;
  }

  /** Returns {@code rest} under the agreed version. */
  String path(String rest) {
    return "/v" + version + rest;
  }

  /** Returns the path of a container's resource; the id is foreign text until proven otherwise. */
  String path(ContainerId id, String rest) {
    return path("/containers/" + Call.encode(id.value()) + rest);
  }

  Json get(String path, Duration time) throws ProblemException {
    try {
      return Json.parse(client.fetch(Call.get(path), time, LARGEST_JSON));
    } catch (IOException e) {
      throw failures.calling(e);
    }
  }

  /** Opens an answer that may last for ever. The caller closes it. */
  Answer open(String path, Map<String, String> parameters, Duration time) throws ProblemException {
    try {
      return client.stream(Call.get(Call.query(path, parameters)), time);
    } catch (IOException e) {
      throw failures.calling(e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
