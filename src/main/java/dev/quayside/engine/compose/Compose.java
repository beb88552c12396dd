package dev.quayside.engine.compose;

import dev.quayside.common.CapturedOutput;
import dev.quayside.common.ChildProcess;
import dev.quayside.common.ChildProcess.Result;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.Secret;
import dev.quayside.engine.Changing;
import dev.quayside.engine.Endpoint;
import dev.quayside.engine.EngineFault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Runs Docker Compose v2. Methods block their caller and may be called from any thread. */
public final class Compose {

  /** Label with the hash of the definition that a container was made from. */
  public static final String CONFIG_HASH = "com.docker.compose.config-hash";

  private static final Messages MESSAGES = Messages.of("compose");
  private static final Duration READING = Duration.ofSeconds(60);
  private static final int LARGEST_CONFIG = 32 * 1024 * 1024;
  private static final int LINES_KEPT = 40;
  // Nothing else of the session reaches Compose: its variables would beat those of the stack's env
  // files.
  private static final String[] ALLOWED = {
    "PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "XDG_RUNTIME_DIR", "DOCKER_CONFIG"
  };

  /**
   * Switches off Compose's loaders of other machines' files: it would fetch them while it only
   * reads a foreign folder. What the process has, an env file of the stack cannot change (docker
   * compose, {@code cmd/compose}, {@code pkg/remote}).
   */
  private static final Map<String, String> NO_REMOTES =
      Map.of(
          "COMPOSE_EXPERIMENTAL_GIT_REMOTE", "false", "COMPOSE_EXPERIMENTAL_OCI_REMOTE", "false");

  private final Map<String, String> environment;
  private @Nullable ComposeTool tool;

  Compose(Map<String, String> environment, @Nullable ComposeTool tool) {
    this.environment = Map.copyOf(environment);
    this.tool = tool;
  }

  /**
   * Creates a runner; looks for Compose when it is first needed.
   *
   * @param endpoint the engine it is to work on
   * @param environment of the process; only allow-listed variables reach Compose
   */
  public static Compose on(Endpoint endpoint, Map<String, String> environment) {
    Map<String, String> allowed = new TreeMap<>(ChildProcess.pick(environment, ALLOWED));
    allowed.putAll(endpoint.environment());
    allowed.putAll(NO_REMOTES);
    if (endpoint instanceof Endpoint.Ssh) {
      // Nobody else has a use for the user's keys.
      allowed.putAll(ChildProcess.pick(environment, "SSH_AUTH_SOCK"));
    }
    return new Compose(allowed, null);
  }

  /**
   * Returns what Compose gets of the session's variable {@code name}, which beats that of an env
   * file; null where it gets none.
   */
  public @Nullable String sessionValue(String name) {
    return environment.get(name);
  }

  /**
   * Returns what Compose says it is; throws when it is missing or older than {@link
   * ComposeVersion#MINIMUM}.
   */
  public ComposeVersion version() throws ProblemException {
    return tool().version();
  }

  private synchronized ComposeTool tool() throws ProblemException {
    ComposeTool found = tool;
    if (found == null) {
      found = ComposeTool.find(environment);
      tool = found;
    }
    return found;
  }

  /**
   * Returns the structure of the project as JSON: services with their profiles, dependencies and
   * files, the names in their environment, and of all other texts only the variables to which they
   * refer, as {@code ${NAME}}. It holds no values. The member {@code name} is the project's name:
   * that of the invocation, or where it has none the one that Compose finds.
   */
  public String structure(ComposeInvocation invocation) throws ProblemException {
    try {
      return structureOf(invocation);
    } catch (ProblemException rejected) {
      try (VolumeDefaults copies = VolumeDefaults.of(invocation)) {
        if (copies == null) {
          throw rejected;
        }
        return structureOf(copies.invocation());
      } catch (IOException | ProblemException again) {
        // The first complaint names the files as they are called.
        throw rejected;
      }
    }
  }

