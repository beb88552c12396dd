package dev.quayside.engine.compose;

import dev.quayside.common.AtomicFiles;
import dev.quayside.common.ProcessIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes copies of Compose files that Compose can read without interpolating: it splits the short
 * form of a volume at every colon, also at that in <code>${DATA:-./data}:/data:ro</code>, and then
 * rejects a file that it takes as it is otherwise (seen with Compose 2.26). In the copies the colon
 * of such an operator is left out, which names the same variable and has a default just the same.
 */
final class VolumeDefaults implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(VolumeDefaults.class);
  private static final String PREFIX = "quayside-compose-";
  private static final int LARGEST = 4 * 1024 * 1024;

  /** An item of a list that mounts something: it leads to an absolute path. */
  private static final Pattern ITEM = Pattern.compile("(?m)^[ \\t]*-[ \\t].*:[ \\t]*/.*$");

  private static final Pattern OPERATOR =
      Pattern.compile("(\\$\\{[A-Za-z_][A-Za-z0-9_]*):([-?+][^}:]*})");

  /** Names that Compose looks for, each with that of its override. */
  private static final List<List<String>> DEFAULTS =
      List.of(
          List.of("compose.yaml", "compose.override.yaml"),
          List.of("compose.yml", "compose.override.yml"),
          List.of("docker-compose.yml", "docker-compose.override.yml"),
          List.of("docker-compose.yaml", "docker-compose.override.yaml"));

  private final Path folder;
  private final ComposeInvocation invocation;

  private VolumeDefaults(Path folder, ComposeInvocation invocation) {
    this.folder = folder;
    this.invocation = invocation;
  }

  /**
   * Makes the copies, which only this user may read, in a temporary folder.
   *
   * @return null where no file has such a volume
   */
  static @Nullable VolumeDefaults of(ComposeInvocation original) throws IOException {
    List<Path> files = files(original);
    List<String> texts = new ArrayList<>();
    boolean changed = false;
    for (Path file : files) {
      if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
        return null;
      }
      String text = Files.readString(file);
      String without = rewritten(text);
      changed |= !without.equals(text);
      texts.add(without);
    }
    return changed ? copies(original, files, texts) : null;
  }

  private static VolumeDefaults copies(
      ComposeInvocation original, List<Path> files, List<String> texts) throws IOException {
    // Of mode 0700, as Java makes temporary folders.
    Path folder = Files.createTempDirectory(PREFIX + ProcessIdentity.own().asPrefix());
    removeLeft(folder);
    List<Path> copies = new ArrayList<>();
    VolumeDefaults made =
        new VolumeDefaults(
            folder,
            new ComposeInvocation(
                original.project(),
                original.directory(),
                List.of(),
                original.envFiles(),
                original.profiles()));
    try {
      for (int i = 0; i < files.size(); i++) {
        Path copy = folder.resolve(i + "-" + files.get(i).getFileName());
        AtomicFiles.create(copy, texts.get(i).getBytes(StandardCharsets.UTF_8));
        copies.add(copy);
      }
    } catch (IOException failure) {
      made.close();
      throw failure;
    }
    return new VolumeDefaults(
        folder,
        new ComposeInvocation(
            original.project(),
            original.directory(),
            copies,
            original.envFiles(),
            original.profiles()));
  }

  /** Removes the copies of processes that were killed: Compose files may hold passwords. */
  private static void removeLeft(Path ours) {
    Path temporary = ours.toAbsolutePath().getParent();
    try (var folders = Files.newDirectoryStream(temporary, PREFIX + "*")) {
      for (Path folder : folders) {
        String name = String.valueOf(folder.getFileName()).substring(PREFIX.length());
        ProcessIdentity maker = ProcessIdentity.ofPrefix(name);
        if (maker != null && !maker.alive() && sameOwner(folder, ours)) {
          remove(folder);
        }
      }
    } catch (IOException | DirectoryIteratorException left) {
      // The next one tries again; that something else lies there must not keep us from reading.
      LOG.warn("copies of a killed process stay in {}", temporary, left);
    }
  }

  private static boolean sameOwner(Path folder, Path ours) throws IOException {
    return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(ours));
  }

  private static void remove(Path folder) throws IOException {
    try (var copies = Files.newDirectoryStream(folder)) {
      for (Path copy : copies) {
        Files.deleteIfExists(copy);
      }
    }
    Files.deleteIfExists(folder);
  }

  /** Returns {@code text} with the colon left out of operators in short volumes. */
  static String rewritten(String text) {
    return ITEM.matcher(text)
        .replaceAll(
            item -> Matcher.quoteReplacement(OPERATOR.matcher(item.group()).replaceAll("$1$2")));
  }

  private static List<Path> files(ComposeInvocation invocation) {
    if (!invocation.files().isEmpty()) {
      return invocation.files();
    }
    for (List<String> names : DEFAULTS) {
      Path file = invocation.directory().resolve(names.getFirst());
      if (Files.isRegularFile(file)) {
        Path override = invocation.directory().resolve(names.getLast());
        return Files.isRegularFile(override) ? List.of(file, override) : List.of(file);
      }
    }
    return List.of();
  }

  /** Returns the invocation on the copies; what its files name relative to themselves is lost. */
  ComposeInvocation invocation() {
    return invocation;
  }

  /** Removes the copies. */
  @Override
  public void close() throws IOException {
    remove(folder);
  }
}
