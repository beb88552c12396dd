package dev.quayside.exposure.probe;

import dev.quayside.common.Secret;
import dev.quayside.exposure.probe.ProbeAnswer.Verdict;
import dev.quayside.exposure.probe.Wire.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Asks Redis. The words of its refusals are those of Redis 6 and later; before, a wrong password is
 * {@code -ERR invalid password}.
 */
final class RedisQuestion {

  private static final byte[] PING = ascii("*1\r\n$4\r\nPING\r\n");

  private RedisQuestion() {}

  static Reply ask(Wire wire, @Nullable Secret password) throws IOException {
    byte[] command = password == null ? PING.clone() : auth(password);
    try {
      wire.send(command);
    } finally {
      Arrays.fill(command, (byte) 0);
    }
    return reply(new String(wire.line(), StandardCharsets.ISO_8859_1).strip());
  }

  private static byte[] auth(Secret password) {
    return password.withUtf8(value ->
        HttpQuestion.joined(
            ascii("*2\r\n$4\r\nAUTH\r\n$" + value.length + "\r\n"), value, ascii("\r\n")));
  }

  static Reply reply(String line) {
    String word = line.split(" ", 2)[0];
    if (line.equals("+PONG") || line.equals("+OK")) {
      return new Reply(Verdict.ACCEPTED, word);
    }
    boolean refused =
        word.equals("-NOAUTH")
            || word.equals("-WRONGPASS")
            || word.equals("-DENIED")
            || line.equals("-ERR invalid password");
    // Foreign text: only the word that every error begins with is passed on.
    boolean plain = word.length() <= 16 && word.matches("[-+][A-Z]+");
    return new Reply(refused ? Verdict.REFUSED : Verdict.UNCLEAR, plain ? word : "no Redis");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
