package dev.quayside.engine.demo;

import dev.quayside.common.ProblemException;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.CreateRequest;
import dev.quayside.engine.EngineControl;
import dev.quayside.engine.ExecRequest;
import dev.quayside.engine.ExecResult;
import dev.quayside.engine.ThrowawayRequest;
import java.io.InputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Starts and stops the demo's containers; everything that would need a real one is refused and says
 * so.
 */
public final class DemoControl implements EngineControl {

  private final DemoWorld world;

  DemoControl(DemoWorld world) {
    this.world = world;
  }

  @Override
  public void start(ContainerId id) throws ProblemException {
    world.start(id);
  }

  @Override
  public void stop(ContainerId id, @Nullable Duration grace) throws ProblemException {
    world.stop(id);
  }

  @Override
  public void restart(ContainerId id, @Nullable Duration grace) throws ProblemException {
    world.stop(id);
    world.start(id);
  }

  @Override
  public void pause(ContainerId id) throws ProblemException {
    world.freeze(id, true);
  }

  @Override
  public void unpause(ContainerId id) throws ProblemException {
    world.freeze(id, false);
  }

  @Override
  public void remove(ContainerId id, boolean keepAnonymousVolumes) throws ProblemException {
    world.remove(id);
  }

  @Override
  public void rename(ContainerId id, String name) throws ProblemException {
    throw world.problem("not-in-demo", "rename");
  }

  @Override
  public ExecResult exec(ExecRequest request) throws ProblemException {
    throw world.problem("not-in-demo", "exec");
  }

  @Override
  public ContainerId create(CreateRequest request) throws ProblemException {
    throw world.problem("not-in-demo", "create");
  }

  @Override
  public ContainerId createThrowaway(ThrowawayRequest request) throws ProblemException {
    throw world.problem("not-in-demo", "create");
  }

  @Override
  public void destroy(ContainerId id) throws ProblemException {
    throw world.problem("not-in-demo", "remove");
  }

  @Override
  public void uploadArchive(ContainerId id, String path, InputStream archive)
      throws ProblemException {
    throw world.problem("no-files", path);
  }

  @Override
  public void connect(ContainerId id, String network) throws ProblemException {
    throw world.problem("not-in-demo", "connect");
  }

  @Override
  public void disconnect(ContainerId id, String network) throws ProblemException {
    throw world.problem("not-in-demo", "disconnect");
  }

  @Override
  public void close() {}
}
