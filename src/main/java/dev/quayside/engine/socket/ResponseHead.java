package dev.quayside.engine.socket;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds the first part of an HTTP/1.1 response (RFC 9112). Reads strictly: an engine is no web
 * server of unknown make.
 *
 * @param status 100 to 599
 * @param headers names in lower case; of several with one name the values are joined by a comma
 */
record ResponseHead(int status, Map<String, String> headers) {

  /** Length of a body whose end is the end of the connection. */
  static final long UNTIL_END = -1;

  private static final int LONGEST_LINE = 16 * 1024;
  private static final int MOST_HEADERS = 100;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})(?: .*)?");
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

  static ResponseHead read(WireReader reader) throws IOException {
    Matcher status = STATUS.matcher(reader.line(LONGEST_LINE));
    if (!status.matches()) {
      throw new HttpFormatException("not an HTTP status line");
    }
    return new ResponseHead(Integer.parseInt(status.group(1)), readHeaders(reader));
  }

  /** Reads header lines up to the empty one; trailers of a chunked body have the same form. */
  static Map<String, String> readHeaders(WireReader reader) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    int count = 0;
    for (String line = reader.line(LONGEST_LINE);
        !line.isEmpty();
        line = reader.line(LONGEST_LINE)) {
      int colon = line.indexOf(':');
      if (++count > MOST_HEADERS
          || colon < 1
          || !NAME.matcher(line.substring(0, colon)).matches()) {
        throw new HttpFormatException(
            count > MOST_HEADERS ? "too many headers" : "not a header line");
      }
      headers.merge(
          line.substring(0, colon).toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip(),
          (first, second) -> first.equals(second) ? first : first + "," + second);
    }
    return headers;
  }

  @Nullable String header(String name) {
    return headers.get(name);
  }

  /** Returns whether the body comes in chunks. */
  boolean chunked() throws HttpFormatException {
    String encoding = header("transfer-encoding");
    if (encoding == null) {
      return false;
    }
    if (!encoding.equalsIgnoreCase("chunked") || header("content-length") != null) {
      throw new HttpFormatException("a body with an encoding that is not plainly chunked");
    }
    return true;
  }

  /** Returns the length of a body that is not chunked, or {@link #UNTIL_END}. */
  long length() throws HttpFormatException {
    if (status == 204 || status == 304) {
      return 0;
    }
    String length = header("content-length");
    if (length == null) {
      return UNTIL_END;
    }
    if (!LENGTH.matcher(length).matches()) {
      throw new HttpFormatException("not a content length");
    }
    return Long.parseLong(length);
  }

  /** Returns whether the connection can carry another call after the body. */
  boolean keepsAlive() {
    String connection = header("connection");
    return connection == null || !connection.toLowerCase(Locale.ROOT).contains("close");
  }
}
