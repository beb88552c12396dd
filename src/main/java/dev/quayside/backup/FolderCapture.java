package dev.quayside.backup;

import dev.quayside.backup.tar.PathGuard;
import dev.quayside.backup.tar.RawPath;
import dev.quayside.backup.tar.TarEntry;
import dev.quayside.backup.tar.TarException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a folder of the host into an archive: files, folders, symbolic and hard links with all
 * that tar can hold.
 */
final class FolderCapture implements FolderWalk.Visitor {

  /** Identifies a file with several names. */
  private record Identity(long device, long inode) {}

  private final ArchiveWriter archive;
  private final RawPath root;
  private final Map<Identity, RawPath> firstNames = new HashMap<>();

  private FolderCapture(ArchiveWriter archive, RawPath root) {
    this.archive = archive;
    this.root = root;
  }

  /** Writes {@code folder} as {@code files/LABEL}. */
  static void capture(ArchiveWriter archive, BackupScope.Folder folder) throws IOException {
    RawPath root = EntryGuard.FILES.child(RawPath.of(folder.label()));
    try {
      // Of a link, its own mode says nothing about the folder.
      FileFacts facts = FileFacts.of(folder.path().toRealPath());
      archive.entry(entry(root, TarEntry.Type.FOLDER, 0, facts, null));
      FolderWalk.walk(folder.path(), new FolderCapture(archive, root));
    } catch (java.nio.file.FileSystemException e) {
      archive.ledger().unread(folder.path().toString(), Reasons.of(e));
    }
  }

  /** Writes single files as {@code files/LABEL/NAME}; a link to a file is saved as that file. */
  static void capture(ArchiveWriter archive, BackupScope.SingleFiles files) throws IOException {
    FolderCapture capture =
        new FolderCapture(archive, EntryGuard.FILES.child(RawPath.of(files.label())));
    try {
      FileFacts facts = FileFacts.of(files.folder().toRealPath());
      archive.entry(entry(capture.root, TarEntry.Type.FOLDER, 0, facts, null));
    } catch (java.nio.file.FileSystemException e) {
      files.files().forEach(file -> archive.ledger().unread(file.toString(), Reasons.of(e)));
      return;
    }
    for (Path file : files.files()) {
      capture.single(file);
    }
  }

  private void single(Path file) throws IOException {
    Path real;
    FileFacts facts;
    try {
      real = file.toRealPath();
      facts = FileFacts.of(real);
    } catch (java.nio.file.FileSystemException e) {
      unreadable(file, e);
      return;
    }
    RawPath name = root.child(RawPaths.of(file.getFileName()));
    if (facts.kind() != FileFacts.Kind.FILE || tooLong(name)) {
      unreadable(file, new IOException("it is no file, or its path is too long"));
      return;
    }
    archive.file(real, entry(name, TarEntry.Type.FILE, facts.size(), facts, null), facts);
  }

  @Override
  public void found(Path path, RawPath relative, FileFacts facts) throws IOException {
    RawPath name = root.child(relative);
    if (tooLong(name)) {
      unreadable(path, new IOException("its path is too long for an archive"));
      return;
    }
    switch (facts.kind()) {
      case FOLDER -> archive.entry(entry(name, TarEntry.Type.FOLDER, 0, facts, null));
      case FILE -> file(path, name, facts);
      case LINK -> link(path, name, facts);
      case SOCKET, PIPE, DEVICE -> archive.ledger().skipped(path.toString());
    }
  }

  private void file(Path path, RawPath name, FileFacts facts) throws IOException {
    Identity identity = new Identity(facts.device(), facts.inode());
    RawPath first = facts.links() > 1 ? firstNames.get(identity) : null;
    if (first != null) {
      archive.entry(entry(name, TarEntry.Type.HARD_LINK, 0, facts, first));
      return;
    }
    boolean written =
        archive.file(path, entry(name, TarEntry.Type.FILE, facts.size(), facts, null), facts);
    if (written && facts.links() > 1) {
      firstNames.put(identity, name);
    }
  }

  private void link(Path path, RawPath name, FileFacts facts) throws IOException {
    RawPath target;
    try {
      target = RawPaths.of(Files.readSymbolicLink(path));
    } catch (IOException e) {
      unreadable(path, e);
      return;
    }
    archive.entry(entry(name, TarEntry.Type.SYMBOLIC_LINK, 0, facts, target));
  }

  @Override
  public void unreadable(Path path, IOException why) {
    archive.ledger().unread(path.toString(), Reasons.of(why));
  }

  private static boolean tooLong(RawPath name) {
    try {
      PathGuard.requireInside(name);
      return false;
    } catch (TarException e) {
      return true;
    }
  }

  private static TarEntry entry(
      RawPath path, TarEntry.Type type, long size, FileFacts facts, @Nullable RawPath link) {
    return new TarEntry(
        path, type, size, facts.mode(), facts.user(), facts.group(), facts.modified(), link);
  }
}
