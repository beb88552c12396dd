package dev.quayside.engine.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerInspection;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.CreateRequest;
import dev.quayside.engine.Endpoint;
import dev.quayside.engine.EngineControl;
import dev.quayside.engine.EngineFault;
import dev.quayside.engine.ExecRequest;
import dev.quayside.engine.ExecResult;
import dev.quayside.engine.ThrowawayRequest;
import dev.quayside.engine.socket.SocketConnector;
import dev.quayside.engine.socket.SocketEngine;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes containers by way of docker-java over our own connections. Connects with the first call;
 * each changing call takes a connection of its own, so that an engine that was restarted is found
 * again.
 */
public final class DockerControl implements EngineControl {

  // What the engine takes to kill, to note the end and to start again, on a busy machine.
  private static final Duration MARGIN = Duration.ofSeconds(30);
  private static final Duration DEFAULT_GRACE = Duration.ofSeconds(10);
  // For a container that asked never to be killed.
  private static final Duration LONGEST_GRACE = Duration.ofHours(1);

  // Enough for a server that loads a dump and builds its indexes, and an end to what it may take.
  private static final long THROWAWAY_MEMORY = 2L << 30;
  private static final long THROWAWAY_SHARED = 256L << 20;
  private static final long THROWAWAY_PROCESSES = 512;
  // A quarter of the usual weight: what runs for people goes first.
  private static final int THROWAWAY_SHARES = 256;

  private final Endpoint endpoint;
  private final Map<String, String> environment;
  private final Duration margin;
  private @Nullable SocketEngine engine;
  private @Nullable DockerClient client;

  DockerControl(Endpoint endpoint, Map<String, String> environment, Duration margin) {
    this.endpoint = endpoint;
    this.environment = Map.copyOf(environment);
    this.margin = margin;
  }

  /**
   * Returns a control of the engine at {@code endpoint}.
   *
   * @param environment of the process
   */
  public static EngineControl of(Endpoint endpoint, Map<String, String> environment) {
    return new DockerControl(endpoint, environment, MARGIN);
  }

  @Override
  public void start(ContainerId id) throws ProblemException {
    call(docker -> docker.startContainerCmd(id.value()).exec());
  }

  @Override
  public void stop(ContainerId id, @Nullable Duration grace) throws ProblemException {
    end(id, "/stop", grace);
  }

  @Override
  public void restart(ContainerId id, @Nullable Duration grace) throws ProblemException {
    end(id, "/restart", grace);
  }

  /**
   * Not by docker-java: it sends ten seconds where nothing was said, whatever the container asks.
   */
  private void end(ContainerId id, String what, @Nullable Duration grace) throws ProblemException {
    SocketEngine connected = engine();
    String path =
        "/v"
            + connected.info().apiVersion()
            + "/containers/"
            + URLEncoder.encode(id.value(), StandardCharsets.UTF_8)
            + what
            + (grace == null ? "" : "?t=" + seconds(grace));
    Duration time = grace == null ? ownGrace(connected, id) : grace;
    connected.http().post(path, time.plus(margin));
  }

  /** Only how long to wait hangs on it, so that a container that cannot be read is no failure. */
  private static Duration ownGrace(SocketEngine engine, ContainerId id) {
    try {
      return engine.grace(id).orElse(LONGEST_GRACE);
    } catch (ProblemException unknown) {
      return DEFAULT_GRACE;
    }
  }

  @Override
  public void pause(ContainerId id) throws ProblemException {
    reach(id, ContainerState.PAUSED, docker -> docker.pauseContainerCmd(id.value()).exec());
  }

  @Override
  public void unpause(ContainerId id) throws ProblemException {
    reach(id, ContainerState.RUNNING, docker -> docker.unpauseContainerCmd(id.value()).exec());
  }

  /**
   * Takes a refusal as success where the wanted state holds already: engines refuse to pause twice.
   */
  private void reach(ContainerId id, ContainerState wanted, DockerCalls.Action action)
      throws ProblemException {
    try {
      call(action);
    } catch (ProblemException e) {
      boolean refused =
          e.problem().code().equals(EngineFault.CONTAINER_CONFLICT.code())
              || e.problem().code().equals(EngineFault.ENGINE_REFUSED.code());
      if (!refused || engine().read(id).state() != wanted) {
        throw e;
      }
    }
  }

  @Override
  public void remove(ContainerId id, boolean keepAnonymousVolumes) throws ProblemException {
    call(docker ->
        docker.removeContainerCmd(id.value()).withRemoveVolumes(!keepAnonymousVolumes).exec());
  }

  @Override
  public void rename(ContainerId id, String name) throws ProblemException {
    call(docker -> docker.renameContainerCmd(id.value()).withName(name).exec());
  }

  @Override
  public ExecResult exec(ExecRequest request) throws ProblemException {
    // Never by docker-java: it does not end the command's standard input.
    return engine().exec(request);
  }

