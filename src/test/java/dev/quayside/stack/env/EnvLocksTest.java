package dev.quayside.stack.env;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.ProcessLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever changes one file, by whatever name, meets the same lock. */
class EnvLocksTest {

  @TempDir Path folder;

  private @Nullable ProcessLock take(Path file) throws Exception {
    return EnvLocks.acquire(folder.resolve("locks"), file, Duration.ZERO);
  }

  @Test
  void oneFileHasOneLockAndAnotherFileAnother() throws Exception {
    Path file = Files.createFile(folder.resolve("one"));
    try (ProcessLock lock = take(file);
        ProcessLock other = take(Files.createFile(folder.resolve("other")));
        ProcessLock missing = take(folder.resolve("missing"))) {
      assertThat(lock).isNotNull();
      assertThat(other).isNotNull();
      assertThat(missing).isNotNull();
      assertThat(take(file)).isNull();
    }
    try (ProcessLock again = take(file)) {
      assertThat(again).isNotNull();
    }
  }

  @Test
  void twoNamesOfOneFileHaveOneLock() throws Exception {
    Path file = Files.createFile(folder.resolve("one"));
    Path second = Files.createLink(folder.resolve("second"), file);
    try (ProcessLock lock = take(file)) {
      assertThat(lock).isNotNull();
      assertThat(take(second)).isNull();
    }
  }
}
