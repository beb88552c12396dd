package dev.quayside.engine.socket;

import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Describes one call. Immutable, except that whoever made the body may wipe it. */
final class Call {

  private static final Pattern TARGET = Pattern.compile("/[!-~]*");

  private final String method;
  private final String path;
  private final @Nullable String contentType;
  private final byte @Nullable [] body;
  private final @Nullable InputStream stream;

  /**
   * Creates a call.
   *
   * @param method {@code GET}, {@code HEAD}, {@code POST}, {@code PUT} or {@code DELETE}
   * @param path with query, already encoded
   * @param contentType of the body; null without one
   * @param body bytes to send
   * @param stream bytes of unknown length to send instead of {@code body}
   */
  Call(
      String method,
      String path,
      @Nullable String contentType,
      byte @Nullable [] body,
      @Nullable InputStream stream) {
    if (!TARGET.matcher(path).matches()) {
      throw new IllegalArgumentException("the path is not encoded");
    }
    this.method = method;
    this.path = path;
    this.contentType = contentType;
    this.body = body;
    this.stream = stream;
  }

  static Call get(String path) {
    return new Call("GET", path, null, null, null);
  }

  static Call post(String path, byte[] json) {
    return new Call("POST", path, "application/json", json, null);
  }

  /** Returns {@code path} with {@code parameters} as its query, in their order. */
  static String query(String path, Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
        .collect(Collectors.joining("&", path + "?", ""));
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  String method() {
    return method;
  }

  String path() {
    return path;
  }

  @Nullable String contentType() {
    return contentType;
  }

  byte @Nullable [] body() {
    return body;
  }

  @Nullable InputStream stream() {
    return stream;
  }

  /** Returns whether it may be sent a second time on a fresh connection. */
  boolean repeatable() {
    return stream == null && (method.equals("GET") || method.equals("HEAD"));
  }
}
