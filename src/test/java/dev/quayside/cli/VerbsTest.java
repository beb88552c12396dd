package dev.quayside.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.common.Feed;
import dev.quayside.common.Home;
import dev.quayside.common.Problem;
import dev.quayside.engine.Connection;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Engine;
import dev.quayside.engine.EngineSnapshot;
import dev.quayside.engine.Health;
import dev.quayside.engine.LogChunk;
import dev.quayside.exposure.status.StatusFeed;
import dev.quayside.exposure.status.StatusSnapshot;
import dev.quayside.journal.Journal;
import dev.quayside.stack.Stacks;
import dev.quayside.stack.logs.LogLine;
import dev.quayside.stack.logs.LogQuery;
import dev.quayside.stack.logs.MergedLog;
import dev.quayside.telemetry.ContainerSamples;
import dev.quayside.telemetry.GpuReading;
import dev.quayside.telemetry.HostSample;
import dev.quayside.telemetry.SelfSample;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Runs verbs in a session whose parts are scripted. */
@Timeout(60)
class VerbsTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Problem GONE = new Problem("GONE", "gone", "", "", "", null, "");

  @TempDir private Path folder;
  private final List<String> asked = new ArrayList<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final AtomicLong nanos = new AtomicLong();
  private final List<String> written = new ArrayList<>();
  private String service = "web";
  private Connection connection = new Connection.Connecting();
  private Error fault;
  private CommandLine line;

  @BeforeEach
  void open() {
    InvocationHandler parts =
        (proxy, method, arguments) -> {
          asked.add(method.getName());
          if (fault != null && method.getName().equals("engine")) {
            throw fault;
          }
          return switch (method.getName()) {
            case "engine" -> snapshot();
            case "stacks" -> new Stacks(Catalogue.load());
            case "recover" -> List.of();
            case "journal" -> journal();
            case "status" -> status();
            case "log" -> log((LogQuery) arguments[0], receiver(arguments[1]));
            case "close" -> null;
            default -> throw new UnsupportedOperationException(method.getName());
          };
        };
    line = new QuaysideCommand(options -> proxy(Session.class, parts)).commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
  }

  @Test
  void aLabelCannotForgeALineOfTheLog() {
    service = "web\n2026-11-22T12:00:00Z db | all is well";
    written.add("hello");

    line.execute("logs", "shop");

    assertThat(out.toString().lines()).hasSize(1);
    assertThat(out.toString()).contains("| hello");
  }

  @Test
  void aSearchThatWasGivenUpIsSaidAndNeedsAttention() {
    written.addAll(List.of("a".repeat(5_000) + "!", "a".repeat(5_000) + "!", "a".repeat(5_000)));
    written.addAll(List.of("a".repeat(5_000) + "!", "unwanted"));

    int code = line.execute("logs", "shop", "--grep", "(a+)+$");

    assertThat(out.toString()).contains("unwanted");
    assertThat(code).isEqualTo(ExitCode.ATTENTION.code());
    assertThat(err.toString()).contains("--grep");
  }

  @Test
  void aSearchThatWorksNeedsNone() {
    written.addAll(List.of("wanted", "other"));

    assertThat(line.execute("logs", "shop", "--grep", "^w")).isZero();
    assertThat(out.toString()).contains("wanted").doesNotContain("other");
  }

  @Test
  void aStatusOfAnEngineThatWasLostMeanwhileIsShownAndEndsAsUnreachable() {
    connection = new Connection.Lost(GONE, NOW, null, null);

    assertThat(line.execute("status", "--json")).isEqualTo(ExitCode.UNREACHABLE.code());
    assertThat(Schemas.faults(out.toString())).isEmpty();
    assertThat(out.toString()).contains("\"lost\"");
  }

  @Test
  void linesOfTheJournalThatCannotBeReadAreCounted() throws Exception {
    Journal journal = journal();
    journal.begin("restart", "shop", Map.of());
    Files.writeString(journal.path(), "garbage\nmore\n", StandardOpenOption.APPEND);

    assertThat(line.execute("journal", "show")).isZero();
    assertThat(err.toString()).contains("2 lines of the journal cannot be read");
    out.getBuffer().setLength(0);
    assertThat(line.execute("journal", "show", "--json")).isZero();
    assertThat(Schemas.faults(out.toString())).isEmpty();
    assertThat(out.toString()).contains("\"unreadable\" : 2", "\"total\" : 1");
  }

  @Test
  void aDryRunPutsNothingInOrder() {
    line.execute("secrets", "rotate", "nosuch", "NAME", "--dry-run");
    assertThat(asked).contains("stacks").doesNotContain("recover");

    line.execute("secrets", "rotate", "nosuch", "NAME");
    assertThat(asked).contains("recover");
  }

  @Test
  void servicesAndAProfileAreNotNamedTogether() {
    assertThat(line.execute("up", "shop", "web", "--profile", "voice"))
        .isEqualTo(ExitCode.USAGE.code());
    assertThat(err.toString()).contains("not both");
    assertThat(asked).doesNotContain("lifecycle");
  }

  @Test
  void anErrorOfTheMachineIsAnInternalOne() {
    fault = new StackOverflowError();

    assertThat(line.execute("list")).isEqualTo(ExitCode.INTERNAL.code());
    assertThat(err.toString()).contains("StackOverflowError");
  }

  private EngineSnapshot snapshot() {
    Container container =
        new Container(
            new ContainerId("a".repeat(64)),
            "shop-web-1",
            "image",
            "",
            ContainerState.RUNNING,
            Health.NONE,
            NOW,
            List.of(),
            Map.of(Container.PROJECT, "shop", Container.SERVICE, service),
            List.of(),
            null);
    return new EngineSnapshot(connection, List.of(container), true);
  }

  private Journal journal() throws Exception {
    return Journal.open(Home.locate(folder, Map.of(), folder), InstantSource.system());
  }

  private StatusFeed status() {
    HostSample host =
        new HostSample(
            NOW,
            "",
            2,
            OptionalDouble.of(0.5),
            OptionalDouble.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            List.of(),
            List.of());
    Feed<StatusSnapshot> feed =
        new Feed<>(
            new StatusSnapshot(
                NOW,
                connection,
                true,
                List.of(),
                ContainerSamples.Source.NONE,
                null,
                host,
                new GpuReading.NoTool("none"),
                new SelfSample(OptionalDouble.empty(), OptionalLong.empty())));
    return proxy(
        StatusFeed.class,
        (proxy, method, arguments) -> method.getName().equals("feed") ? feed : null);
  }

  // Time runs fast, so that merging waits for nothing.
  private MergedLog log(LogQuery query, Consumer<List<LogLine>> receiver) {
    Engine engine =
        proxy(
            Engine.class,
            (proxy, method, arguments) -> {
              Consumer<LogChunk> chunks = receiver(arguments[2]);
              for (String text : written) {
                chunks.accept(new LogChunk(LogChunk.Source.OUTPUT, NOW, text, true));
              }
              receiver(arguments[3]).accept(null);
              return (dev.quayside.common.Subscription) () -> {};
            });
    return MergedLog.open(
        () -> engine,
        new Feed<>(snapshot()),
        query,
        InstantSource.fixed(NOW),
        () -> nanos.addAndGet(10_000_000_000L),
        receiver);
  }

  @SuppressWarnings("unchecked")
  private static <T> Consumer<T> receiver(Object argument) {
    return (Consumer<T>) argument;
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
