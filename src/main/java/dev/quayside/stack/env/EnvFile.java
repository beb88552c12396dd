package dev.quayside.stack.env;

import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds an environment file byte for byte. A change of one value touches the bytes of that value
 * and no other: order, comments, blank lines, quoting, line ends, unknown keys and undecodable
 * bytes stay.
 *
 * <p>A value is written only in a quoting that both Compose and a shell that sources the file read
 * back exactly, else it is refused. A file with CRLF line ends cannot be meant for a shell, which
 * would read a carriage return into every value; there Compose alone counts.
 *
 * <p>It holds secrets: close it to wipe them. Not safe for use by several threads at once.
 */
public final class EnvFile implements AutoCloseable {

  private static final Messages MESSAGES = Messages.of("stack");
  private static final int LARGEST = 1024 * 1024;

  private final Path path;
  private final byte[] bytes;
  private final EnvScanner.Found found;

  private EnvFile(Path path, byte[] bytes) {
    this.path = path;
    this.bytes = bytes;
    this.found = EnvScanner.scan(bytes);
  }

  /**
   * Reads a file of at most 1 MiB. Its path may come from a label that anybody can set, so a device
   * that never ends and a pipe that nobody fills are refused.
   */
  public static EnvFile read(Path path) throws ProblemException {
    try {
      if (!Files.readAttributes(path, BasicFileAttributes.class).isRegularFile()) {
        throw new ProblemException(MESSAGES.problem("ENV-NO-FILE", path));
      }
      byte[] bytes = atMost(path, LARGEST + 1);
      if (bytes.length > LARGEST) {
        Arrays.fill(bytes, (byte) 0);
        throw new ProblemException(MESSAGES.problem("ENV-TOO-LARGE", path));
      }
      return new EnvFile(path, bytes);
    } catch (NoSuchFileException missing) {
      throw new ProblemException(MESSAGES.problem("ENV-MISSING", path), missing);
    } catch (IOException failure) {
      throw new ProblemException(
          MESSAGES.problem("ENV-UNREADABLE", path, failure.toString()), failure);
    }
  }

  // A size is only what the file system says: that of a file in /proc is 0.
  private static byte[] atMost(Path path, int limit) throws IOException {
    try (InputStream stream = Files.newInputStream(path)) {
      return stream.readNBytes(limit);
    }
  }

  /** Interprets {@code content}, of which it keeps a copy; {@code path} is for messages. */
  public static EnvFile parse(Path path, byte[] content) {
    return new EnvFile(path, content.clone());
  }

  /** Returns where it was read. */
  public Path path() {
    return path;
  }

  /** Returns all assignments in the order of the file. */
  public List<EnvEntry> entries() {
    return found.entries();
  }

  /** Returns the names that are set, each once, in the order of the file. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    found.entries().forEach(entry -> names.add(entry.name()));
    return names;
  }

  /** Returns the first line that Compose cannot read, from 1; 0 where it can read all. */
  public int brokenLine() {
    return found.brokenLine();
  }

  /** Returns the assignment that counts: the last one; null where there is none. */
  public @Nullable EnvEntry entry(String name) {
    return found.entries().reversed().stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  /** Returns how often {@code name} is set. */
  public int count(String name) {
    return (int) found.entries().stream().filter(entry -> entry.name().equals(name)).count();
  }

  /**
   * Returns the value that counts, as Compose reads it before it puts in other variables; null
   * where it is not set. The caller closes it.
   */
  public @Nullable Secret value(String name) {
    EnvEntry entry = entry(name);
    return entry == null ? null : EnvQuoting.read(bytes, entry);
  }

  /**
   * Returns a file in which {@code name} has {@code value} and every other byte is the same.
   *
   * @throws ProblemException if the name is not set, is set more than once, or if its place or the
   *     value is such that Compose and a shell would not read the same
   */
  public EnvFile with(String name, Secret value) throws ProblemException {
    EnvEntry entry = editable(name);
    EnvFile changed = value.withUtf8(utf8 -> attempt(entry, utf8));
    if (changed == null) {
      throw new ProblemException(
          MESSAGES.problem("ENV-QUOTING", name, path, Integer.toString(entry.line())));
    }
    return changed;
  }

  private EnvEntry editable(String name) throws ProblemException {
    if (found.brokenLine() != 0) {
      throw new ProblemException(
          MESSAGES.problem("ENV-BROKEN", path, Integer.toString(found.brokenLine())));
    }
    List<EnvEntry> all =
        found.entries().stream().filter(entry -> entry.name().equals(name)).toList();
    if (all.isEmpty()) {
      throw new ProblemException(MESSAGES.problem("ENV-NOT-SET", name, path));
    }
    if (all.size() > 1) {
      String lines =
          String.join(", ", all.stream().map(entry -> Integer.toString(entry.line())).toList());
      throw new ProblemException(MESSAGES.problem("ENV-DUPLICATE", name, path, lines));
    }
    EnvEntry entry = all.getFirst();
    if (!entry.writable()) {
      throw new ProblemException(
          MESSAGES.problem("ENV-AMBIGUOUS", name, path, Integer.toString(entry.line())));
    }
    return entry;
  }

  private @Nullable EnvFile attempt(EnvEntry entry, byte[] value) {
    Set<EnvEntry.Style> styles = new LinkedHashSet<>(List.of(entry.style()));
    styles.addAll(List.of(EnvEntry.Style.SINGLE, EnvEntry.Style.DOUBLE));
    for (EnvEntry.Style style : styles) {
      byte[] written = EnvQuoting.write(value, style);
      if (written == null) {
        continue;
      }
      EnvFile changed = new EnvFile(path, spliced(entry, written));
      Arrays.fill(written, (byte) 0);
      if (changed.reads(entry, value, found)) {
        return changed;
      }
      changed.close();
    }
    return null;
  }

  private byte[] spliced(EnvEntry entry, byte[] written) {
    byte[] result = new byte[bytes.length - (entry.end() - entry.start()) + written.length];
    System.arraycopy(bytes, 0, result, 0, entry.start());
    System.arraycopy(written, 0, result, entry.start(), written.length);
    System.arraycopy(
        bytes, entry.end(), result, entry.start() + written.length, bytes.length - entry.end());
    return result;
  }

  /**
   * Checks our own work: the new value reads back exactly, and the file still says the same
   * otherwise.
   */
  private boolean reads(EnvEntry old, byte[] value, EnvScanner.Found before) {
    EnvEntry now = entry(old.name());
    if (now == null
        || !now.agreed()
        || found.brokenLine() != 0
        || found.entries().size() != before.entries().size()) {
      return false;
    }
    for (int i = 0; i < before.entries().size(); i++) {
      EnvEntry one = before.entries().get(i);
      EnvEntry other = found.entries().get(i);
      if (!one.name().equals(other.name())
          || (one.line() != other.line() && one.line() <= old.line())) {
        return false;
      }
    }
    try (Secret back = EnvQuoting.read(bytes, now);
        Secret wanted = Secret.ofUtf8(value)) {
      return back.sameAs(wanted);
    }
  }

  /** Returns a copy of all bytes; the caller wipes it. */
  public byte[] content() {
    return bytes.clone();
  }

  /** Returns the SHA-256 of all bytes in hexadecimal. */
  public String hash() {
    return hash(bytes);
  }

  /** Returns the SHA-256 of {@code content} in hexadecimal. */
  public static String hash(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
  }

  @Override
  public String toString() {
    return "EnvFile(" + path + ", " + found.entries().size() + " names)";
  }
}
