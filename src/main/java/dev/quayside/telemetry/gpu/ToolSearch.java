package dev.quayside.telemetry.gpu;

import dev.quayside.common.PathTexts;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the tool on a thread of its own: a folder of {@code PATH} may lie on a network share
 * that is dead, and to look into it then takes for ever. No second look is begun beside one that
 * hangs. One thread calls its methods.
 */
final class ToolSearch {

  private static final String PROGRAM = "nvidia-smi";

  /** Where drivers put the tool besides PATH: WSL and the container toolkit. */
  private static final List<String> OTHER_PLACES =
      List.of("/usr/lib/wsl/lib", "/usr/local/nvidia/bin");

  /**
   * Tells what a look found.
   *
   * @param program the tool; null where there is none
   */
  record Answer(@Nullable String program) {}

  private final String path;
  private final Predicate<Path> executable;
  private final Executor apart;
  private final AtomicBoolean busy = new AtomicBoolean();
  private final AtomicReference<@Nullable Answer> answer = new AtomicReference<>();

  /** Prepares to look into the folders of {@code path}, which is the variable {@code PATH}. */
  static ToolSearch on(String path) {
    return new ToolSearch(
        path,
        Files::isExecutable,
        work -> Thread.ofPlatform().daemon().name("nvidia-smi-search").start(work));
  }

  ToolSearch(String path, Predicate<Path> executable, Executor apart) {
    this.path = path;
    this.executable = executable;
    this.apart = apart;
  }

  /** Begins a look unless one goes on. */
  void begin() {
    if (busy.compareAndSet(false, true)) {
      apart.execute(this::look);
    }
  }

  /** Returns whether a look goes on. */
  boolean busy() {
    return busy.get();
  }

  /** Returns what the last look found, once. */
  @Nullable Answer take() {
    return answer.getAndSet(null);
  }

  private void look() {
    try {
      answer.set(new Answer(program()));
    } finally {
      busy.set(false);
    }
  }

  private @Nullable String program() {
    List<String> places = new ArrayList<>(List.of(path.split(File.pathSeparator, -1)));
    places.addAll(OTHER_PLACES);
    for (String place : places) {
      Path folder = place.startsWith("/") ? PathTexts.pathOrNull(place) : null;
      if (folder != null && executable.test(folder.resolve(PROGRAM))) {
        return folder.resolve(PROGRAM).toString();
      }
    }
    return null;
  }
}
