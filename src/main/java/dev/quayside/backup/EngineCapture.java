package dev.quayside.backup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.quayside.backup.tar.PathGuard;
import dev.quayside.backup.tar.RawPath;
import dev.quayside.backup.tar.TarEntry;
import dev.quayside.backup.tar.TarException;
import dev.quayside.backup.tar.TarReader;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.engine.Engine;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads volumes, and folders that we may not read ourselves, through a container that has them
 * mounted: the engine packs them with owners and modes, whether the container runs or not. Times
 * come in whole seconds, extended attributes do not come at all. What the engine sends is read like
 * anything foreign.
 */
final class EngineCapture {

  /** What a restore calls the old and the new set in a place that it cannot rename. */
  private static final Pattern KEPT =
      Pattern.compile("[.]quayside-(before|new)-[0-9a-f]{8}-[0-9]+(/.*)?", Pattern.DOTALL);

  private final Engine engine;
  private final Progress progress;

  EngineCapture(Engine engine, Progress progress) {
    this.engine = engine;
    this.progress = progress;
  }

  /** Returns where {@code mounted} lies in an archive. */
  static RawPath root(BackupScope.Mounted mounted) {
    RawPath top = mounted.volume() ? EntryGuard.VOLUMES : EntryGuard.FILES;
    return top.child(RawPath.of(mounted.label()));
  }

  /**
   * Counts what there is, by reading it once.
   *
   * @param kept gets the places of what a restore keeps there, which is not saved
   */
  FolderSurvey.Count survey(BackupScope.Mounted mounted, Set<String> kept)
      throws IOException, ProblemException {
    RawPath root = root(mounted);
    long bytes = 0;
    long entries = 0;
    try (InputStream stream = engine.archive(mounted.container(), mounted.target())) {
      TarReader tar = new TarReader(new Sourced(stream), _ -> {});
      for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
        if (kept(moved(entry.path(), root), root)) {
          kept.add(mounted.source() + "/" + below(entry.path()).split("/", 2)[0]);
        } else {
          entries++;
          bytes += entry.size();
        }
        if (progress.cancelled()) {
          throw new CancelledException();
        }
      }
    } catch (TarException | SourceException e) {
      // The capture meets the same and notes it.
    }
    return new FolderSurvey.Count(bytes, entries);
  }

  /** Writes {@code mounted}; what cannot be read or is of a strange name is noted. */
  void capture(BackupScope.Mounted mounted, ArchiveWriter archive)
      throws IOException, ProblemException {
    RawPath root = root(mounted);
    RawPath[] top = new RawPath[1];
    boolean begun = false;
    try (InputStream stream = engine.archive(mounted.container(), mounted.target())) {
      TarReader tar =
          new TarReader(
              new Sourced(stream),
              path -> archive.ledger().skipped(mounted.source() + "/" + below(path)));
      for (TarEntry entry = next(tar, mounted, archive);
          entry != null;
          entry = next(tar, mounted, archive)) {
        if (top[0] == null) {
          top[0] = entry.path();
          if (entry.type() != TarEntry.Type.FOLDER) {
            // It could not be seen from here what it is, and a folder in its place were a lie.
            archive.ledger().unread(mounted.source(), "it is no folder, and only root may read it");
            return;
          }
        }
        if (!entry.path().within(top[0])) {
          archive.ledger().unread(mounted.source(), "the engine sent " + entry.path());
          return;
        }
        RawPath path = moved(entry.path(), root);
        if (inside(mounted, path, root) || kept(path, root)) {
          continue;
        }
        if (!begun) {
          // The engine sends the folder itself first.
          archive.entry(with(entry, root, null));
          begun = true;
          if (path.equals(root)) {
            continue;
          }
        }
        write(entry, path, root, tar, mounted, archive);
      }
    }
    if (!begun) {
      archive.ledger().unread(mounted.source(), "the engine sent nothing");
    }
  }

  private static @Nullable TarEntry next(
      TarReader tar, BackupScope.Mounted mounted, ArchiveWriter archive) throws IOException {
    try {
      return tar.next();
    } catch (TarException | SourceException e) {
      // From here on nothing can be told of the rest.
      archive.ledger().unread(mounted.source(), Reasons.of(e));
      return null;
    }
  }

  private static void write(
      TarEntry entry,
      RawPath path,
      RawPath root,
      TarReader tar,
      BackupScope.Mounted mounted,
      ArchiveWriter archive)
      throws IOException {
    String name = mounted.source() + "/" + below(entry.path());
    try {
      PathGuard.requireInside(path);
    } catch (TarException tooLong) {
      archive.ledger().unread(name, Reasons.of(tooLong));
      return;
    }
    switch (entry.type()) {
      case FOLDER, SYMBOLIC_LINK -> archive.entry(with(entry, path, entry.link()));
      case HARD_LINK -> {
        RawPath link = entry.link();
        RawPath repeated = link == null ? root : moved(link, root);
        if (archive.hasFile(repeated)) {
          archive.entry(with(entry, path, repeated));
        } else {
          archive.ledger().unread(name, "what it repeats is not saved");
        }
      }
      case FILE -> {
        String trouble = archive.file(with(entry, path, null), new Content(tar));
        if (trouble != null) {
          archive.ledger().unread(name, trouble);
        }
      }
    }
  }

  /** Returns whether {@code path} belongs to something else that is mounted inside. */
  private static boolean inside(BackupScope.Mounted mounted, RawPath path, RawPath root) {
    for (String target : mounted.nested()) {
      RawPath place = root.child(RawPath.of(target.substring(mounted.target().length() + 1)));
      if (path.within(place) && !path.equals(place)) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether it is what a restore keeps there until it is accepted. */
  private static boolean kept(RawPath path, RawPath root) {
    if (path.length() <= root.length() || !path.within(root)) {
      return false;
    }
    int from = root.length() + 1;
    return KEPT.matcher(new String(path.bytes(), from, path.length() - from, ISO_8859_1)).matches();
  }

  private static String below(RawPath path) {
    String text = path.toString();
    return text.substring(text.indexOf('/') + 1);
  }

  /** Gives {@code NAME/rest}, as the engine calls it, the place {@code root/rest}. */
  private static RawPath moved(RawPath path, RawPath root) {
    byte[] bytes = path.bytes();
    int slash = 0;
    while (slash < bytes.length && bytes[slash] != '/') {
      slash++;
    }
    return slash == bytes.length
        ? root
        : root.child(RawPath.of(Arrays.copyOfRange(bytes, slash + 1, bytes.length)));
  }

  private static TarEntry with(TarEntry entry, RawPath path, @Nullable RawPath link) {
    return new TarEntry(
        path,
        entry.type(),
        entry.size(),
        entry.mode(),
        entry.user(),
        entry.group(),
        entry.modified(),
        link);
  }

  /** Tells failures of the engine's stream from those of the disk that is written to. */
  private static final class Sourced extends FilterInputStream {

    Sourced(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (IOException e) {
        throw new SourceException(e);
      }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      try {
        return super.read(target, offset, length);
      } catch (IOException e) {
        throw new SourceException(e);
      }
    }
  }

  /** Reads the content of the entry that a reader is at. */
  private static final class Content extends InputStream {

    private final TarReader tar;

    Content(TarReader tar) {
      this.tar = tar;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return tar.read(target, offset, length);
    }
  }
}
