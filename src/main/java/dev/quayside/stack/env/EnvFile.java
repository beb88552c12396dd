package dev.quayside.stack.env;

import dev.quayside.catalogue.EnvReader;
import dev.quayside.common.ForeignText;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds an environment file byte for byte. A change of one value touches the bytes of that value
 * and no other: order, comments, blank lines, quoting, line ends, unknown keys and undecodable
 * bytes stay.
 *
 * <p>A value is written only in a quoting that every reader of the file reads back exactly, else it
 * is refused. A line that ends in CRLF cannot be meant for a shell, which would read a carriage
 * return into its value; there the shell does not count.
 *
 * <p>It holds secrets: close it to wipe them. Not safe for use by several threads at once.
 */
public final class EnvFile implements AutoCloseable {

  private static final Messages MESSAGES = Messages.of("env");

  /** How many bytes a file has at most. */
  public static final int LARGEST = 1024 * 1024;

  /** Who reads a file of which nothing else is known. */
  public static final Set<EnvReader> USUAL =
      Collections.unmodifiableSet(EnumSet.of(EnvReader.COMPOSE, EnvReader.SHELL));

  private final Path path;
  private final byte[] bytes;
  private final EnvScanner.Found found;
  private final Map<String, List<EnvEntry>> byName = new LinkedHashMap<>();

