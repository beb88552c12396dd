package dev.quayside.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Looks whether archives are still where they were. A share whose server is gone may answer never,
 * and would hold the thread that asks: so each folder has a thread of its own, which is waited for
 * only so long and asked no second time while it hangs.
 */
final class PresenceLook {

  private static final Duration LONGEST = Duration.ofSeconds(3);

  private final Function<ShelvedArchive, Presence> eyes;
  private final Duration longest;
  private final Map<Path, CompletableFuture<Presence>> underway = new ConcurrentHashMap<>();

  PresenceLook() {
    this(PresenceLook::at, LONGEST);
  }

  /** Looks with {@code eyes}, which may block for ever; tests have their own. */
  PresenceLook(Function<ShelvedArchive, Presence> eyes, Duration longest) {
    this.eyes = eyes;
    this.longest = longest;
  }

  /** Returns {@code archives} in their order, with what is seen of each. */
  List<ShelvedArchive> of(List<ShelvedArchive> archives) {
    List<CompletableFuture<Presence>> asked = new ArrayList<>();
    Map<Path, List<ShelvedArchive>> fresh = new HashMap<>();
    for (ShelvedArchive each : archives) {
      Path file = each.archive().toAbsolutePath();
      CompletableFuture<Presence> mine = new CompletableFuture<>();
      CompletableFuture<Presence> other = underway.putIfAbsent(file, mine);
      asked.add(other == null ? mine : other);
      if (other == null) {
        fresh.computeIfAbsent(folder(file), _ -> new ArrayList<>()).add(each);
      }
    }
    fresh.forEach((folder, files) ->
        Thread.ofPlatform().daemon().name("look-into-" + folder).start(() -> look(files)));
    CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .completeOnTimeout(null, longest.toMillis(), TimeUnit.MILLISECONDS)
        .join();
    List<ShelvedArchive> seen = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      seen.add(archives.get(i).with(asked.get(i).getNow(Presence.DISK_AWAY)));
    }
    return List.copyOf(seen);
  }

  private void look(List<ShelvedArchive> archives) {
    for (ShelvedArchive each : archives) {
      Presence seen = Presence.DISK_AWAY;
      try {
        seen = eyes.apply(each);
      } finally {
        CompletableFuture<Presence> waiting = underway.remove(each.archive().toAbsolutePath());
        if (waiting != null) {
          waiting.complete(seen);
        }
      }
    }
  }

  private static Presence at(ShelvedArchive archive) {
    Path file = archive.archive();
    try {
      BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
      return seen.isRegularFile() && seen.size() == archive.bytes()
          ? Presence.THERE
          : Presence.NOT_AS_WRITTEN;
    } catch (IOException unseen) {
      // Only what certainly is not there is gone: a folder that gives an error proves nothing.
      return Files.isDirectory(folder(file)) && Files.notExists(file)
          ? Presence.FILE_GONE
          : Presence.DISK_AWAY;
    }
  }

  private static Path folder(Path file) {
    Path parent = file.getParent();
    return parent == null ? file : parent;
  }
}
