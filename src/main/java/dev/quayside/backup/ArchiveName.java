package dev.quayside.backup;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Makes the usual name of an archive: {@code NAME-YYYYMMDDTHHMMSSZ.tar.zst.gpg}. */
final class ArchiveName {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private ArchiveName() {}

  static String of(String stack, Instant created, Compression compression) {
    return safe(stack) + "-" + STAMP.format(created) + ".tar." + compression.suffix() + ".gpg";
  }

  /**
   * Returns {@code text} with everything but letters, digits, dot, dash and underscore written as a
   * percent code.
   */
  static String safe(String text) {
    StringBuilder safe = new StringBuilder();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (each & 0xFF);
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "._-".indexOf(c) >= 0);
      boolean hidden = safe.isEmpty() && c == '.';
      safe.append(
          plain && !hidden ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
    }
    return safe.isEmpty() ? "stack" : safe.toString();
  }
}
