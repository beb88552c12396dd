package dev.quayside.journal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns entries into lines and back, and computes the chain.
 *
 * <p>A line is one JSON object whose last member is {@code hash}. The hash covers the previous
 * entry's hash, a line feed, and the line's own bytes with the hash member cut out, so that a shell
 * with {@code sha256sum} can check it.
 */
final class Chain {

  /** What stands for the hash before the first entry. */
  static final String START = "0".repeat(64);

  private static final byte[] HASH_MEMBER = ",\"hash\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final int HASH_LENGTH = 64;
  private static final int TAIL = HASH_MEMBER.length + HASH_LENGTH + 2;
  private static final int LONGEST_DETAIL = 8 * 1024;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private Chain() {}

  /**
   * A line as it stands in the file, without its line feed, together with the hash that ends it.
   */
  static final class Line {
    private final byte[] bytes;
    private final String hash;

    private Line(byte[] bytes, String hash) {
      this.bytes = bytes;
      this.hash = hash;
    }

    byte[] bytes() {
      return bytes;
    }

    String hash() {
      return hash;
    }
  }

  /** Writes an entry; a detail longer than 8192 characters is cut. */
  static Line write(
      long number,
      Instant at,
      EntryKind kind,
      String intent,
      String action,
      String subject,
      Map<String, String> details,
      String previous) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("number", number);
    members.put("at", at.toString());
    members.put("kind", kind.name().toLowerCase(Locale.ROOT));
    members.put("intent", intent);
    members.put("action", action);
    members.put("subject", subject);
    members.put("details", cut(details));
    members.put("previous", previous);
    byte[] body = JSON.writeValueAsString(members).getBytes(StandardCharsets.UTF_8);
    String hash = hash(previous, body);
    byte[] line = Arrays.copyOf(body, body.length - 1 + TAIL);
    byte[] end =
        (new String(HASH_MEMBER, StandardCharsets.US_ASCII) + hash + "\"}")
            .getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(end, 0, line, body.length - 1, end.length);
    return new Line(line, hash);
  }

  /** Reads an entry, or returns null where the bytes are no entry; does not compare any hash. */
  static @Nullable JournalEntry read(byte[] line) {
    String hash = hashIn(line);
    if (hash == null) {
      return null;
    }
    try {
      JsonNode node = JSON.readTree(line);
      Map<String, String> details = new TreeMap<>();
      for (Map.Entry<String, JsonNode> detail : node.required("details").properties()) {
        details.put(detail.getKey(), detail.getValue().stringValue());
      }
      return new JournalEntry(
          node.required("number").longValue(),
          Instant.parse(node.required("at").stringValue()),
          EntryKind.valueOf(node.required("kind").stringValue().toUpperCase(Locale.ROOT)),
          node.required("intent").stringValue(),
          node.required("action").stringValue(),
          node.required("subject").stringValue(),
          details,
          node.required("previous").stringValue(),
          hash);
    } catch (JacksonException | IllegalArgumentException | DateTimeParseException notAnEntry) {
      return null;
    }
  }

  /** Returns whether the hash that ends the line is the one its bytes give. */
  static boolean holds(JournalEntry entry, byte[] line) {
    byte[] body = Arrays.copyOf(line, line.length - TAIL + 1);
    body[body.length - 1] = '}';
    return hash(entry.previous(), body).equals(entry.hash());
  }

  /** Returns the hash after which the chain goes on behind a line, also one that cannot be read. */
  static String continueAfter(byte[] line) {
    JournalEntry entry = read(line);
    return entry == null ? hash(START, line) : entry.hash();
  }

  private static @Nullable String hashIn(byte[] line) {
    int start = line.length - TAIL;
    if (start <= 0
        || !Arrays.equals(
            line, start, start + HASH_MEMBER.length, HASH_MEMBER, 0, HASH_MEMBER.length)
        || line[line.length - 2] != '"'
        || line[line.length - 1] != '}') {
      return null;
    }
    String hash =
        new String(line, start + HASH_MEMBER.length, HASH_LENGTH, StandardCharsets.US_ASCII);
    return hash.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))
        ? hash
        : null;
  }

  private static String hash(String previous, byte[] body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(previous.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) '\n');
      return HexFormat.of().formatHex(digest.digest(body));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  private static Map<String, String> cut(Map<String, String> details) {
    Map<String, String> result = new TreeMap<>();
    details.forEach((name, value) ->
        result.put(
            name,
            value.length() <= LONGEST_DETAIL
                ? value
                : value.substring(0, LONGEST_DETAIL) + " (cut)"));
    return result;
  }
}
