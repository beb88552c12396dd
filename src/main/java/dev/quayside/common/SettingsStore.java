package dev.quayside.common;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the settings in {@code settings.properties} of the configuration folder: read once, written
 * a second after the last change and when closed, in one step. A file that cannot be read is set
 * aside, not overwritten. Safe for use by several threads; of two running programs the one that
 * saves last wins.
 */
public final class SettingsStore implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SettingsStore.class);
  private static final String NAME = "settings.properties";
  private static final long LATER_MILLIS = 1_000;
  private static final long LARGEST_FILE = 1 << 20;

  private final Path file;
  private final ScheduledExecutorService timer;
  private final Feed<Settings> feed;
  private SettingsFile written;
  private boolean pending;
  private @Nullable Problem problem;

  private SettingsStore(Path file, ScheduledExecutorService timer, SettingsFile found) {
    this.file = file;
    this.timer = timer;
    this.written = found;
    this.feed = new Feed<>(found.settings());
  }

  /**
   * Reads the settings; does I/O.
   *
   * @param timer runs the saving; not closed here
   */
  public static SettingsStore open(Home home, ScheduledExecutorService timer) {
    Path file = home.config().resolve(NAME);
    try {
      return new SettingsStore(file, timer, SettingsFile.read(text(file)));
    } catch (IOException unreadable) {
      SettingsStore store = new SettingsStore(file, timer, new SettingsFile(java.util.Map.of()));
      store.setAside(unreadable);
      return store;
    }
  }

  /**
   * Returns the settings as they are on disk and leaves the file alone, whatever it holds; one that
   * cannot be read is for the window to tell.
   */
  public static Settings readOnly(Home home) {
    try {
      return SettingsFile.read(text(home.config().resolve(NAME))).settings();
    } catch (IOException unreadable) {
      LOG.warn("settings not read: {}", unreadable.toString());
      return Settings.usual();
    }
  }

  private static String text(Path file) throws IOException {
    try {
      if (Files.size(file) > LARGEST_FILE) {
        throw new IOException("the settings are larger than 1 MiB");
      }
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException none) {
      return "";
    }
  }

  private synchronized void setAside(IOException why) {
    Messages messages = Messages.of("settings");
    Path aside = file.resolveSibling("settings.properties.unreadable");
    try {
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException stays) {
      why.addSuppressed(stays);
    }
    problem =
        new Problem(
            "SETTINGS-UNREADABLE",
            messages.get("problem.unreadable.title"),
            messages.get("problem.unreadable.happened", file),
            messages.get("problem.unreadable.unchanged", aside),
            messages.get("problem.unreadable.next"),
            null,
            String.valueOf(why.getMessage()));
  }

  /** Returns the newest settings and tells observers about changes. */
  public Feed<Settings> feed() {
    return feed;
  }

  /** Returns what is wrong with the file; null if nothing. */
  public synchronized @Nullable Problem problem() {
    return problem;
  }

  /** Returns where the settings are kept. */
  public Path file() {
    return file;
  }

  /** Changes the settings at once; the file follows within about a second. */
  public synchronized void change(UnaryOperator<Settings> change) {
    feed.publish(change.apply(feed.latest()));
    if (!pending && !timer.isShutdown()) {
      pending = true;
      var _ = timer.schedule(this::save, LATER_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /**
   * Writes what is not written yet; a failure is kept as {@link #problem} and tried again at the
   * next change.
   */
  public synchronized void save() {
    pending = false;
    if (written.settings().equals(feed.latest())) {
      return;
    }
    SettingsFile next = written.with(feed.latest());
    try {
      Files.createDirectories(file.getParent());
      AtomicFiles.replace(file, next.bytes());
      written = next;
      problem = null;
    } catch (IOException failed) {
      Messages messages = Messages.of("settings");
      LOG.warn("settings not saved: {}", failed.toString());
      problem =
          new Problem(
              "SETTINGS-NOT-SAVED",
              messages.get("problem.save.title"),
              messages.get("problem.save.happened", file),
              messages.get("problem.save.unchanged"),
              messages.get("problem.save.next"),
              null,
              String.valueOf(failed.getMessage()));
    }
  }

  @Override
  public void close() {
    save();
  }
}
