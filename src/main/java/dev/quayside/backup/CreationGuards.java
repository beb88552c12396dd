package dev.quayside.backup;

import dev.quayside.common.ForeignText;
import dev.quayside.common.Home;
import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.common.ProcessLock;
import dev.quayside.common.Quantities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Refuses what cannot become a good archive, before anything is written. */
final class CreationGuards {

  /**
   * How much of the content an archive takes at least, as a divisor: below that there is no point
   * in starting.
   */
  private static final int BEST_RATIO = 4;

  /** Code of the problem that an archive with gaps has. */
  static final String INCOMPLETE = "BACKUP-INCOMPLETE";

  private static final long RESERVE = 16L << 20;
  private static final int NAMED = 5;
  private static final int LONGEST_LINE = 300;
  private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}");
  private static final Messages MESSAGES = Messages.of("backup");

  private CreationGuards() {}

  /** Returns the final name of the archive, which is free. */
  static Path target(BackupRequest request, Instant created) throws RefusedException {
    Path given = request.target().toAbsolutePath().normalize();
    Path target =
        Files.isDirectory(given)
            ? given.resolve(ArchiveName.of(request.scope().stack(), created, request.compression()))
            : given;
    Path folder = target.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new RefusedException(ArchiveProblems.of("BACKUP-NO-FOLDER", target));
    }
    Path manifest = Sidecar.path(target);
    for (Path taken :
        new Path[] {target, ArchiveFile.part(target), manifest, ArchiveFile.part(manifest)}) {
      if (Files.exists(taken, LinkOption.NOFOLLOW_LINKS)) {
        throw new RefusedException(ArchiveProblems.of("BACKUP-EXISTS", taken));
      }
    }
    return target;
  }

  /** Checks that nobody else stops and starts services of the stack, or is cut off in it. */
  static void free(Home home, String stack, @Nullable ProcessLock held) throws IOException {
    if (held == null) {
      throw new RefusedException(MESSAGES.problem("BACKUP-STACK-BUSY", stack));
    }
    if (StackHold.cutOff(home, stack)) {
      throw new RefusedException(MESSAGES.problem("BACKUP-RESTORE-CUT-OFF", stack));
    }
  }

  /** Checks what is to be saved. */
  static void check(BackupScope scope, Path target) throws IOException {
    if (scope.folders().isEmpty()
        && scope.files().isEmpty()
        && scope.databases().isEmpty()
        && scope.mounted().isEmpty()) {
      throw new RefusedException(ArchiveProblems.of("BACKUP-NOTHING", target));
    }
    Set<String> labels = new HashSet<>();
    for (BackupScope.SingleFiles files : scope.files()) {
      claim(files.label(), files.folder(), labels);
    }
    for (BackupScope.Folder folder : scope.folders()) {
      claim(folder.label(), folder.path(), labels);
      if (!Files.isDirectory(folder.path())) {
        throw new RefusedException(ArchiveProblems.of("BACKUP-NOT-A-FOLDER", folder.path()));
      }
      requireOutside(target, folder.path().toString());
    }
    for (BackupScope.Mounted mounted : scope.mounted()) {
      if (!mounted.volume()) {
        requireOutside(target, mounted.source());
      }
    }
  }

  private static void requireOutside(Path target, String saved) throws IOException {
    Path parent = target.getParent();
    if (parent != null && parent.toRealPath().startsWith(Places.real(saved))) {
      throw new RefusedException(ArchiveProblems.of("BACKUP-TARGET-INSIDE", target, saved));
    }
  }

  private static void claim(String label, Path path, Set<String> taken) throws RefusedException {
    if (!LABEL.matcher(label).matches() || !taken.add(label)) {
      throw new RefusedException(ArchiveProblems.of("BACKUP-BAD-LABEL", path, label));
    }
  }

  /**
   * Checks that there can be room for {@code content} bytes, compressed as well as data ever is.
   */
  static void requireRoom(Path target, long content) throws IOException {
    requireSpace(target, content / BEST_RATIO);
  }

  /** Checks that there is room for {@code bytes}, and a little for the system to go on. */
  static void requireSpace(Path target, long bytes) throws IOException {
    Path folder = target.getParent();
    if (folder == null) {
      return;
    }
    long needed = bytes + RESERVE;
    long free = Files.getFileStore(folder).getUsableSpace();
    if (needed > free) {
      throw new RefusedException(
          ArchiveProblems.of(
              "BACKUP-NO-ROOM", target, Quantities.bytes(needed), Quantities.bytes(free)));
    }
  }

  /** Words what is missing or torn in an archive. */
  static Problem incomplete(BackupReceipt receipt) {
    List<String> lines = new ArrayList<>();
    receipt.unread().forEach(each -> lines.add(each.path() + " (" + each.reason() + ")"));
    receipt.changed().forEach(path -> lines.add(MESSAGES.get("unread.changed", path)));
    receipt.unsure().forEach(source -> lines.add(MESSAGES.get("unread.unsure", source)));
    String named =
        lines.stream()
            .limit(NAMED)
            .map(each -> ForeignText.line(each, LONGEST_LINE))
            .collect(Collectors.joining("; "));
    int more = lines.size() - NAMED;
    String list = more > 0 ? MESSAGES.get("unread.more", named, more) : named;
    return ArchiveProblems.of(INCOMPLETE, receipt.archive(), list);
  }
}
