package dev.quayside.exposure.probe;

import dev.quayside.catalogue.KeyProbe;
import dev.quayside.common.Secret;
import dev.quayside.exposure.probe.ProbeAnswer.Verdict;
import dev.quayside.exposure.probe.Wire.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Asks with one GET and judges by the status alone: nothing of the answer's body is read, whatever
 * it holds.
 */
final class HttpQuestion {

  private HttpQuestion() {}

  static Reply ask(Wire wire, KeyProbe probe, @Nullable Secret key) throws IOException {
    byte[] request = request(probe, key);
    try {
      wire.send(request);
    } finally {
      Arrays.fill(request, (byte) 0);
    }
    int status = status(wire.line());
    if (status == 0) {
      return new Reply(Verdict.UNCLEAR, "no HTTP");
    }
    Verdict verdict =
        probe.accepted().contains(status)
            ? Verdict.ACCEPTED
            : probe.refused().contains(status) ? Verdict.REFUSED : Verdict.UNCLEAR;
    return new Reply(verdict, status, Integer.toString(status));
  }

  /** Reads the code of an HTTP status line; 0 where the bytes are no HTTP answer. */
  static int status(byte[] answer) {
    String head = new String(answer, 0, Math.min(answer.length, 64), StandardCharsets.ISO_8859_1);
    if (head.length() < 12 || !head.startsWith("HTTP/1.") || head.charAt(8) != ' ') {
      return 0;
    }
    String code = head.substring(9, 12);
    return code.chars().allMatch(c -> c >= '0' && c <= '9') ? Integer.parseInt(code) : 0;
  }

  private static byte[] request(KeyProbe probe, @Nullable Secret key) {
    byte[] head =
        ("GET "
                + probe.path()
                + " HTTP/1.1\r\nHost: "
                + probe.service()
                + ":"
                + probe.port()
                + "\r\nAccept: */*\r\nConnection: close\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] end = "\r\n".getBytes(StandardCharsets.US_ASCII);
    if (key == null) {
      return joined(head, end);
    }
    byte[] name = (probe.header() + ": " + probe.prefix()).getBytes(StandardCharsets.US_ASCII);
    if (probe.user().isEmpty()) {
      return key.withUtf8(value -> joined(head, name, value, end, end));
    }
    byte[] shown = key.withUtf8(value -> basic(probe.user(), value));
    try {
      return joined(head, name, shown, end, end);
    } finally {
      Arrays.fill(shown, (byte) 0);
    }
  }

  /** Writes a name and its password as RFC 7617 has it. */
  private static byte[] basic(String user, byte[] password) {
    byte[] both = joined((user + ":").getBytes(StandardCharsets.UTF_8), password);
    byte[] encoded = Base64.getEncoder().encode(both);
    Arrays.fill(both, (byte) 0);
    return encoded;
  }

  static byte[] joined(byte[]... parts) {
    byte[] all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
    int position = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, position, part.length);
      position += part.length;
    }
    return all;
  }
}
