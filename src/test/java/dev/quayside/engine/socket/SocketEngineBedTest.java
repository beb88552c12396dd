package dev.quayside.engine.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;
import dev.quayside.common.Subscription;
import dev.quayside.engine.Bed;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerInspection;
import dev.quayside.engine.CreateRequest;
import dev.quayside.engine.EngineControl;
import dev.quayside.engine.ExecRequest;
import dev.quayside.engine.ExecResult;
import dev.quayside.engine.FileChange;
import dev.quayside.engine.LogChunk;
import dev.quayside.engine.LogRequest;
import dev.quayside.engine.RawStats;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("bed")
class SocketEngineBedTest {

  private static final String NAME = "engine-socket-web";

  private SocketEngine engine;
  private EngineControl control;
  private ContainerId id;

  @BeforeEach
  void start() throws Exception {
    engine = Bed.connect();
    control = Bed.control();
    id = Bed.run(NAME, "-e", "TOP=hidden-value", "--label", "a\nb=\u0001");
  }

  @AfterEach
  void stop() throws Exception {
    control.close();
    engine.close();
    Bed.remove(NAME);
    Bed.remove(NAME + "-tty");
    Bed.remove(NAME + "-made");
  }

  private ExecResult exec(InputStream input, ByteArrayOutputStream output, String... command)
      throws ProblemException {
    return engine.exec(
        new ExecRequest(
            id, List.of(command), Map.of(), null, input, output, Duration.ofSeconds(60)));
  }

  @Test
  void standardInputEndsSoThatACommandThatReadsItToItsEndEnds() throws Exception {
    byte[] input = new byte[3_000_000];
    new Random(1).nextBytes(input);
    ByteArrayOutputStream output = new ByteArrayOutputStream();

    ExecResult result = exec(new ByteArrayInputStream(input), output, "cat");

    assertThat(result.exitCode()).isZero();
    assertThat(output.toByteArray()).isEqualTo(input);
  }

  @Test
  void theExitStatusAndStandardErrorOfACommandArrive() throws Exception {
    ByteArrayOutputStream output = new ByteArrayOutputStream();

    ExecResult result = exec(null, output, "sh", "-c", "echo out; echo err >&2; exit 7");

    assertThat(result).isEqualTo(new ExecResult(7, "err\n", false));
    assertThat(output.toString()).isEqualTo("out\n");
  }

  @Test
  void aCommandThatStopsToListenStillTellsItsStatus() throws Exception {
    ExecResult result =
        exec(
            new ByteArrayInputStream(new byte[5_000_000]),
            new ByteArrayOutputStream(),
            "sh",
            "-c",
            "exit 3");

    assertThat(result.exitCode()).isEqualTo(3);
  }

  @Test
  void aCommandThatIsNotThereHasAStatusOfItsOwn() throws Exception {
    ExecResult result = exec(null, new ByteArrayOutputStream(), "/no/such/program");

    assertThat(result.exitCode()).isIn(126, 127);
  }

  @Test
  void aSecretReachesTheCommandByItsEnvironment() throws Exception {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try (Secret secret = Secret.owning("s3cret \"ü\n".toCharArray())) {
      ExecRequest request =
          new ExecRequest(
              id,
              List.of("sh", "-c", "printf %s \"$PW\""),
              Map.of("PW", secret),
              null,
              null,
              output,
              Duration.ofSeconds(60));
      engine.exec(request);
    }

    assertThat(output.toString(java.nio.charset.StandardCharsets.UTF_8)).isEqualTo("s3cret \"ü\n");
  }

  @Test
  void anInspectionHidesValuesOfTheEnvironment() throws Exception {
    ContainerInspection inspection = engine.inspect(id);

    assertThat(inspection.environmentNames()).contains("TOP");
    assertThat(inspection.toString()).doesNotContain("hidden-value");
    assertThat(inspection.container().labels()).containsEntry("a\nb", "\u0001");
    assertThat(inspection.attachments().getFirst().ipv4()).isNotEmpty();
  }

  @Test
  void theListAndAnInspectionAgree() throws Exception {
    Container listed =
        engine.list().stream().filter(c -> c.id().equals(id)).findFirst().orElseThrow();
    Container read = engine.read(id);

    assertThat(read.name()).isEqualTo(listed.name());
    assertThat(read.image()).isEqualTo(listed.image());
    assertThat(read.imageId()).isEqualTo(listed.imageId());
    assertThat(read.ports()).isEqualTo(listed.ports());
    assertThat(read.labels()).isEqualTo(listed.labels());
    assertThat(read.networks()).isEqualTo(listed.networks());
    assertThat(read.facts().pid()).isPresent();
  }

