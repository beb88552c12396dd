package dev.quayside.journal;

import dev.quayside.common.ProblemException;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.CreateRequest;
import dev.quayside.engine.EngineControl;
import dev.quayside.engine.ExecRequest;
import dev.quayside.engine.ExecResult;
import dev.quayside.engine.ThrowawayRequest;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes containers, each call inside an announced change and recorded as one of its steps. The
 * only way from a feature to {@link EngineControl}. Methods block their caller and may be called
 * from any thread.
 */
public final class JournaledEngine {

  private static final int LONGEST_WORD = 120;

  private final EngineControl control;

  /** Wraps {@code control}, which stays the caller's to close. */
  public JournaledEngine(EngineControl control) {
    this.control = control;
  }

  /** Starts a container. */
  public void start(Intent intent, ContainerId id) throws ProblemException {
    step(intent, "start", id, () -> control.start(id));
  }

  /** Stops a container; after {@code grace}, null for its own, the engine kills it. */
  public void stop(Intent intent, ContainerId id, @Nullable Duration grace)
      throws ProblemException {
    step(intent, "stop", id, () -> control.stop(id, grace));
  }

  /** Stops and starts a container; after {@code grace}, null for its own, the engine kills it. */
  public void restart(Intent intent, ContainerId id, @Nullable Duration grace)
      throws ProblemException {
    step(intent, "restart", id, () -> control.restart(id, grace));
  }

  /** Freezes the processes of a container. */
  public void pause(Intent intent, ContainerId id) throws ProblemException {
    step(intent, "pause", id, () -> control.pause(id));
  }

  /** Lets the processes of a paused container go on. */
  public void unpause(Intent intent, ContainerId id) throws ProblemException {
    step(intent, "unpause", id, () -> control.unpause(id));
  }

  /** Removes a stopped container. */
  public void remove(Intent intent, ContainerId id, boolean keepAnonymousVolumes)
      throws ProblemException {
    step(intent, "remove", id, () -> control.remove(id, keepAnonymousVolumes));
  }

  /** Gives a container another name. */
  public void rename(Intent intent, ContainerId id, String name) throws ProblemException {
    Map<String, String> details = Map.of("container", id.value(), "name", name);
    Steps.record(
        intent,
        "rename",
        details,
        () -> {
          control.rename(id, name);
          return id;
        },
        done -> Steps.OK);
  }

  /**
   * Runs a command inside a container. The command's words are recorded, but for a script among
   * them its place only; its input, environment and output are not.
   */
  public ExecResult exec(Intent intent, ExecRequest request) throws ProblemException {
    Map<String, String> details =
        Map.of(
            "container",
            request.container().value(),
            "command",
            String.join(" ", request.command().stream().map(JournaledEngine::word).toList()));
    return Steps.record(
        intent, "exec", details, () -> control.exec(request), JournaledEngine::verdict);
  }

  private static String verdict(ExecResult result) {
    return result.succeeded() ? Steps.OK : "exit " + result.exitCode();
  }

  /** A script says nothing that its program does not, and would be written with every step. */
  private static String word(String word) {
    if (word.length() <= LONGEST_WORD && word.indexOf('\n') < 0) {
      return word;
    }
    return word.startsWith("--") ? word.substring(0, word.indexOf('=') + 1) + "…" : "…";
  }

  /**
   * Creates a container without network; it is not started. Where that cannot be recorded it is
   * removed again, as its caller would not learn of it.
   */
  public ContainerId create(Intent intent, CreateRequest request) throws ProblemException {
    return created(intent, request.name(), request.image(), () -> control.create(request));
  }

  /** Creates a container for a rehearsal; its environment is not recorded. */
  public ContainerId createThrowaway(Intent intent, ThrowawayRequest request)
      throws ProblemException {
    return created(intent, request.name(), request.image(), () -> control.createThrowaway(request));
  }

  /** Kills a container and removes it with its anonymous volumes. */
  public void destroy(Intent intent, ContainerId id) throws ProblemException {
    step(intent, "destroy", id, () -> control.destroy(id));
  }

  private ContainerId created(
      Intent intent, String name, String image, Steps.Call<ContainerId> creation)
      throws ProblemException {
    Map<String, String> details = Map.of("name", name, "image", image);
    List<ContainerId> created = new ArrayList<>();
    try {
      return Steps.record(
          intent,
          "create",
          details,
          () -> {
            ContainerId id = creation.run();
            created.add(id);
            return id;
          },
          id -> Steps.OK);
    } catch (ProblemException unrecorded) {
      created.forEach(id -> removeBeside(unrecorded, id));
      throw unrecorded;
    }
  }

  private void removeBeside(ProblemException failure, ContainerId id) {
    try {
      control.remove(id, false);
    } catch (ProblemException left) {
      failure.addSuppressed(left);
    }
  }

  /** Unpacks a tar stream into a folder of a container, keeping owners and modes. */
  public void uploadArchive(Intent intent, ContainerId id, String path, InputStream archive)
      throws ProblemException {
    Map<String, String> details = Map.of("container", id.value(), "path", path);
    Steps.record(
        intent,
        "upload",
        details,
        () -> {
          control.uploadArchive(id, path, archive);
          return id;
        },
        done -> Steps.OK);
  }

  /** Attaches a container to a network. */
  public void connect(Intent intent, ContainerId id, String network) throws ProblemException {
    Map<String, String> details = Map.of("container", id.value(), "network", network);
    Steps.record(
        intent,
        "connect",
        details,
        () -> {
          control.connect(id, network);
          return id;
        },
        done -> Steps.OK);
  }

  /** Detaches a container from a network. */
  public void disconnect(Intent intent, ContainerId id, String network) throws ProblemException {
    Map<String, String> details = Map.of("container", id.value(), "network", network);
    Steps.record(
        intent,
        "disconnect",
        details,
        () -> {
          control.disconnect(id, network);
          return id;
        },
        done -> Steps.OK);
  }

  private static void step(Intent intent, String name, ContainerId id, Change change)
      throws ProblemException {
    Steps.record(
        intent,
        name,
        Map.of("container", id.value()),
        () -> {
          change.run();
          return id;
        },
        done -> Steps.OK);
  }

  private interface Change {
    void run() throws ProblemException;
  }
}
