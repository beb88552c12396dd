package dev.quayside.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Map<String, String> PATH = Map.of("PATH", "/usr/bin:/bin");

  @TempDir Path folder;

  private static ChildProcess.Command shell(String script) {
    return ChildProcess.Command.of(List.of("/bin/sh", "-c", script), PATH);
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void givesBothStreamsAndTheExitStatus() throws Exception {
    ChildProcess.Result result =
        ChildProcess.run(shell("cat; echo oops >&2; exit 7"), text("hello"), LONG, 1000);

    assertThat(result.exitCode()).isEqualTo(7);
    assertThat(result.succeeded()).isFalse();
    assertThat(result.output().text()).isEqualTo("hello");
    assertThat(result.errors().text()).isEqualTo("oops\n");
  }

  @Test
  void passesNothingOfOurEnvironmentOn() throws Exception {
    ChildProcess.Command command =
        ChildProcess.Command.of(List.of("/usr/bin/env"), Map.of("ONLY", "this"));

    assertThat(ChildProcess.run(command, null, LONG, 1000).output().text())
        .isEqualTo("ONLY=this\n");
  }

  @Test
  void readsHugeOutputToItsEndAndKeepsTheFirstBytes() throws Exception {
    ChildProcess.Result result =
        ChildProcess.run(shell("head -c 50000000 /dev/zero; echo end >&2"), null, LONG, 1000);

    assertThat(result.succeeded()).isTrue();
    assertThat(result.output().bytes()).hasSize(1000);
    assertThat(result.output().cut()).isTrue();
    assertThat(result.errors().text()).isEqualTo("end\n");
  }

  @Test
  void sendsHugeInputWhileOutputComes() throws Exception {
    byte[] input = new byte[5_000_000];

    ChildProcess.Result result =
        ChildProcess.run(shell("cat"), new ByteArrayInputStream(input), LONG, 10_000_000);

    assertThat(result.output().bytes()).isEqualTo(input);
  }

  @Test
  void aProgramThatStopsToListenIsNoFailure() throws Exception {
    ChildProcess.Result result =
        ChildProcess.run(
            shell("exec 0<&-; echo done"),
            new ByteArrayInputStream(new byte[5_000_000]),
            LONG,
            100);

    assertThat(result.succeeded()).isTrue();
    assertThat(result.output().text()).isEqualTo("done\n");
  }

  @Test
  void anInputThatFailsEndsTheProgramAndIsReported() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("disk error");
          }
        };

    assertThatThrownBy(() -> ChildProcess.run(shell("cat"), broken, LONG, 100))
        .isInstanceOf(IOException.class)
        .hasRootCauseMessage("disk error");
  }

  @Test
  void endsTheWholeTreeWhenTheTimeIsOver() throws Exception {
    Path pids = folder.resolve("pids");
    String script =
        "trap '' TERM; sleep 1000 & echo $! > "
            + pids
            + "; (trap '' TERM; sleep 1001) & echo $! >> "
            + pids
            + "; wait";

    ChildProcess.Result result = ChildProcess.run(shell(script), null, Duration.ofSeconds(2), 100);

    assertThat(result.timedOut()).isTrue();
    assertThat(result.succeeded()).isFalse();
    for (String pid : Files.readAllLines(pids)) {
      ProcessHandle.of(Long.parseLong(pid))
          .ifPresent(left -> left.onExit().orTimeout(20, TimeUnit.SECONDS).join());
    }
    assertThat(Files.readAllLines(pids)).hasSize(2);
  }

  @Test
  void endsWhenItIsCancelled() throws Exception {
    AtomicBoolean cancelled = new AtomicBoolean();

    ChildProcess.Result result =
        ChildProcess.run(
            shell("echo started; sleep 1000"),
            null,
            LONG,
            100,
            line -> cancelled.set(true),
            cancelled::get);

    assertThat(result.cancelled()).isTrue();
    assertThat(result.timedOut()).isFalse();
  }

  @Test
  void isEndedWhenTheCallerIsInterrupted() throws Exception {
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    CompletableFuture<String> line = new CompletableFuture<>();
    Thread caller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                ChildProcess.run(
                    shell("echo $$; sleep 1000"), null, LONG, 100, line::complete, () -> false);
              } catch (IOException | InterruptedException e) {
                end.complete(e);
              }
            });
    long pid = Long.parseLong(line.get(20, TimeUnit.SECONDS));
    caller.interrupt();

    assertThat(end.get(20, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    ProcessHandle.of(pid).ifPresent(left -> left.onExit().orTimeout(20, TimeUnit.SECONDS).join());
  }

  @Test
  void handsOnLinesOfBothStreamsAndCutsThoseWithoutEnd() throws Exception {
    List<String> lines = new CopyOnWriteArrayList<>();

    ChildProcess.run(
        shell("printf 'one\\r\\ntwo\\n'; head -c 20000 /dev/zero | tr '\\0' x; echo err >&2"),
        null,
        LONG,
        0,
        lines::add,
        () -> false);

    assertThat(lines).contains("one", "two", "err").anyMatch(line -> line.length() == 16 * 1024);
  }

  @Test
  void aReceiverThatFailsDoesNotEndTheProgram() throws Exception {
    ChildProcess.Result result =
        ChildProcess.run(
            shell("i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i + 1)); done; exit 7"),
            null,
            LONG,
            1 << 20,
            line -> {
              throw new IllegalStateException("a bad receiver");
            },
            () -> false);

    assertThat(result.exitCode()).isEqualTo(7);
    assertThat(result.output().text()).endsWith("line 19999\n");
    assertThat(result.output().cut()).isFalse();
  }

  @Test
  void aProgramInASessionOfItsOwnIsTheLeaderOfItAndStillOurChild() throws Exception {
    CompletableFuture<ProcessIdentity> started = new CompletableFuture<>();
    ChildProcess.Result result =
        ChildProcess.run(
            shell("echo $$; cut -d ' ' -f 4,6 < /proc/$$/stat").inSessionOfItsOwn(),
            null,
            LONG,
            100,
            line -> {},
            () -> false,
            started::complete);

    long pid = started.join().pid();
    assertThat(result.output().text())
        .isEqualTo(pid + "\n" + ProcessHandle.current().pid() + " " + pid + "\n");
  }

  @Test
  void aProgramThatIsNotThereIsReported() {
    assertThatThrownBy(() ->
            ChildProcess.run(ChildProcess.Command.of(List.of("/no/such"), PATH), null, LONG, 1))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aLongRunningProgramIsSpokenToAndEnded() throws Exception {
    ChildProcess cat = ChildProcess.start(shell("echo hello >&2; exec cat"));
    ProcessIdentity identity = cat.identity();
    cat.input().write("ping\n".getBytes(StandardCharsets.UTF_8));
    cat.input().flush();

    assertThat(cat.output().readNBytes(5)).asString(StandardCharsets.UTF_8).isEqualTo("ping\n");
    assertThat(identity.alive()).isTrue();
    cat.close();
    assertThat(cat.alive()).isFalse();
    assertThat(identity.alive()).isFalse();
    assertThat(cat.errors().text()).isEqualTo("hello\n");
  }

  @Test
  void aNumberUsedAgainByAStrangerIsNotTheSameProcess() {
    ProcessIdentity ourselves = ProcessIdentity.of(ProcessHandle.current());

    assertThat(ourselves.alive()).isTrue();
    assertThat(new ProcessIdentity(ourselves.pid(), ourselves.startedAt().minusSeconds(60)).alive())
        .isFalse();
  }

  @Test
  void keepsNoCopyOfOutputThatWasWiped() throws Exception {
    CapturedOutput output = ChildProcess.run(shell("printf secret"), null, LONG, 100).output();
    output.wipe();

    assertThat(output.text()).doesNotContain("secret");
    assertThat(output.toString()).doesNotContain("secret");
  }
}
