package dev.quayside.exposure.probe;

import dev.quayside.common.Secret;
import dev.quayside.exposure.probe.ProbeAnswer.Verdict;
import dev.quayside.exposure.probe.Wire.Reply;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Logs in to PostgreSQL in its own protocol, version 3 (manual, "Frontend/Backend Protocol"), and
 * goes away at once. Without a password it only looks whether one is asked for.
 */
final class PostgresQuestion {

  private static final int PROTOCOL = 3 << 16;
  private static final int LONGEST_MESSAGE = 16 * 1024;
  private static final int MOST_MESSAGES = 20;

  /** SQLSTATE invalid_password. */
  private static final String WRONG_PASSWORD = "28P01";

  /** SQLSTATE invalid_authorization_specification: no such role, or no way in from here. */
  private static final String NOT_FROM_HERE = "28000";

  /** SQLSTATE invalid_catalog_name: looked for only after the password was accepted. */
  private static final String NO_DATABASE = "3D000";

  private final Wire wire;
  private final String user;
  private final @Nullable Secret password;
  private @Nullable Scram scram;
  private boolean serverProven;

  private PostgresQuestion(Wire wire, String user, @Nullable Secret password) {
    this.wire = wire;
    this.user = user;
    this.password = password;
  }

  static Reply ask(Wire wire, String user, String database, @Nullable Secret password)
      throws IOException {
    PostgresQuestion question = new PostgresQuestion(wire, user, password);
    wire.send(startup(user, database));
    for (int message = 0; message < MOST_MESSAGES; message++) {
      Reply reply = question.next();
      if (reply != null) {
        return reply;
      }
    }
    return new Reply(Verdict.UNCLEAR, "no PostgreSQL");
  }

  private static byte[] startup(String user, String database) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(body);
    data.writeInt(PROTOCOL);
    for (String text : new String[] {"user", user, "database", database}) {
      data.write(text.getBytes(StandardCharsets.UTF_8));
      data.write(0);
    }
    data.write(0);
    return framed(new byte[0], body.toByteArray());
  }

  private static byte[] framed(byte[] type, byte[] body) {
    int length = body.length + 4;
    byte[] size = {
      (byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length
    };
    return HttpQuestion.joined(type, size, body);
  }

  private void send(char type, byte[] body) throws IOException {
    byte[] message = framed(new byte[] {(byte) type}, body);
    try {
      wire.send(message);
    } finally {
      Arrays.fill(message, (byte) 0);
      Arrays.fill(body, (byte) 0);
    }
  }

  /** Reads one message and answers it; null where the login goes on. */
  private @Nullable Reply next() throws IOException {
    DataInputStream in = wire.in();
    int type = in.readUnsignedByte();
    int length = in.readInt();
    if (length < 4 || length > LONGEST_MESSAGE) {
      return new Reply(Verdict.UNCLEAR, "no PostgreSQL");
    }
    byte[] body = new byte[length - 4];
    in.readFully(body);
    return switch (type) {
      case 'R' -> authentication(body);
      case 'E' -> refusal(sqlState(body));
      // A notice, or the offer of another protocol.
      case 'N', 'v' -> null;
      default -> new Reply(Verdict.UNCLEAR, "no PostgreSQL");
    };
  }

  private Reply refusal(String state) {
    return switch (state) {
      case WRONG_PASSWORD -> new Reply(Verdict.REFUSED, state);
      case NO_DATABASE -> new Reply(unproven() ? Verdict.UNCLEAR : Verdict.ACCEPTED, state);
      case NOT_FROM_HERE -> new Reply(Verdict.REFUSED, state);
      default -> new Reply(Verdict.UNCLEAR, state);
    };
  }

  private static String sqlState(byte[] body) {
    String text = new String(body, StandardCharsets.ISO_8859_1);
    for (String field : text.split("\0", -1)) {
      if (field.length() == 6 && field.charAt(0) == 'C' && field.matches("C[0-9A-Z]{5}")) {
        return field.substring(1);
      }
    }
    return "no SQLSTATE";
  }

  private @Nullable Reply authentication(byte[] body) throws IOException {
    if (body.length < 4) {
      return new Reply(Verdict.UNCLEAR, "no PostgreSQL");
    }
    int kind =
        (body[0] & 0xFF) << 24 | (body[1] & 0xFF) << 16 | (body[2] & 0xFF) << 8 | (body[3] & 0xFF);
    byte[] rest = Arrays.copyOfRange(body, 4, body.length);
    return switch (kind) {
      case 0 -> {
        if (unproven()) {
          yield odd();
        }
        send('X', new byte[0]);
        yield new Reply(Verdict.ACCEPTED, "ok");
      }
      case 3 -> password == null ? asked("cleartext") : said(cleartext(password));
      case 5 -> password == null ? asked("md5") : said(md5(password, rest));
      case 10 -> password == null ? asked(Scram.MECHANISM) : begin(rest);
      case 11 -> scram == null || password == null ? odd() : said(scram.answer(rest, password));
      case 12 -> {
        if (scram == null || !scram.confirmedBy(rest)) {
          yield odd();
        }
        serverProven = true;
        yield null;
      }
      default -> new Reply(Verdict.UNCLEAR, "authentication " + kind);
    };
  }

  /** Whoever skips the proof may not know the password, and let anybody in. */
  private boolean unproven() {
    return scram != null && !serverProven;
  }

  private static Reply odd() {
    return new Reply(Verdict.UNCLEAR, "no SCRAM");
  }

  private static Reply asked(String method) {
    return new Reply(Verdict.REFUSED, method);
  }

  private @Nullable Reply said(byte[] message) throws IOException {
    send('p', message);
    return null;
  }

  private @Nullable Reply begin(byte[] mechanisms) throws IOException {
    String offered = new String(mechanisms, StandardCharsets.US_ASCII);
    if (!Arrays.asList(offered.split("\0", -1)).contains(Scram.MECHANISM)) {
      return new Reply(Verdict.UNCLEAR, "no " + Scram.MECHANISM);
    }
    byte[] nonce = new byte[18];
    new SecureRandom().nextBytes(nonce);
    Scram begun = new Scram(HexFormat.of().formatHex(nonce));
    scram = begun;
    byte[] first = begun.first();
    byte[] size = {
      (byte) (first.length >> 24),
      (byte) (first.length >> 16),
      (byte) (first.length >> 8),
      (byte) first.length
    };
    byte[] name = (Scram.MECHANISM + "\0").getBytes(StandardCharsets.US_ASCII);
    return said(HttpQuestion.joined(name, size, first));
  }

  private static byte[] cleartext(Secret password) {
    return password.withUtf8(value -> HttpQuestion.joined(value, new byte[1]));
  }

  private byte[] md5(Secret password, byte[] salt) {
    byte[] inner =
        password.withUtf8(value -> {
          byte[] both = HttpQuestion.joined(value, user.getBytes(StandardCharsets.UTF_8));
          byte[] hash = hash(both);
          Arrays.fill(both, (byte) 0);
          return hash;
        });
    byte[] outer = hash(HttpQuestion.joined(inner, salt));
    return HttpQuestion.joined("md5".getBytes(StandardCharsets.US_ASCII), outer, new byte[1]);
  }

  private static byte[] hash(byte[] bytes) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("MD5").digest(bytes))
          .getBytes(StandardCharsets.US_ASCII);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has MD5", impossible);
    }
  }
}
