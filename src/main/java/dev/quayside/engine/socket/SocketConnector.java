package dev.quayside.engine.socket;

import dev.quayside.common.ProblemException;
import dev.quayside.engine.Endpoint;
import dev.quayside.engine.EngineConnector;
import dev.quayside.engine.EngineFault;
import dev.quayside.engine.EngineInfo;
import dev.quayside.engine.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Connects to engines over sockets. Asks for the version without naming one, because an engine
 * refuses versions it does not speak in both directions, and then uses the lower of the engine's
 * newest and ours.
 */
public final class SocketConnector implements EngineConnector {

  private static final Duration FIRST_ANSWER = Duration.ofSeconds(5);
  static final Duration FIRST_ANSWER_BY_SSH = Duration.ofSeconds(20);
  private static final Duration INFO = Duration.ofSeconds(10);
  private static final int LARGEST_VERSION = 1024 * 1024;

  private final Map<String, String> environment;

  /**
   * Creates a connector.
   *
   * @param environment of the process
   */
  public SocketConnector(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public SocketEngine connect(Endpoint endpoint) throws ProblemException {
    SocketClient client = new SocketClient(new Dialer(endpoint, environment), System::nanoTime);
    boolean connected = false;
    try {
      SocketEngine engine = connect(endpoint, client);
      connected = true;
      return engine;
    } finally {
      if (!connected) {
        client.close();
      }
    }
  }

  private SocketEngine connect(Endpoint endpoint, SocketClient client) throws ProblemException {
    Failures failures = new Failures(endpoint, environment);
    Json answer = askVersion(endpoint, client, failures);
    Session session = new Session(client, failures, agree(endpoint, answer));
    return new SocketEngine(session, describe(endpoint, answer, session));
  }

  private static Json askVersion(Endpoint endpoint, SocketClient client, Failures failures)
      throws ProblemException {
    Duration time = endpoint instanceof Endpoint.Ssh ? FIRST_ANSWER_BY_SSH : FIRST_ANSWER;
    try {
      return Json.parse(client.fetch(Call.get("/version"), time, LARGEST_VERSION));
    } catch (IOException e) {
      throw failures.connecting(e);
    }
  }

  private static ApiVersion agree(Endpoint endpoint, Json answer) throws ProblemException {
    String version = answer.at("Version").text();
    ApiVersion newest = ApiVersion.read(answer.at("ApiVersion").text());
    ApiVersion oldest = ApiVersion.read(answer.at("MinAPIVersion").text());
    if (newest == null) {
      throw new ProblemException(
          EngineFault.ENGINE_GARBLED.problem("", endpoint.address(), "it names no API version"));
    }
    if (newest.compareTo(ApiVersion.OLDEST_TAKEN) < 0) {
      throw new ProblemException(
          EngineFault.ENGINE_TOO_OLD.problem("", version, newest.toString()));
    }
    if (oldest != null && oldest.compareTo(ApiVersion.NEWEST_KNOWN) > 0) {
      throw new ProblemException(
          EngineFault.ENGINE_TOO_NEW.problem("", version, oldest.toString()));
    }
    return newest.atMost(ApiVersion.NEWEST_KNOWN);
  }

  private static EngineInfo describe(Endpoint endpoint, Json version, Session session)
      throws ProblemException {
    Json info = session.get(session.path("/info"), INFO);
    String kernel = info.at("KernelVersion").text();
    String name = info.at("Name").text();
    LocalKernel.Guess guess = LocalKernel.guess(endpoint, name, kernel, Path.of("/proc"));
    return new EngineInfo(
        endpoint.address(),
        version.at("Version").text(),
        session.path("").substring("/v".length()),
        version.at("Os").text(),
        name,
        info.at("CgroupVersion").text(),
        info.at("DockerRootDir").text(),
        info.at("SecurityOptions").texts().stream()
            .anyMatch(option -> option.startsWith("name=rootless")),
        guess.local(),
        guess.evidence());
  }
}
