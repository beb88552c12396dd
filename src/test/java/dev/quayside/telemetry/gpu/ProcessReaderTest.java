package dev.quayside.telemetry.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the reader on a tool that tells its rows once and then only sleeps and wakes. */
@Timeout(120)
class ProcessReaderTest {

  private static final long NOBODY = 99_999_999;

  @TempDir private Path folder;
  private final AtomicLong nanos = new AtomicLong(1_000_000_000L);
  private @Nullable ProcessReader reader;

  @AfterEach
  void end() {
    if (reader != null) {
      reader.close();
    }
  }

  @Test
  void ofAReaderThatWakesAndTellsNothingMoreALiveProcessIsNeverCalledGone() throws Exception {
    ProcessReader opened = open(ProcessHandle.current().pid());
    List<ProcessRow> told = awaitRows(opened);
    for (int second = 0; second < 20; second++) {
      told = pass(opened);
      assertThat(told == null || told.size() == 1).as("after %s s: %s", second, told).isTrue();
    }
    assertThat(told).isNull();
  }

  @Test
  void aProcessThatTheKernelDoesNotHaveIsGone() throws Exception {
    ProcessReader opened = open(NOBODY);
    List<ProcessRow> told = awaitRows(opened);
    while (told == null || !told.isEmpty()) {
      told = pass(opened);
      assertThat(Thread.interrupted()).as("the time limit is over").isFalse();
    }
  }

  private List<ProcessRow> awaitRows(ProcessReader opened) {
    List<ProcessRow> told = null;
    while (told == null || told.isEmpty()) {
      opened.tick();
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      told = opened.processes();
      assertThat(Thread.interrupted()).as("the time limit is over").isFalse();
    }
    return told;
  }

  // The tool's time is real, ours is not: it sleeps and wakes several times in one of our seconds.
  private @Nullable List<ProcessRow> pass(ProcessReader opened) {
    LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    opened.tick();
    return opened.processes();
  }

  private ProcessReader open(long pid) throws Exception {
    Path tool = folder.resolve("nvidia-smi");
    Files.writeString(
        tool,
        """
        #!/bin/sh
        echo "gpu_uuid, pid, process_name, used_gpu_memory [MiB]"
        echo "GPU-1, %d, java, 512"
        while :; do sleep 0.02; done
        """
            .formatted(pid));
    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
    ProcessReader opened =
        new ProcessReader(
            Path.of("/"), tool.toString(), Map.of("PATH", System.getenv("PATH")), nanos::get);
    reader = opened;
    return opened;
  }
}