  @Test
  void countersAreThere() throws Exception {
    RawStats stats = engine.stats(id);

    assertThat(stats.cpuNanos()).isPresent();
    assertThat(stats.memoryUsage().orElse(0)).isPositive();
    assertThat(stats.processes().orElse(0)).isPositive();
  }

  @Test
  void aLogIsFollowedUntilItIsClosed() throws Exception {
    LinkedBlockingQueue<LogChunk> lines = new LinkedBlockingQueue<>();
    CountDownLatch ended = new CountDownLatch(1);
    Subscription log =
        engine.logs(id, LogRequest.following(10), lines::add, cut -> ended.countDown());

    LogChunk first = lines.poll(30, TimeUnit.SECONDS);
    assertThat(first.text()).contains("ready");
    assertThat(first.at()).isNotNull();
    control.restart(id, Duration.ZERO);
    assertThat(ended.await(30, TimeUnit.SECONDS))
        .as("the engine ends the log with the container")
        .isTrue();
    log.close();
  }

  @Test
  void theLogOfATerminalHasNoFrames() throws Exception {
    ContainerId terminal = Bed.run(NAME + "-tty", "-t");
    LinkedBlockingQueue<LogChunk> lines = new LinkedBlockingQueue<>();
    Subscription log = engine.logs(terminal, LogRequest.following(10), lines::add, cut -> {});

    LogChunk first = lines.poll(30, TimeUnit.SECONDS);
    log.close();

    assertThat(first.source()).isEqualTo(LogChunk.Source.OUTPUT);
    assertThat(first.text()).contains("ready").doesNotContain("\r");
    assertThat(first.at()).isNotNull();
  }

  @Test
  void whatDiffersFromTheImageIsListed() throws Exception {
    exec(null, new ByteArrayOutputStream(), "sh", "-c", "echo x > /made");

    assertThat(engine.diff(id)).contains(new FileChange(FileChange.Kind.ADDED, "/made"));
  }

  @Test
  void anArchiveGoesIntoAContainerThatNeverRanAndComesBackWithOwnersAndModes() throws Exception {
    ContainerId made =
        control.create(
            new CreateRequest(
                NAME + "-made",
                Bed.image(),
                List.of(),
                List.of(
                    new ContainerInspection.Mount("volume", "engine-socket-volume", "/data", true)),
                Map.of("dev.quayside.test", "engine")));
    try {
      control.uploadArchive(
          made, "/data", new ByteArrayInputStream(tar("file", "content", 999, 0640)));
      try (TarArchiveInputStream back =
          new TarArchiveInputStream(engine.archive(made, "/data/file"))) {
        TarArchiveEntry entry = back.getNextEntry();
        assertThat(entry.getLongUserId()).isEqualTo(999);
        assertThat(entry.getMode() & 0777).isEqualTo(0640);
        assertThat(new String(back.readAllBytes())).isEqualTo("content");
      }
      assertThat(engine.read(made).networks()).containsExactly("none");
      assertThat(engine.read(made).facts().startedAt()).isNull();
    } finally {
      control.remove(made, false);
      Bed.docker("volume", "rm", "engine-socket-volume");
    }
  }

  private static byte[] tar(String name, String content, long owner, int mode) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      TarArchiveEntry entry = new TarArchiveEntry(name);
      entry.setSize(content.length());
      entry.setUserId(owner);
      entry.setMode(0100000 | mode);
      tar.putArchiveEntry(entry);
      tar.write(content.getBytes());
      tar.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }

  @Test
  void refusalsAreWorded() {
    ContainerId nobody = new ContainerId("0".repeat(64));

    assertThatThrownBy(() -> engine.read(nobody)).hasMessageContaining("CONTAINER-GONE");
    assertThatThrownBy(() -> control.start(nobody)).hasMessageContaining("CONTAINER-GONE");
    assertThatThrownBy(() -> control.remove(id, false)).hasMessageContaining("CONTAINER-CONFLICT");
  }

  @Test
  void aNetworkIsLeftAndJoinedAgain() throws Exception {
    control.disconnect(id, "bridge");
    assertThat(engine.read(id).networks()).isEmpty();
    control.connect(id, "bridge");
    assertThat(engine.read(id).networks()).containsExactly("bridge");
  }
}