  private EnvFile(Path path, byte[] bytes) {
    this.path = path;
    this.bytes = bytes;
    this.found = EnvScanner.scan(bytes);
    for (EnvEntry entry : found.entries()) {
      byName.computeIfAbsent(entry.name(), name -> new ArrayList<>(1)).add(entry);
    }
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

  /**
   * Returns the bytes of a file, but at most {@code limit}; the caller wipes them. A size is only
   * what the file system says (that of a file in /proc is 0), so as much is read as there is.
   */
  public static byte[] atMost(Path path, int limit) throws IOException {
    byte[] room = new byte[limit];
    try (InputStream stream = Files.newInputStream(path)) {
      return Arrays.copyOf(room, stream.readNBytes(room, 0, limit));
    } finally {
      Arrays.fill(room, (byte) 0);
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
    return new LinkedHashSet<>(byName.keySet());
  }

  /** Returns the first line that Compose cannot read, from 1; 0 where it can read all. */
  public int brokenLine() {
    return found.brokenLine();
  }

  /** Returns the assignment that counts: the last one; null where there is none. */
  public @Nullable EnvEntry entry(String name) {
    List<EnvEntry> all = byName.get(name);
    return all == null ? null : all.getLast();
  }

  /** Returns all assignments of {@code name}, in the order of the file. */
  public List<EnvEntry> entries(String name) {
    return Collections.unmodifiableList(byName.getOrDefault(name, List.of()));
  }

  /** Returns whether Compose puts variables into the value of {@code entry}, or might. */
  public boolean interpolated(EnvEntry entry) {
    return EnvQuoting.interpolated(bytes, entry);
  }

  /** Returns how often {@code name} is set. */
  public int count(String name) {
    return entries(name).size();
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
   * Returns whether both set {@code name} to the same value, byte for byte: bytes that are no text
   * look alike as text.
   */
  public boolean sameValue(String name, EnvFile other) {
    EnvEntry entry = entry(name);
    EnvEntry another = other.entry(name);
    if (entry == null || another == null) {
      return entry == null && another == null;
    }
    byte[] value = EnvQuoting.bytes(bytes, entry);
    byte[] otherValue = EnvQuoting.bytes(other.bytes, another);
    boolean same = Arrays.equals(value, otherValue);
    Arrays.fill(value, (byte) 0);
    Arrays.fill(otherValue, (byte) 0);
    return same;
  }

  /**
   * Returns for each name the readers that do not surely read the value that Compose does; names on
   * which all agree are left out. What Compose itself puts together is nobody's fault.
   */
  public Map<String, Set<EnvReader>> readDifferently(Set<EnvReader> readers) {
    Map<String, Set<EnvReader>> found = new LinkedHashMap<>();
    if (readers.contains(EnvReader.SHELL)) {
      // By the place and the quoting alone: line ends of the whole file are another matter.
      byName.values().stream()
          .map(List::getLast)
          .filter(entry -> !entry.agreed())
          .forEach(entry -> found.put(entry.name(), EnumSet.of(EnvReader.SHELL)));
    }
    try (ReadValues compose = ReaderModels.read(EnvReader.COMPOSE, bytes)) {
      for (EnvReader reader : readers) {
        if (reader == EnvReader.COMPOSE || reader == EnvReader.SHELL) {
          continue;
        }
        try (ReadValues reading = ReaderModels.read(reader, bytes)) {
          for (String name : byName.keySet()) {
            boolean same =
                reading.sure(name) && reading.sameBytes(name, compose) && !reading.lost();
            if (compose.sure(name) && !same) {
              found.computeIfAbsent(name, one -> EnumSet.noneOf(EnvReader.class)).add(reader);
            }
          }
        }
      }
    }
    return found;
  }

  /** Does {@link #with(String, Secret, Set)} for the readers every file is assumed to have. */
  public EnvFile with(String name, Secret value) throws ProblemException {
    return with(name, value, USUAL);
  }

  /**
   * Returns a file in which {@code name} has {@code value} and every other byte is the same.
   *
   * @param readers that must read back exactly this value, and all others as before
   * @throws ProblemException if the name is not set, is set more than once, or if its place or the
   *     value is such that the readers would not read the same
   */
  public EnvFile with(String name, Secret value, Set<EnvReader> readers) throws ProblemException {
    return new EnvEdit(path, bytes, found, readers).set(only(name), value);
  }

  /**
   * Returns a file that sets {@code name} on a line of its own: behind its commented-out line where
   * there is one, else at the end. Every byte there was stays.
   *
   * @throws ProblemException if the name is set already, is none, or a reader would not read this
   *     value or would read another one differently
   */
  public EnvFile adding(String name, Secret value, Set<EnvReader> readers) throws ProblemException {
    requireReadable();
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw new ProblemException(MESSAGES.problem("ENV-NAME", ForeignText.line(name, 80), path));
    }
    if (count(name) > 0) {
      throw new ProblemException(MESSAGES.problem("ENV-ALREADY-SET", name, path));
    }
    return new EnvEdit(path, bytes, found, readers).add(name, value);
  }

  /**
   * Returns a file without the lines of the one assignment of {@code name}; every other byte stays.
   *
   * @throws ProblemException if the name is not set or set more than once, or if a reader would
   *     read something else differently afterwards
   */
  public EnvFile removing(String name, Set<EnvReader> readers) throws ProblemException {
    return new EnvEdit(path, bytes, found, readers).remove(only(name));
  }

  /**
   * Returns a file that sets {@code name} once, by its last assignment, which is the one that
   * counts; every byte of other lines stays.
   *
   * @throws ProblemException if the name is not set, or if a reader would read something else
   *     differently afterwards
   */
  public EnvFile withoutDuplicates(String name, Set<EnvReader> readers) throws ProblemException {
    requireReadable();
    List<EnvEntry> all = entries(name);
    if (all.isEmpty()) {
      throw new ProblemException(MESSAGES.problem("ENV-NOT-SET", name, path));
    }
    return new EnvEdit(path, bytes, found, readers).keepLast(all);
  }

  private void requireReadable() throws ProblemException {
    if (found.brokenLine() != 0) {
      throw new ProblemException(
          MESSAGES.problem("ENV-BROKEN", path, Integer.toString(found.brokenLine())));
    }
  }

  private EnvEntry only(String name) throws ProblemException {
    requireReadable();
    List<EnvEntry> all = entries(name);
    if (all.isEmpty()) {
      throw new ProblemException(MESSAGES.problem("ENV-NOT-SET", name, path));
    }
    if (all.size() > 1) {
      String lines =
          String.join(", ", all.stream().map(entry -> Integer.toString(entry.line())).toList());
      throw new ProblemException(MESSAGES.problem("ENV-DUPLICATE", name, path, lines));
    }
    return all.getFirst();
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
