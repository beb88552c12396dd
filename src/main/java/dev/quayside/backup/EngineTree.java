package dev.quayside.backup;

import dev.quayside.backup.tar.RawPath;
import dev.quayside.backup.tar.TarEntry;
import dev.quayside.backup.tar.TarReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/** Reads a tree as the engine packs it: below one folder, whose name says nothing. */
final class EngineTree {

  private static final int BUFFER = 1 << 16;

  private EngineTree() {}

  /** Adds everything in {@code stream} to {@code marks}, with paths below the packed folder. */
  static void mark(InputStream stream, TreeMarks marks) throws IOException {
    TarReader tar = new TarReader(stream, _ -> {});
    byte[] buffer = new byte[BUFFER];
    for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
      RawPath path = below(entry.path());
      RawPath link = entry.link();
      if (entry.type() == TarEntry.Type.FILE) {
        try (OutputStream out = marks.file(path, entry, OutputStream.nullOutputStream())) {
          for (int n = tar.read(buffer, 0, BUFFER); n >= 0; n = tar.read(buffer, 0, BUFFER)) {
            out.write(buffer, 0, n);
          }
        }
      } else if (entry.type() == TarEntry.Type.HARD_LINK && link != null) {
        marks.repeat(path, below(link));
      } else {
        marks.add(path, entry);
      }
    }
  }

  /** Returns {@code rest} of {@code NAME/rest}; empty for {@code NAME} itself. */
  static RawPath below(RawPath path) {
    byte[] bytes = path.bytes();
    int slash = 0;
    while (slash < bytes.length && bytes[slash] != '/') {
      slash++;
    }
    return slash == bytes.length
        ? RawPath.of("")
        : RawPath.of(Arrays.copyOfRange(bytes, slash + 1, bytes.length));
  }
}