  private String structureOf(ComposeInvocation invocation) throws ProblemException {
    List<String> arguments = List.of("config", "--format", "json", "--no-interpolate");
    try (Secret structure = config(invocation, arguments, List.of())) {
      return structure.withChars(StructureFilter::filter);
    } catch (JacksonException | IllegalStateException quotesTheText) {
      // Without its cause, whose message may quote a value.
      throw new ProblemException(
          EngineFault.COMPOSE_FAILED.problem("", 0, MESSAGES.get("no-json")));
    }
  }

  /**
   * Returns the resolved project as JSON, as {@link #config(ComposeInvocation, List)} does, with
   * nothing to mask.
   */
  public Secret config(ComposeInvocation invocation) throws ProblemException {
    return config(invocation, List.of());
  }

  /**
   * Returns the resolved project as JSON. It holds secrets: the caller wipes it and never keeps it.
   *
   * @param masked values that must not appear in a problem's text; the caller keeps and wipes them
   */
  public Secret config(ComposeInvocation invocation, List<Secret> masked) throws ProblemException {
    return config(invocation, List.of("config", "--format", "json"), masked);
  }

  /**
   * Returns for each service that is on the hash of its resolved definition, as Compose writes it
   * on the containers that it makes ({@link #CONFIG_HASH}). It is asked for with the resolved
   * project, which goes from one run of Compose to the next by its standard input: of services with
   * an {@code env_file} it would else say another hash than it writes (seen with Compose 2.26).
   *
   * @param masked values that must not appear in a problem's text; the caller keeps and wipes them
   */
  public Map<String, String> hashes(ComposeInvocation invocation, List<Secret> masked)
      throws ProblemException {
    ComposeInvocation resolved =
        new ComposeInvocation(
            invocation.project(),
            invocation.directory(),
            List.of(Path.of("-")),
            List.of(),
            invocation.profiles());
    List<String> arguments = List.of("config", "--hash", "*");
    byte[] project;
    try (Secret whole = config(invocation, masked)) {
      project = whole.withUtf8(byte[]::clone);
    }
    try (Secret lines = config(resolved, arguments, masked, new ByteArrayInputStream(project))) {
      Map<String, String> hashes = new TreeMap<>();
      for (String line : lines.withChars(String::new).lines().toList()) {
        String[] words = line.strip().split("\\s+", -1);
        if (words.length == 2) {
          hashes.put(words[0], words[1]);
        }
      }
      return hashes;
    } finally {
      Arrays.fill(project, (byte) 0);
    }
  }

  private Secret config(ComposeInvocation invocation, List<String> arguments, List<Secret> masked)
      throws ProblemException {
    return config(invocation, arguments, masked, InputStream.nullInputStream());
  }

  private Secret config(
      ComposeInvocation invocation, List<String> arguments, List<Secret> masked, InputStream input)
      throws ProblemException {
    Result result =
        execute(
            invocation,
            arguments,
            input,
            READING,
            LARGEST_CONFIG,
            new Listener(Progress.none(), masked, false));
    CapturedOutput output = result.output();
    try {
      if (!result.succeeded() || output.cut()) {
        throw failed(result, new Redactor(masked).redact(lastLine(result.errors().text())));
      }
      byte[] bytes = output.bytes();
      try {
        return Secret.ofUtf8(bytes);
      } finally {
        Arrays.fill(bytes, (byte) 0);
      }
    } finally {
      output.wipe();
    }
  }

  /**
   * Tells what Compose would do with containers if it ran a command, which it does not.
   *
   * @param arguments of the command, for example {@code up --no-start web}
   * @param masked values that must not appear in a problem's text; the caller keeps and wipes them
   */
  public ComposeForecast forecast(
      ComposeInvocation invocation, List<String> arguments, List<Secret> masked)
      throws ProblemException {
    List<String> words = new ArrayList<>(List.of("--dry-run"));
    words.addAll(arguments);
    ComposeForecast.Builder forecast = new ComposeForecast.Builder();
    Listener listener =
        new Listener(Progress.none(), masked, true) {
          @Override
          synchronized void line(String line) {
            super.line(line);
            forecast.line(line);
          }
        };
    Result result = execute(invocation, words, null, READING, 0, listener);
    if (!result.succeeded()) {
      throw failed(result, lastLine(listener.lastLines()));
    }
    synchronized (listener) {
      return forecast.build();
    }
  }

