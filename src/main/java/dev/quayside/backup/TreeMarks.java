package dev.quayside.backup;

import dev.quayside.backup.tar.RawPath;
import dev.quayside.backup.tar.TarEntry;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what a tree holds, in the order in which nobody has to send it: kinds, modes, owners,
 * links and hashes of contents. Times are left out, because engines keep whole seconds only and
 * folders get new ones when something is moved into them. For one thread.
 */
final class TreeMarks {

  private static final int KEPT = 16;
  private static final String DIGEST = "SHA-256";

  private final Map<RawPath, byte[]> marks = new HashMap<>();

  /** Adds a folder or a symbolic link. */
  void add(RawPath path, TarEntry entry) {
    RawPath link = entry.link();
    mark(path, entry, link == null ? new byte[0] : link.bytes());
  }

  /** Adds another name of the file at {@code repeated}, which came before. */
  void repeat(RawPath path, RawPath repeated) {
    byte[] known = marks.get(repeated);
    if (known != null) {
      marks.put(path, known);
    }
  }

  /** Hands content on to {@code sink} and adds the file when it is closed. */
  OutputStream file(RawPath path, TarEntry entry, OutputStream sink) {
    return new Marked(path, entry, sink);
  }

  /** Returns a path at which the two differ; null if they are the same. */
  @Nullable RawPath difference(TreeMarks other) {
    for (Map.Entry<RawPath, byte[]> each : marks.entrySet()) {
      if (!Arrays.equals(each.getValue(), other.marks.get(each.getKey()))) {
        return each.getKey();
      }
    }
    return other.marks.keySet().stream()
        .filter(path -> !marks.containsKey(path))
        .findFirst()
        .orElse(null);
  }

  private void mark(RawPath path, TarEntry entry, byte[] content) {
    MessageDigest digest = digest();
    digest.update(
        "%s %o %d:%d %d "
            .formatted(
                entry.type(),
                entry.type() == TarEntry.Type.SYMBOLIC_LINK ? 0 : entry.mode(),
                entry.user(),
                entry.group(),
                entry.size())
            .getBytes(StandardCharsets.US_ASCII));
    digest.update(content);
    marks.put(path, Arrays.copyOf(digest.digest(), KEPT));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance(DIGEST);
    } catch (java.security.NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has " + DIGEST, impossible);
    }
  }

  private final class Marked extends FilterOutputStream {

    private final RawPath path;
    private final TarEntry entry;
    private final MessageDigest content = digest();
    private boolean closed;

    Marked(RawPath path, TarEntry entry, OutputStream sink) {
      super(sink);
      this.path = path;
      this.entry = entry;
    }

    @Override
    public void write(int single) throws IOException {
      write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      content.update(source, offset, length);
      out.write(source, offset, length);
    }

    @Override
    public void close() throws IOException {
      if (!closed) {
        closed = true;
        super.close();
        mark(
            path,
            entry,
            HexFormat.of().formatHex(content.digest()).getBytes(StandardCharsets.US_ASCII));
      }
    }
  }
}
