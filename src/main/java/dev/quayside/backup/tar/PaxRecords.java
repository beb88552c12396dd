package dev.quayside.backup.tar;

import static dev.quayside.backup.tar.TarException.Reason;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds the records of a pax header (POSIX.1-2001): what they say goes before what the ustar header
 * says.
 */
final class PaxRecords {

  /** Most bytes of records read; a path and a link of full length fit several times. */
  static final int MOST_BYTES = 64 * 1024;

  private static final int MOST_LENGTH_DIGITS = 6;

  private static final String SPARSE_NAME = "GNU.sparse.name";

  private static final Set<String> KNOWN =
      Set.of("path", "linkpath", "size", "uid", "gid", "mtime");

  /** Begins the keys of extended attributes and access lists, as GNU tar and libarchive write. */
  private static final Set<String> EXTENDED =
      Set.of("SCHILY.xattr.", "SCHILY.acl.", "LIBARCHIVE.xattr.", "RHT.security.");

  private final Map<String, byte[]> values = new HashMap<>();
  private boolean extended;

  /** Reads all records; a later one of the same key wins. */
  void read(byte[] records) throws TarException {
    boolean sparse = false;
    int at = 0;
    while (at < records.length) {
      int space = indexOf(records, ' ', at, at + MOST_LENGTH_DIGITS + 1);
      int length = length(records, at, space);
      int end = at + length;
      if (end > records.length || end <= space + 1 || records[end - 1] != '\n') {
        throw new TarException(Reason.BAD_HEADER, "a pax record of wrong length");
      }
      int equals = indexOf(records, '=', space + 1, end);
      String key = new String(records, space + 1, equals - space - 1, StandardCharsets.UTF_8);
      sparse |= key.startsWith("GNU.sparse.");
      extended |= EXTENDED.stream().anyMatch(key::startsWith);
      if (KNOWN.contains(key) || key.equals(SPARSE_NAME)) {
        values.put(key, Arrays.copyOfRange(records, equals + 1, end - 1));
      }
      at = end;
    }
    if (sparse) {
      RawPath name = raw(SPARSE_NAME) == null ? path() : raw(SPARSE_NAME);
      throw new TarException(
          Reason.REFUSED_TYPE, "a sparse file" + (name == null ? "" : ": " + name));
    }
  }

  /** Refuses a header for all entries that says anything of them. */
  static void requireNothingKnown(byte[] records) throws TarException {
    PaxRecords global = new PaxRecords();
    global.read(records);
    if (!global.values.isEmpty() || global.extended) {
      throw new TarException(Reason.BAD_HEADER, "a header for all entries");
    }
  }

  /** Takes a long name as GNU tar writes it, closed by a NUL; what pax says goes before it. */
  void gnu(String key, byte[] value) throws TarException {
    int end = value.length;
    while (end > 0 && value[end - 1] == 0) {
      end--;
    }
    if (end == 0 || values.putIfAbsent(key, Arrays.copyOf(value, end)) != null) {
      throw new TarException(Reason.BAD_HEADER, "a long name that is none");
    }
  }

  /** Returns whether the entry has extended attributes or access lists. */
  boolean extended() {
    return extended;
  }

  private static int length(byte[] records, int at, int space) throws TarException {
    try {
      return Integer.parseInt(new String(records, at, space - at, StandardCharsets.ISO_8859_1));
    } catch (NumberFormatException e) {
      throw new TarException(Reason.BAD_HEADER, "a pax record without length", e);
    }
  }

  private static int indexOf(byte[] bytes, char wanted, int from, int to) throws TarException {
    for (int i = from; i < Math.min(to, bytes.length); i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    throw new TarException(Reason.BAD_HEADER, "a pax record without '" + wanted + "'");
  }

  @Nullable RawPath path() {
    return raw("path");
  }

  @Nullable RawPath link() {
    return raw("linkpath");
  }

  long size(long otherwise) throws TarException {
    return number("size", otherwise);
  }

  long user(long otherwise) throws TarException {
    return number("uid", otherwise);
  }

  long group(long otherwise) throws TarException {
    return number("gid", otherwise);
  }

  TarTime modified(TarTime otherwise) throws TarException {
    byte[] value = values.get("mtime");
    return value == null
        ? otherwise
        : TarTime.parse(new String(value, StandardCharsets.ISO_8859_1));
  }

  private @Nullable RawPath raw(String key) {
    byte[] value = values.get(key);
    return value == null ? null : RawPath.of(value);
  }

  private long number(String key, long otherwise) throws TarException {
    byte[] value = values.get(key);
    if (value == null) {
      return otherwise;
    }
    try {
      return Long.parseLong(new String(value, StandardCharsets.ISO_8859_1));
    } catch (NumberFormatException e) {
      throw new TarException(Reason.BAD_HEADER, key + " is no number", e);
    }
  }
}
