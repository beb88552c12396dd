package dev.quayside.engine.socket;

import dev.quayside.common.ProblemException;
import dev.quayside.common.Subscription;
import dev.quayside.engine.Changing;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerInspection;
import dev.quayside.engine.Engine;
import dev.quayside.engine.EngineEvent;
import dev.quayside.engine.EngineFault;
import dev.quayside.engine.EngineInfo;
import dev.quayside.engine.ExecRequest;
import dev.quayside.engine.ExecResult;
import dev.quayside.engine.FileChange;
import dev.quayside.engine.LogChunk;
import dev.quayside.engine.LogRequest;
import dev.quayside.engine.Network;
import dev.quayside.engine.RawStats;
import dev.quayside.engine.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads from an engine over a socket, and runs commands in its containers. */
public final class SocketEngine implements Engine {

  // Together with the second between two signs of life a loss shows within two seconds, on another
  // machine as well: an answer that is on its way for longer shows in what is asked besides.
  private static final Duration SIGN_OF_LIFE = Duration.ofMillis(900);
  // The first list waits for it.
  private static final Duration NETWORKS = Duration.ofSeconds(3);

  /** Labels of the volumes that Compose makes (Compose 2, {@code api.ProjectLabel}). */
  private static final String PROJECT = "com.docker.compose.project";

  private static final String VOLUME = "com.docker.compose.volume";
  private static final Duration CALL = Duration.ofSeconds(10);
  // The engine's own, where neither the container nor the caller says another.
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Duration LONG_CALL = Duration.ofSeconds(60);

  private final Session session;
  private final EngineInfo info;

  SocketEngine(Session session, EngineInfo info) {
    this.session = session;
    this.info = info;
  }

  @Override
  public EngineInfo info() {
    return info;
  }

  @Override
  public void ping() throws ProblemException {
    try {
      session.client().ping(SIGN_OF_LIFE);
    } catch (IOException e) {
      throw session.failures().calling(e);
    }
  }

  @Override
  public List<Container> list() throws ProblemException {
    Json list = session.get(session.path("/containers/json?all=1"), LONG_CALL);
    if (!list.isArray()) {
      throw garbled("the list of containers is no list");
    }
    return list.items().stream()
        .filter(entry -> !entry.at("Id").text().isEmpty())
        .map(ContainerJson::fromList)
        .toList();
  }

  @Override
  public List<Network> networks() throws ProblemException {
    Json list = session.get(session.path("/networks"), NETWORKS);
    if (!list.isArray()) {
      throw garbled("the list of networks is no list");
    }
    return list.items().stream().map(NetworkJson::read).toList();
  }

  @Override
  public Set<String> imageNames() throws ProblemException {
    Json list = session.get(session.path("/images/json"), LONG_CALL);
    if (!list.isArray()) {
      throw garbled("the list of images is no list");
    }
    Set<String> names = new TreeSet<>();
    for (Json image : list.items()) {
      // An engine says null, or "<none>:<none>", where an image has no name.
      names.addAll(image.at("RepoTags").texts());
      names.addAll(image.at("RepoDigests").texts());
    }
    return names;
  }

  private List<Json> volumes() throws ProblemException {
    Json list = session.get(session.path("/volumes"), NETWORKS).at("Volumes");
    if (list.present() && !list.isArray()) {
      throw garbled("the list of volumes is no list");
    }
    return list.items();
  }

  @Override
  public Map<String, Set<String>> volumeFolders() throws ProblemException {
    Map<String, Set<String>> folders = new TreeMap<>();
    for (Json volume : volumes()) {
      folders.put(
          volume.at("Name").text(),
          Stream.of(volume.at("Mountpoint").text(), volume.at("Options").at("device").text())
              .filter(path -> path.startsWith("/"))
              .collect(Collectors.toUnmodifiableSet()));
    }
    return folders;
  }

  @Override
  public Set<String> volumes(String project) throws ProblemException {
    Set<String> names = new TreeSet<>();
    for (Json volume : volumes()) {
      Map<String, String> labels = volume.at("Labels").textMembers();
      if (project.equals(labels.get(PROJECT))) {
        names.add(labels.getOrDefault(VOLUME, volume.at("Name").text()));
      }
    }
    return names;
  }

  @Override
  public Container read(ContainerId id) throws ProblemException {
    return ContainerJson.fromInspection(inspection(id));
  }

  @Override
  public ContainerInspection inspect(ContainerId id) throws ProblemException {
    return InspectionJson.read(inspection(id));
  }

  @Override
  public Map<String, String> environment(ContainerId id, Set<String> names)
      throws ProblemException {
    return InspectionJson.environment(inspection(id), names);
  }

  @Override
  public Set<String> variablesSet(ContainerId id) throws ProblemException {
    return InspectionJson.variablesSet(inspection(id));
  }

