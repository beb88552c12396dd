package dev.quayside.backup;

import dev.quayside.backup.tar.RawPath;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Converts between the JDK's paths and their bytes. A path's text depends on the locale and loses
 * bytes that are no text in it; its URI holds every byte in any locale (tried on JDK 17 and 25).
 */
final class RawPaths {

  /**
   * A folder that nobody has: the JDK adds a slash to the URI of a path that happens to be a
   * folder.
   */
  private static final Path NOWHERE = Path.of("/.quayside-no-such-folder");

  private static final int NOWHERE_LENGTH = NOWHERE.toString().length() + 1;
  private static final int ASCII = 0x80;
  private static final String UNRESERVED = "-._~";

  private RawPaths() {}

  /**
   * Returns the bytes of a relative path, for example a file's name or the target of a symbolic
   * link.
   */
  static RawPath of(Path path) {
    String text = path.toString();
    if (text.chars().allMatch(c -> c < ASCII)) {
      return RawPath.of(text);
    }
    boolean absolute = path.isAbsolute();
    Path somewhere =
        absolute ? NOWHERE.resolve(Path.of("/").relativize(path)) : NOWHERE.resolve(path);
    byte[] bytes = decoded(somewhere.toUri().getRawPath());
    int start = absolute ? NOWHERE_LENGTH - 1 : NOWHERE_LENGTH;
    return RawPath.of(Arrays.copyOfRange(bytes, start, bytes.length));
  }

  /** Returns the path with exactly the bytes of {@code relative} below {@code folder}. */
  static Path resolve(Path folder, RawPath relative) {
    if (relative.ascii()) {
      return folder.resolve(relative.toString());
    }
    String base = folder.toUri().getRawPath();
    String root = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    return Path.of(URI.create("file://" + root + "/" + encoded(relative)));
  }

  /** Returns the path that a symbolic link with exactly the bytes {@code target} holds. */
  static Path target(RawPath target) {
    if (target.ascii()) {
      return Path.of(target.toString());
    }
    Path below = resolve(NOWHERE, target.at(0) == '/' ? RawPath.of(skipped(target)) : target);
    Path relative = below.subpath(1, below.getNameCount());
    return target.at(0) == '/' ? Path.of("/").resolve(relative) : relative;
  }

  private static byte[] skipped(RawPath path) {
    byte[] bytes = path.bytes();
    return Arrays.copyOfRange(bytes, 1, bytes.length);
  }

  private static byte[] decoded(String rawPath) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(rawPath.length());
    for (int i = 0; i < rawPath.length(); i++) {
      char c = rawPath.charAt(i);
      if (c == '%') {
        bytes.write(Integer.parseInt(rawPath.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        bytes.write(c);
      }
    }
    return bytes.toByteArray();
  }

  private static String encoded(RawPath path) {
    StringBuilder text = new StringBuilder(path.length() * 3);
    for (byte each : path.bytes()) {
      char c = (char) (each & 0xFF);
      boolean plain =
          c < ASCII && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0 || c == '/');
      if (plain) {
        text.append(c);
      } else {
        text.append('%').append(String.format(Locale.ROOT, "%02X", (int) c));
      }
    }
    return text.toString();
  }

  /** Returns a form of {@code path} that keeps every byte, for our own records. */
  static String stored(Path path) {
    return path.toAbsolutePath().toUri().toString();
  }

  /** Reads what {@link #stored} wrote. */
  static Path loaded(String stored) {
    URI uri = URI.create(stored);
    if (!"file".equals(uri.getScheme())) {
      throw new IllegalArgumentException(
          "not a file: "
              + new String(stored.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    }
    return Path.of(uri);
  }
}
