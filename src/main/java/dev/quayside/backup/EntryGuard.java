package dev.quayside.backup;

import static dev.quayside.backup.ArchiveException.Reason;

import dev.quayside.backup.tar.RawPath;
import dev.quayside.backup.tar.TarEntry;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets through only entries that lie where an archive of ours has some: each path once, each below
 * a folder that came before it, never more than the plan says. Memory: about 100 bytes an entry.
 */
final class EntryGuard {

  /** Name of the first entry. */
  static final RawPath PLAN = RawPath.of("plan.json");

  /** Name of the last entry. */
  static final RawPath SEAL = RawPath.of("seal.json");

  /** Folder that holds the folders of the stack. */
  static final RawPath FILES = RawPath.of("files");

  /** Folder that holds the dumps of the databases. */
  static final RawPath DATABASES = RawPath.of("databases");

  /** Folder that holds the named volumes. */
  static final RawPath VOLUMES = RawPath.of("volumes");

  /** Folder that holds what was saved from writable layers. */
  static final RawPath LAYERS = RawPath.of("layers");

  private static final List<RawPath> TREES = List.of(FILES, VOLUMES, LAYERS);

  /** First half of the SHA-256 of a path: two different paths never share it. */
  record Key(long high, long low) {
    static Key of(RawPath path) {
      ByteBuffer hash = ByteBuffer.wrap(Sha256.of(path.bytes()));
      return new Key(hash.getLong(), hash.getLong());
    }
  }

  private final Map<Key, TarEntry.Type> seen = new HashMap<>();
  private final long mostEntries;
  private final long mostBytes;
  private long entries;
  private long bytes;

  EntryGuard(ArchivePlan plan) {
    this.mostEntries = plan.mostEntries();
    this.mostBytes = plan.mostBytes();
  }

  /** Checks an entry between plan and seal. */
  void admit(TarEntry entry) throws ArchiveException {
    RawPath path = entry.path();
    if (++entries > mostEntries) {
      throw new ArchiveException(Reason.TOO_MUCH, "more than " + mostEntries + " entries");
    }
    bytes += entry.size();
    if (entry.size() > mostBytes || bytes > mostBytes) {
      throw new ArchiveException(Reason.TOO_MUCH, "more than " + mostBytes + " bytes");
    }
    boolean top = path.equals(DATABASES) || TREES.contains(path);
    if (top && entry.type() != TarEntry.Type.FOLDER) {
      throw new ArchiveException(Reason.MISPLACED, path + " is no folder");
    }
    if (!top && (!(tree(path) || path.within(DATABASES)) || !isFolder(path.parent()))) {
      throw new ArchiveException(Reason.MISPLACED, path.toString());
    }
    claim(path, entry.type());
    if (entry.type() == TarEntry.Type.HARD_LINK) {
      RawPath repeated = entry.link();
      if (repeated == null || seen.get(Key.of(repeated)) != TarEntry.Type.FILE) {
        throw new ArchiveException(
            Reason.MISPLACED, path + " repeats something that is no file here");
      }
    }
  }

  /** Returns whether {@code path} is among the files of a stack, rather than among its dumps. */
  static boolean tree(RawPath path) {
    return TREES.stream().anyMatch(path::within);
  }

  /** Returns the folder, like {@code files/LABEL}, that a link in it may not leave. */
  static RawPath root(RawPath path) {
    RawPath root = path;
    while (!TREES.contains(root.parent()) && root.parent().length() > 0) {
      root = root.parent();
    }
    return root;
  }

  /** Takes {@code path} for something of {@code type}. */
  void claim(RawPath path, TarEntry.Type type) throws ArchiveException {
    if (seen.putIfAbsent(Key.of(path), type) != null) {
      throw new ArchiveException(Reason.DUPLICATE, path.toString());
    }
  }

  /** Returns whether a file was let through at {@code path}. */
  boolean isFile(RawPath path) {
    return seen.get(Key.of(path)) == TarEntry.Type.FILE;
  }

  private boolean isFolder(RawPath path) {
    return seen.get(Key.of(path)) == TarEntry.Type.FOLDER;
  }
}
