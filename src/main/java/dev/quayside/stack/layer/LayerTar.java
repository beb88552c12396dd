package dev.quayside.stack.layer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the engine's archives of paths inside a container, takes what is wanted of them into one
 * archive for the root folder, and knows each entry by a fingerprint of all that has to survive:
 * kind, owner, mode, time of change, target of a link, content. One object is for one set of
 * archives and one thread.
 */
final class LayerTar {

  private static final String UTF_8 = "UTF-8";
  private static final int MODE = 07777;
  private static final int CHUNK = 64 * 1024;

  /** What a name becomes that is no UTF-8; it could not be written back. */
  private static final char UNREADABLE = '\uFFFD';

  private final Predicate<String> wanted;
  private final @Nullable TarArchiveOutputStream sink;
  private final Map<String, String> fingerprints = new TreeMap<>();

  /**
   * Takes what {@code wanted} says of an absolute path.
   *
   * @param sink where to write it; null to know the fingerprints only
   */
  LayerTar(Predicate<String> wanted, @Nullable OutputStream sink) {
    this.wanted = wanted;
    this.sink = sink == null ? null : writer(sink);
  }

  private static TarArchiveOutputStream writer(OutputStream sink) {
    TarArchiveOutputStream tar = new TarArchiveOutputStream(sink, UTF_8);
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    tar.setAddPaxHeadersForNonAsciiNames(true);
    return tar;
  }

  /** Signals that an archive holds something that cannot be carried over as it is. */
  static final class NotPortable extends IOException {
    private static final long serialVersionUID = 1;

    NotPortable(String path) {
      super(path);
    }
  }

  /**
   * Reads one archive.
   *
   * @param parent absolute path of the folder in which the archive's first entry lies
   */
  void read(InputStream archive, String parent) throws IOException {
    TarArchiveInputStream tar = new TarArchiveInputStream(archive, UTF_8);
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      String path = absolute(parent, entry.getName());
      if (wanted.test(path)) {
        take(entry, path, parent, tar);
      }
    }
  }

  /** Returns what a name in an archive of {@code parent} stands for. */
  static String absolute(String parent, String name) {
    String bare = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    return parent.equals("/") ? "/" + bare : parent + "/" + bare;
  }

  private void take(TarArchiveEntry entry, String path, String parent, TarArchiveInputStream tar)
      throws IOException {
    if (path.indexOf(UNREADABLE) >= 0) {
      throw new NotPortable(path);
    }
    TarArchiveEntry copy = new TarArchiveEntry(path.substring(1) + slash(entry), flag(entry));
    String link = "";
    if (entry.isLink()) {
      String target = absolute(parent, entry.getLinkName());
      if (!wanted.test(target)) {
        throw new NotPortable(path);
      }
      link = target.substring(1);
    } else if (entry.isSymbolicLink()) {
      link = entry.getLinkName();
    }
    if (link.indexOf(UNREADABLE) >= 0) {
      throw new NotPortable(path);
    }
    copy.setLinkName(link);
    copy.setMode(entry.getMode());
    copy.setUserId(entry.getLongUserId());
    copy.setGroupId(entry.getLongGroupId());
    copy.setLastModifiedTime(entry.getLastModifiedTime());
    copy.setDevMajor(entry.getDevMajor());
    copy.setDevMinor(entry.getDevMinor());
    copy.setSize(entry.isFile() && !entry.isLink() ? entry.getSize() : 0);
    if (sink != null) {
      sink.putArchiveEntry(copy);
    }
    String content = content(tar);
    if (sink != null) {
      sink.closeArchiveEntry();
    }
    fingerprints.put(
        path,
        String.join(
            "\0",
            path,
            Character.toString(flag(entry)),
            Integer.toOctalString(entry.getMode() & MODE),
            entry.getLongUserId() + ":" + entry.getLongGroupId(),
            entry.getDevMajor() + ":" + entry.getDevMinor(),
            Long.toString(entry.getLastModifiedTime().toInstant().getEpochSecond()),
            link,
            content));
  }

  private static String slash(TarArchiveEntry entry) {
    return entry.isDirectory() ? "/" : "";
  }

  private static byte flag(TarArchiveEntry entry) {
    byte flag = entry.getLinkFlag();
    return flag == 0 ? (byte) '0' : flag;
  }

  private String content(TarArchiveInputStream tar) throws IOException {
    MessageDigest digest = sha256();
    byte[] buffer = new byte[CHUNK];
    for (int read = tar.read(buffer); read >= 0; read = tar.read(buffer)) {
      digest.update(buffer, 0, read);
      if (sink != null) {
        sink.write(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Ends the archive; does not close where it is written to. */
  void finish() throws IOException {
    if (sink != null) {
      sink.finish();
      sink.flush();
    }
  }

  /** Returns the absolute paths that were taken. */
  Set<String> paths() {
    return new HashSet<>(fingerprints.keySet());
  }

  /** Returns one fingerprint of all that was taken: the SHA-256 in hexadecimal. */
  String fingerprint() {
    MessageDigest digest = sha256();
    for (String one : fingerprints.values()) {
      digest.update(one.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) '\n');
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
