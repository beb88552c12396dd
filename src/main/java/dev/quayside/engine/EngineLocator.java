package dev.quayside.engine;

import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.Located.Attempt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the engine by an ordered list of ways, each tried by a first question, each failure kept:
 * {@code --engine} and {@code --context}, {@code DOCKER_HOST}, {@code DOCKER_CONTEXT}, the saved
 * setting, the current context, the rootless and Desktop sockets, the system socket. An engine that
 * was named by a flag, a variable or the setting and fails is not replaced by another.
 */
public final class EngineLocator {

  private static final String SETTING = "the saved setting";
  private static final Set<String> NOTHING_THERE =
      Set.of(EngineFault.ENGINE_NOT_RUNNING.code(), EngineFault.ENGINE_NOT_INSTALLED.code());

  /**
   * Holds what the operator said.
   *
   * @param engine value of {@code --engine}, for example {@code unix:///run/docker.sock}; null if
   *     not given
   * @param context value of {@code --context}; null if not given
   * @param setting the address in Quayside's settings; null for none
   * @param environment of the process
   * @param userHome home folder of the user
   */
  public record Wishes(
      @Nullable String engine,
      @Nullable String context,
      @Nullable String setting,
      Map<String, String> environment,
      Path userHome) {
    /** Makes the map immutable. */
    public Wishes {
      environment = Map.copyOf(environment);
    }

    /** Holds what the operator said where nothing is saved. */
    public Wishes(
        @Nullable String engine,
        @Nullable String context,
        Map<String, String> environment,
        Path userHome) {
      this(engine, context, null, environment, userHome);
    }

    @Nullable String variable(String name) {
      String value = environment.get(name);
      return value == null || value.isBlank() ? null : value;
    }

    /** Returns the folder of Docker's own configuration. */
    Path configuration() {
      String chosen = variable("DOCKER_CONFIG");
      return chosen == null ? userHome.resolve(".docker") : Path.of(chosen);
    }
  }

  /**
   * Names a place to try.
   *
   * @param name how we came to it, for people
   * @param endpoint where it is
   */
  private record Way(String name, Endpoint endpoint) {}

  private final Wishes wishes;
  private final EngineConnector connector;
  private final DockerContexts contexts;
  private final Path systemSocket;

  /** Creates a locator. */
  public EngineLocator(Wishes wishes, EngineConnector connector) {
    this(wishes, connector, Path.of("/var/run/docker.sock"));
  }

  EngineLocator(Wishes wishes, EngineConnector connector, Path systemSocket) {
    this.wishes = wishes;
    this.connector = connector;
    this.contexts = new DockerContexts(wishes.configuration());
    this.systemSocket = systemSocket;
  }

  /** Tries the ways in order and returns the first engine that answers. */
  public Located locate() throws ProblemException {
    Way named = named();
    if (named != null) {
      return new Located(
          connector.connect(named.endpoint()), named.endpoint(), named.name(), List.of());
    }
    List<Attempt> failed = new ArrayList<>();
    for (Way way : usual(failed)) {
      try {
        return new Located(connector.connect(way.endpoint()), way.endpoint(), way.name(), failed);
      } catch (ProblemException e) {
        failed.add(new Attempt(way.name(), way.endpoint().address(), e.problem()));
      }
    }
    throw new ProblemException(mostTelling(failed));
  }

  /** Returns the way that somebody named, for this very run or for all, or null. */
  private @Nullable Way named() throws ProblemException {
    String variable = wishes.variable("DOCKER_HOST");
    String contextVariable = wishes.variable("DOCKER_CONTEXT");
    if (wishes.engine() != null) {
      return new Way("--engine", Addresses.read("--engine", wishes.engine(), certificates()));
    } else if (wishes.context() != null) {
      return context("--context " + wishes.context(), wishes.context());
    } else if (variable != null) {
      return new Way("DOCKER_HOST", Addresses.read("DOCKER_HOST", variable, certificates()));
    }
    if (contextVariable != null) {
      return context("DOCKER_CONTEXT", contextVariable);
    }
    String saved = wishes.setting();
    return saved == null ? null : new Way(SETTING, Addresses.read(SETTING, saved, certificates()));
  }

  private Way context(String name, String context) throws ProblemException {
    return context.equals(DockerContexts.DEFAULT)
        ? new Way(name, new Endpoint.Unix(systemSocket))
        : new Way(name, contexts.endpoint(context));
  }

  /**
   * Returns the folder of certificates that the environment asks for with TCP, or null for none.
   */
  private @Nullable Path certificates() {
    if (wishes.variable("DOCKER_TLS_VERIFY") == null && wishes.variable("DOCKER_TLS") == null) {
      return null;
    }
    String folder = wishes.variable("DOCKER_CERT_PATH");
    return folder == null ? wishes.configuration() : Path.of(folder);
  }

  private List<Way> usual(List<Attempt> failed) {
    List<Way> ways = new ArrayList<>();
    try {
      String current = contexts.current();
      if (!current.equals(DockerContexts.DEFAULT)) {
        ways.add(context("context " + current, current));
      }
    } catch (ProblemException e) {
      failed.add(new Attempt("current context", wishes.configuration().toString(), e.problem()));
    }
    String runtime = wishes.variable("XDG_RUNTIME_DIR");
    if (runtime != null && runtime.startsWith("/")) {
      ways.add(socket("rootless socket", Path.of(runtime, "docker.sock")));
    }
    ways.add(socket("Docker Desktop socket", wishes.userHome().resolve(".docker/run/docker.sock")));
    ways.add(
        socket("Docker Desktop socket", wishes.userHome().resolve(".docker/desktop/docker.sock")));
    ways.add(socket("system socket", systemSocket));
    return ways;
  }

  private static Way socket(String name, Path path) {
    return new Way(name, new Endpoint.Unix(path.toAbsolutePath()));
  }

  /** Picks the failure that says most, and tells in its detail what else was tried. */
  private static Problem mostTelling(List<Attempt> failed) {
    Problem problem =
        failed.stream()
            .map(Attempt::problem)
            .filter(candidate -> !NOTHING_THERE.contains(candidate.code()))
            .findFirst()
            .orElse(failed.getLast().problem());
    String tried =
        failed.stream()
            .map(attempt ->
                attempt.way() + ", " + attempt.address() + ": " + attempt.problem().code())
            .collect(Collectors.joining("\n"));
    return problem.withDetail(problem.detail().isEmpty() ? tried : problem.detail() + "\n" + tried);
  }
}
