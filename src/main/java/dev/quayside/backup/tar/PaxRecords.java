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

  private static final Set<String> KNOWN =
      Set.of("path", "linkpath", "size", "uid", "gid", "mtime");

  private final Map<String, byte[]> values = new HashMap<>();

  /** Reads all records; a later one of the same key wins. */
  void read(byte[] records) throws TarException {
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
      if (key.startsWith("GNU.sparse.")) {
        throw new TarException(Reason.REFUSED_TYPE, "a sparse file");
      }
      if (KNOWN.contains(key)) {
        values.put(key, Arrays.copyOfRange(records, equals + 1, end - 1));
      }
      at = end;
    }
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