  @Override
  public ContainerId create(CreateRequest request) throws ProblemException {
    HostConfig host =
        HostConfig.newHostConfig()
            .withNetworkMode("none")
            .withMounts(request.mounts().stream().map(DockerControl::mount).toList());
    return new ContainerId(
        DockerCalls.ask(
            client(),
            engine().http(),
            docker -> {
              var create =
                  docker
                      .createContainerCmd(request.image())
                      .withName(request.name())
                      .withLabels(request.labels())
                      .withHostConfig(host);
              if (!request.command().isEmpty()) {
                create.withEntrypoint(request.command());
              }
              return create.exec().getId();
            }));
  }

  private static Capability[] capabilities(ThrowawayRequest request) {
    List<Capability> all =
        new ArrayList<>(
            List.of(
                Capability.CHOWN,
                Capability.DAC_OVERRIDE,
                Capability.FOWNER,
                Capability.SETGID,
                Capability.SETUID));
    if (request.mount() != null) {
      // A folder of another group loses its set-group-id without it when its mode is set.
      all.add(Capability.FSETID);
    }
    return all.toArray(Capability[]::new);
  }

  @Override
  public ContainerId createThrowaway(ThrowawayRequest request) throws ProblemException {
    HostConfig host =
        HostConfig.newHostConfig()
            .withNetworkMode("none")
            .withCapDrop(Capability.ALL)
            .withCapAdd(capabilities(request))
            .withSecurityOpts(List.of("no-new-privileges"))
            .withMemory(THROWAWAY_MEMORY)
            .withShmSize(THROWAWAY_SHARED)
            .withPidsLimit(THROWAWAY_PROCESSES)
            .withCpuShares(THROWAWAY_SHARES);
    ThrowawayRequest.Mount mount = request.mount();
    if (mount != null) {
      // Not as "source:target", which a colon in a folder's name would break.
      MountType type = mount.source().startsWith("/") ? MountType.BIND : MountType.VOLUME;
      host.withMounts(
          List.of(
              new Mount().withType(type).withSource(mount.source()).withTarget(mount.target())));
    }
    return new ContainerId(
        DockerCalls.ask(
            client(),
            engine().http(),
            docker -> {
              var create =
                  docker
                      .createContainerCmd(request.image())
                      .withName(request.name())
                      .withLabels(request.labels())
                      .withEnv(
                          request.environment().entrySet().stream()
                              .map(one -> one.getKey() + "=" + one.getValue())
                              .toList())
                      .withHostConfig(host);
              if (!request.command().isEmpty()) {
                create.withEntrypoint(request.command());
              }
              return create.exec().getId();
            }));
  }

  @Override
  public void destroy(ContainerId id) throws ProblemException {
    try {
      call(docker ->
          docker.removeContainerCmd(id.value()).withForce(true).withRemoveVolumes(true).exec());
    } catch (ProblemException e) {
      if (!e.problem().code().equals(EngineFault.CONTAINER_GONE.code())) {
        throw e;
      }
    }
  }

  private static Mount mount(ContainerInspection.Mount mount) {
    return new Mount()
        .withType(MountType.valueOf(mount.type().toUpperCase(Locale.ROOT)))
        .withSource(mount.source())
        .withTarget(mount.target())
        .withReadOnly(!mount.writable());
  }

  @Override
  public void uploadArchive(ContainerId id, String path, InputStream archive)
      throws ProblemException {
    // With "copyUIDGID" the engine gives everything to the container's user, or fails where that is
    // a number; without it the archive's own ids are kept.
    call(docker ->
        docker
            .copyArchiveToContainerCmd(id.value())
            .withRemotePath(path)
            .withTarInputStream(archive)
            .withCopyUIDGID(false)
            .exec());
  }

  @Override
  public void connect(ContainerId id, String network) throws ProblemException {
    call(docker ->
        docker.connectToNetworkCmd().withContainerId(id.value()).withNetworkId(network).exec());
  }

  @Override
  public void disconnect(ContainerId id, String network) throws ProblemException {
    call(docker ->
        docker
            .disconnectFromNetworkCmd()
            .withContainerId(id.value())
            .withNetworkId(network)
            .exec());
  }

  private void call(DockerCalls.Action action) throws ProblemException {
    DockerCalls.run(client(), engine().http(), action);
  }

  private static int seconds(Duration duration) {
    return Math.toIntExact(Math.max(0, duration.toSeconds()));
  }

  private synchronized SocketEngine engine() throws ProblemException {
    SocketEngine current = engine;
    if (current == null) {
      current = new SocketConnector(environment).connect(endpoint);
      engine = current;
    }
    return current;
  }

  private synchronized DockerClient client() throws ProblemException {
    DockerClient current = client;
    if (current == null) {
      SocketEngine connected = engine();
      current = SocketTransport.client(connected.http(), connected.info().apiVersion());
      client = current;
    }
    return current;
  }

  @Override
  public synchronized void close() {
    if (engine != null) {
      engine.close();
    }
    engine = null;
    client = null;
  }
}