  private Json inspection(ContainerId id) throws ProblemException {
    Json inspection = session.get(session.path(id, "/json"), CALL);
    if (inspection.at("Id").text().isEmpty()) {
      throw garbled("an inspection without id");
    }
    return inspection;
  }

  @Override
  public Subscription events(Consumer<EngineEvent> onEvent, Consumer<ProblemException> onEnd)
      throws ProblemException {
    Answer answer =
        session.open(session.path("/events"), Map.of("filters", EventJson.FILTERS), CALL);
    // It waits for as long as Quayside runs, and an event then has two threads less to pass.
    return StreamReader.start(
        Thread.ofPlatform().daemon().name("engine-events"),
        answer,
        body ->
            JsonLines.read(
                body,
                line -> {
                  EngineEvent event = EventJson.read(line);
                  if (event != null) {
                    onEvent.accept(event);
                  }
                }),
        failure -> onEnd.accept(lost(failure)));
  }

  private ProblemException lost(@Nullable IOException failure) {
    return failure == null
        ? new ProblemException(EngineFault.ENGINE_LOST.problem("", info.endpoint()))
        : session.failures().calling(failure);
  }

  @Override
  public RawStats stats(ContainerId id) throws ProblemException {
    return StatsJson.read(session.get(session.path(id, "/stats?stream=0&one-shot=1"), CALL));
  }

  @Override
  public Subscription logs(
      ContainerId id,
      LogRequest request,
      Consumer<LogChunk> onChunk,
      Consumer<@Nullable ProblemException> onEnd)
      throws ProblemException {
    boolean terminal = inspection(id).at("Config", "Tty").flag();
    Answer answer = session.open(session.path(id, "/logs"), logParameters(request), CALL);
    LogLines output = new LogLines(LogChunk.Source.OUTPUT, onChunk);
    LogLines errors = new LogLines(LogChunk.Source.ERROR, onChunk);
    return StreamReader.start(
        Thread.ofVirtual().name("engine-logs"),
        answer,
        body -> {
          FrameReader frames =
              new FrameReader(
                  body,
                  (source, buffer, length, startsFrame) ->
                      (source == LogChunk.Source.OUTPUT ? output : errors)
                          .accept(buffer, length, startsFrame));
          if (terminal) {
            frames.readRaw();
          } else {
            frames.readFrames();
          }
        },
        failure -> {
          output.end();
          errors.end();
          onEnd.accept(failure == null ? null : session.failures().calling(failure));
        });
  }

  private static Map<String, String> logParameters(LogRequest request) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("stdout", "1");
    parameters.put("stderr", "1");
    parameters.put("timestamps", "1");
    parameters.put("follow", request.follow() ? "1" : "0");
    parameters.put("tail", request.tail() < 0 ? "all" : Integer.toString(request.tail()));
    if (request.since() != null) {
      parameters.put("since", seconds(request.since()));
    }
    if (request.until() != null) {
      parameters.put("until", seconds(request.until()));
    }
    return parameters;
  }

  private static String seconds(Instant moment) {
    return String.format(Locale.ROOT, "%d.%09d", moment.getEpochSecond(), moment.getNano());
  }

  @Override
  public InputStream archive(ContainerId id, String path) throws ProblemException {
    Answer answer = session.open(session.path(id, "/archive"), Map.of("path", path), LONG_CALL);
    return new AnswerStream(answer);
  }

  @Override
  public List<FileChange> diff(ContainerId id) throws ProblemException {
    // An engine answers null for a container in which nothing differs.
    return session.get(session.path(id, "/changes"), LONG_CALL).items().stream()
        .map(SocketEngine::change)
        .toList();
  }

  private static FileChange change(Json entry) {
    FileChange.Kind kind =
        switch (entry.at("Kind").smallNumber().orElse(0)) {
          case 1 -> FileChange.Kind.ADDED;
          case 2 -> FileChange.Kind.DELETED;
          default -> FileChange.Kind.MODIFIED;
        };
    return new FileChange(kind, entry.at("Path").text());
  }

  /**
   * Runs a command in a container: the one way in which its standard input ends (docker-java's
   * never does).
   */
  @Changing
  public ExecResult exec(ExecRequest request) throws ProblemException {
    return new Exec(session, request).run();
  }

  /**
   * Returns how long a container may take to stop before the engine kills it; empty where it may
   * take for ever.
   */
  public Optional<Duration> grace(ContainerId id) throws ProblemException {
    long seconds = inspection(id).at("Config", "StopTimeout").number().orElse(GRACE.toSeconds());
    return seconds < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
  }

  /** Returns the bare HTTP of this connection, for docker-java. */
  public EngineHttp http() {
    return new EngineHttp(session.client(), session.failures());
  }

  private ProblemException garbled(String reason) {
    return new ProblemException(EngineFault.ENGINE_GARBLED.problem("", info.endpoint(), reason));
  }

  /** Returns how many connections are open, for tests that look for leaks. */
  int openLines() {
    return session.client().openLines();
  }

  @Override
  public void close() {
    session.close();
  }
}
