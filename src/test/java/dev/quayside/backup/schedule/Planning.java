package dev.quayside.backup.schedule;

import dev.quayside.backup.ArchiveRemoval;
import dev.quayside.backup.BackupCreation;
import dev.quayside.backup.BackupReceipt;
import dev.quayside.backup.BackupRequest;
import dev.quayside.backup.BackupScope;
import dev.quayside.backup.Compression;
import dev.quayside.backup.Protection;
import dev.quayside.backup.SecondCopy;
import dev.quayside.common.Home;
import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.journal.Journal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sets up a home, folders and a systemd that only notes what it is asked. */
final class Planning {

  static final Instant BEGIN = Instant.parse("2026-11-22T10:20:30Z");

  final Path root;
  final Home home;
  final Path data;
  final Path target;
  final Path second;
  final Path key;
  final Path asked;
  Instant now = BEGIN;
  StepBoundary whileCopying = StepBoundary.none();

  Planning(Path root, Path key) throws Exception {
    this.root = root;
    this.key = key;
    home =
        new Home(
            root.resolve("home/config"), root.resolve("home/state"), root.resolve("home/cache"));
    home.create();
    data = Files.createDirectory(root.resolve("data"));
    Files.writeString(data.resolve("text"), "hello");
    target = Files.createDirectory(root.resolve("target"));
    second = Files.createDirectory(root.resolve("second"));
    asked = root.resolve("asked");
  }

  InstantSource clock() {
    return () -> now;
  }

  /** Returns an environment without systemd. */
  Map<String, String> without() {
    return Map.of("PATH", root.resolve("empty").toString(), "HOME", root.toString());
  }

  /**
   * Returns an environment with a systemctl that notes its arguments and fails at those that hold
   * {@code refused}, and a loginctl that says that the user lingers.
   */
  Map<String, String> with(@Nullable String refused) throws Exception {
    Path programs = Files.createDirectories(root.resolve("programs"));
    script(
        programs.resolve("systemctl"),
        "echo \"$*\" >> '"
            + asked
            + "'\ncase \"$*\" in *'"
            + (refused == null ? "no such word" : refused)
            + "'*) echo 'Access denied' >&2; exit 1;; esac\n");
    script(programs.resolve("loginctl"), "echo Linger=yes\n");
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", programs + ":/usr/bin:/bin");
    environment.put("HOME", root.toString());
    return environment;
  }

  private static void script(Path file, String text) throws Exception {
    Files.writeString(file, "#!/bin/sh\n" + text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  Schedules schedules(Map<String, String> environment) {
    return new Schedules(
        home, () -> Journal.open(home, clock()), environment, clock(), ZoneOffset.UTC);
  }

  SchedulePlan.Request request(Retention keep, @Nullable Path copies) throws Exception {
    return new SchedulePlan.Request(
        "demo",
        target,
        copies,
        List.of(key),
        List.of(),
        Compression.ZSTD,
        OnCalendar.parse("*-*-* 02:00"),
        keep,
        true);
  }

  ScheduledBackup backup() throws Exception {
    Journal journal = Journal.open(home, clock());
    StepBoundary none = StepBoundary.none();
    return new ScheduledBackup(
        home,
        new ScheduledBackup.Operations(
            (stack, folders) -> scope(stack),
            new BackupCreation(home, journal, clock(), none),
            new SecondCopy(home, journal, whileCopying),
            new ArchiveRemoval(home, journal, none)),
        archive -> false,
        clock(),
        ZoneOffset.UTC);
  }

  /** Makes an archive that no plan is about, into the same folder. */
  Outcome<BackupReceipt> byHand() {
    try {
      return new BackupCreation(home, Journal.open(home, clock()), clock(), StepBoundary.none())
          .run(
              new BackupRequest(
                  scope("demo"), target, new Protection.Recipients(List.of(key)), Compression.ZSTD),
              Progress.none());
    } catch (ProblemException e) {
      throw new AssertionError(e);
    }
  }

  private BackupScope scope(String stack) {
    return new BackupScope(
        stack,
        "generic",
        List.of(new BackupScope.Folder("data", data)),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }
}
