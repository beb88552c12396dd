package dev.quayside.backup;

import dev.quayside.backup.tar.PathGuard;
import dev.quayside.backup.tar.RawPath;
import dev.quayside.backup.tar.TarEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes what an archive holds into a staging folder that only we can enter. Symbolic links are
 * made last, so that nothing is ever written through one; modes and owners of folders after that.
 */
final class Extraction implements ArchiveSink {

  private static final Set<OpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  private static final FileAttribute<?> PRIVATE_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<?> PRIVATE_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  /**
   * Set-user-id, set-group-id and sticky: only kept where the owner is kept too, and where it is
   * known who made the archive.
   */
  private static final int PLAIN_MODE = 0777;

  private static final int OWNER_READS = 0400;
  private static final String ALL = "rwxrwxrwx";
  private static final Path SELF = Path.of("/proc/self");

  /** The id that the system takes for "leave it as it is", without an error. */
  private static final long NOBODY = 0xFFFFFFFFL;

  /** Says where an entry is written. */
  interface Places {
    /** Returns the place of {@code path}. */
    Path of(RawPath path);

    /** Returns the folder in the archive that a link at {@code path} may not leave. */
    default RawPath root(RawPath path) {
      return EntryGuard.root(path);
    }
  }

  private final Places places;
  private final RestoreRoom room;
  private final Runnable planRead;
  private final SequencedMap<RawPath, TarEntry> folders = new LinkedHashMap<>();
  private final List<TarEntry> links = new ArrayList<>();
  private final List<TarEntry> special = new ArrayList<>();
  private final List<String> outsideLinks = new ArrayList<>();
  private final Map<Integer, FileAttribute<?>> modes = new HashMap<>();
  private @Nullable FileFacts we;
  private boolean ownersKept = true;
  private long reduced;

  /**
   * Writes below {@code staging}, which exists and is empty.
   *
   * @param room sees to it that everything fits
   * @param planRead is told when the plan is read and fits
   */
  Extraction(Path staging, RestoreRoom room, Runnable planRead) {
    this(path -> RawPaths.resolve(staging, path), room, planRead);
  }

  /** Writes each entry where {@code places} says. */
  Extraction(Places places, RestoreRoom room, Runnable planRead) {
    this.places = places;
    this.room = room;
    this.planRead = planRead;
  }

  @Override
  public void plan(ArchivePlan plan) throws IOException {
    room.require(plan);
    planRead.run();
  }

  @Override
  public void folder(TarEntry entry) throws IOException {
    room.check();
    room.node();
    // What is told of a folder again is only how it is, as of the staging folder itself.
    if (folders.put(entry.path(), entry) == null && entry.path().length() > 0) {
      Files.createDirectory(path(entry.path()), PRIVATE_FOLDER);
    }
  }

  @Override
  public OutputStream file(TarEntry entry) throws IOException {
    room.check();
    Path path = path(entry.path());
    FileChannel channel = FileChannel.open(path, NEW, newFile(entry));
    return new RestoredFile(room.watching(Channels.newOutputStream(channel)), path, entry);
  }

  /**
   * Returns the mode a file is made with. One that stays ours is made as it is to be, which saves a
   * look and a step for each of many small files; of one that goes to somebody else nobody but us
   * sees anything before.
   */
  private FileAttribute<?> newFile(TarEntry entry) throws IOException {
    if (we == null) {
      we = FileFacts.of(SELF);
    }
    boolean stays = we.user() == entry.user() && we.group() == entry.group();
    // Its time could not be set by us otherwise.
    boolean readable = (entry.mode() & OWNER_READS) != 0;
    return stays && readable
        ? modes.computeIfAbsent(entry.mode() & PLAIN_MODE, Extraction::attribute)
        : PRIVATE_FILE;
  }