  /**
   * Runs a command of Compose, for example {@code up -d --no-deps web}, and waits for its end. A
   * status other than 0 is an answer, not an exception.
   *
   * @param masked values that must not appear in the output; the caller keeps and wipes them
   * @param progress receives each line of output after redaction; cancelling it ends Compose and
   *     its children
   */
  @Changing
  public ComposeRun run(
      ComposeInvocation invocation,
      List<String> arguments,
      List<Secret> masked,
      Duration timeout,
      Progress progress)
      throws ProblemException {
    Listener listener = new Listener(progress, masked, true);
    Result result = execute(invocation, arguments, null, timeout, 0, listener);
    if (result.timedOut()) {
      throw new ProblemException(
          EngineFault.COMPOSE_TIMEOUT.problem(listener.lastLines(), timeout.toSeconds()));
    }
    return new ComposeRun(result.exitCode(), result.cancelled(), listener.lastLines());
  }

  private Result execute(
      ComposeInvocation invocation,
      List<String> arguments,
      @Nullable InputStream input,
      Duration timeout,
      int limit,
      Listener listener)
      throws ProblemException {
    List<String> words = new ArrayList<>(tool().command());
    words.addAll(globals(invocation));
    words.addAll(arguments);
    ChildProcess.Command command =
        // A terminal's Ctrl+C must not reach it in the middle of a recreation: we end it in order.
        new ChildProcess.Command(words, environment, invocation.directory()).inSessionOfItsOwn();
    try {
      return ChildProcess.run(
          command,
          input,
          timeout,
          limit,
          listener::line,
          listener.progress::cancelled,
          listener.progress::child);
    } catch (IOException e) {
      throw EngineFault.COMPOSE_NOT_STARTED.exception(e, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw EngineFault.ENGINE_GIVEN_UP.exception(e);
    }
  }

  private static List<String> globals(ComposeInvocation invocation) {
    List<String> words = new ArrayList<>(List.of("--ansi", "never", "--progress", "plain"));
    if (!invocation.project().isEmpty()) {
      words.addAll(List.of("--project-name", invocation.project()));
    }
    words.addAll(List.of("--project-directory", invocation.directory().toString()));
    for (Path file : invocation.files()) {
      words.addAll(List.of("--file", file.toString()));
    }
    for (Path file : invocation.envFiles()) {
      words.addAll(List.of("--env-file", file.toString()));
    }
    for (String profile : invocation.profiles()) {
      words.addAll(List.of("--profile", profile));
    }
    return words;
  }

  private static ProblemException failed(Result result, String lastLine) {
    String said = lastLine.isBlank() ? MESSAGES.get("silent") : lastLine;
    return new ProblemException(
        result.timedOut()
            ? EngineFault.COMPOSE_TIMEOUT.problem("", READING.toSeconds())
            : EngineFault.COMPOSE_FAILED.problem("", result.exitCode(), said));
  }

  private static String lastLine(String text) {
    return text.lines().filter(line -> !line.isBlank()).reduce("", (first, second) -> second);
  }

  /** Redacts lines, hands them on and keeps the last. */
  private static class Listener {

    private final Progress progress;
    private final Redactor redactor;
    private final boolean listens;
    private final List<String> lines = new ArrayList<>();

    Listener(Progress progress, List<Secret> masked, boolean listens) {
      this.progress = progress;
      this.redactor = new Redactor(masked);
      this.listens = listens;
    }

    synchronized void line(String line) {
      if (!listens || line.isBlank()) {
        return;
      }
      String redacted = redactor.redact(line);
      lines.add(redacted);
      if (lines.size() > LINES_KEPT) {
        lines.removeFirst();
      }
      progress.line(redacted);
    }

    synchronized String lastLines() {
      return String.join("\n", lines);
    }
  }
}
