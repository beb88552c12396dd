package dev.quayside.app;

import dev.quayside.common.AtomicFiles;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Measures the start for the benchmark: with the system property {@code quayside.startup.trace}
 * naming a file, writes into it the milliseconds from the start of the process to each mark, one
 * {@code name=milliseconds} a line, as soon as the window is filled. With {@code
 * quayside.startup.exit=true} the program ends then.
 */
final class StartupTrace {

  private final @Nullable Path file;
  private final boolean exits;
  private final Map<String, Long> marks = new LinkedHashMap<>();

  StartupTrace() {
    String name = System.getProperty("quayside.startup.trace", "");
    this.file = name.isBlank() ? null : Path.of(name);
    this.exits = Boolean.getBoolean("quayside.startup.exit");
  }

  /** Returns whether anybody wants to know. */
  boolean on() {
    return file != null || exits;
  }

  /** Notes that {@code name} was reached, once. */
  synchronized void mark(String name) {
    if (on()) {
      // Only loaded here: management classes cost a start that nobody measures.
      long began = ManagementFactory.getRuntimeMXBean().getStartTime();
      marks.putIfAbsent(name, System.currentTimeMillis() - began);
    }
  }

  /** Writes the marks; returns whether the program is to end now. */
  synchronized boolean write() {
    if (file != null) {
      StringBuilder text = new StringBuilder();
      marks.forEach((name, millis) -> text.append(name).append('=').append(millis).append('\n'));
      try {
        AtomicFiles.replace(file, text.toString().getBytes(StandardCharsets.UTF_8));
      } catch (IOException failed) {
        LoggerFactory.getLogger(StartupTrace.class)
            .warn("the trace of the start cannot be written: {}", failed.toString());
      }
    }
    return exits;
  }
}