  private static FileAttribute<?> attribute(int mode) {
    StringBuilder text = new StringBuilder(ALL.length());
    for (int i = 0; i < ALL.length(); i++) {
      text.append((mode & (OWNER_READS >> i)) == 0 ? '-' : ALL.charAt(i));
    }
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text.toString()));
  }

  @Override
  public OutputStream segment(RawPath joined, TarEntry segment, boolean first) throws IOException {
    Path path = path(joined);
    return room.watching(
        Channels.newOutputStream(
            first
                ? FileChannel.open(path, NEW, PRIVATE_FILE)
                : FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND)));
  }

  @Override
  public void hardLink(TarEntry entry) throws IOException {
    RawPath repeated = entry.link();
    if (repeated == null) {
      throw new IOException("a link to nothing");
    }
    Files.createLink(path(entry.path()), path(repeated));
  }

  @Override
  public void symbolicLink(TarEntry entry) {
    links.add(entry);
  }

  /**
   * Makes the links, then gives the folders their modes and times, and files the special part of
   * their modes. To be called when everything is verified.
   *
   * @param trusted whether the archive's origin is known; if not, symbolic links that lead out are
   *     left out, and no file runs as its owner
   */
  void complete(boolean trusted) throws IOException {
    complete(trusted, trusted);
  }

  /**
   * Does the same, where links are judged otherwise than modes.
   *
   * @param outside whether symbolic links that lead out are made
   * @param trusted whether files may run as their owner
   */
  void complete(boolean outside, boolean trusted) throws IOException {
    for (TarEntry entry : links) {
      link(entry, outside);
    }
    for (TarEntry entry : special) {
      specially(entry, trusted);
    }
    for (TarEntry entry : folders.sequencedValues().reversed()) {
      boolean owned = describe(path(entry.path()), entry);
      if (owned && (entry.mode() & ~PLAIN_MODE) != 0) {
        specially(entry, trusted);
      }
    }
  }

  private void specially(TarEntry entry, boolean trusted) throws IOException {
    if (trusted) {
      mode(path(entry.path()), entry.mode());
    } else {
      reduced++;
    }
  }

  /** Returns how many files and folders lost the special part of their modes for want of trust. */
  long reduced() {
    return reduced;
  }

  private void link(TarEntry entry, boolean trusted) throws IOException {
    RawPath target = entry.link();
    if (target == null) {
      throw new IOException("a link to nothing");
    }
    if (PathGuard.leadsOut(entry.path(), target, places.root(entry.path()))) {
      outsideLinks.add(entry.path() + " -> " + target);
      if (!trusted) {
        return;
      }
    }
    Path path = path(entry.path());
    Files.createSymbolicLink(path, RawPaths.target(target));
    own(path, entry, FileFacts.of(path));
    // The system keeps the times of links to the microsecond only.
    Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setTimes(entry.modified().toFileTime(), null, null);
  }

  /** Returns whether the owner is as in the archive. */
  private boolean describe(Path path, TarEntry entry) throws IOException {
    FileFacts facts = FileFacts.of(path);
    boolean owned = own(path, entry, facts);
    FileTime modified = entry.modified().toFileTime();
    // With both times given the system need not be asked for the other one first.
    Files.getFileAttributeView(path, BasicFileAttributeView.class)
        .setTimes(modified, modified, null);
    int mode = entry.mode() & PLAIN_MODE;
    if (facts.mode() != mode) {
      mode(path, mode);
    }
    return owned;
  }

  private static void mode(Path path, int mode) throws IOException {
    Files.setAttribute(path, "unix:mode", mode, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Gives {@code path} its owner and group where they differ; returns whether both are as in the
   * archive.
   */
  private boolean own(Path path, TarEntry entry, FileFacts facts) {
    boolean owned = true;
    if (facts.group() != entry.group()) {
      owned = set(path, "unix:gid", entry.group());
    }
    if (facts.user() != entry.user()) {
      owned &= set(path, "unix:uid", entry.user());
    }
    ownersKept &= owned;
    return owned;
  }

  private static boolean set(Path path, String attribute, long id) {
    if (id == NOBODY) {
      return false;
    }
    try {
      Files.setAttribute(path, attribute, (int) id, LinkOption.NOFOLLOW_LINKS);
      return true;
    } catch (IOException e) {
      return false; // only root may give files away; the receipt says so
    }
  }

  private Path path(RawPath relative) {
    return places.of(relative);
  }

  List<String> outsideLinks() {
    return outsideLinks;
  }

  boolean ownersKept() {
    return ownersKept;
  }

  /** Describes the file when it is closed, because writing changes its time. */
  private final class RestoredFile extends java.io.FilterOutputStream {

    private final Path path;
    private final TarEntry entry;
    private boolean closed;

    RestoredFile(OutputStream out, Path path, TarEntry entry) {
      super(out);
      this.path = path;
      this.entry = entry;
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      out.write(source, offset, length);
    }

    @Override
    public void close() throws IOException {
      if (!closed) {
        closed = true;
        super.close();
        if (describe(path, entry) && (entry.mode() & ~PLAIN_MODE) != 0) {
          special.add(entry);
        }
      }
    }
  }
}
