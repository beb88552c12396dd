package dev.quayside.backup.drill;

import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Decrypts one credential that n8n stored with the key that lies in the same set: without its key a
 * dump of n8n is worth little. What n8n does is here once more (AES-256-CBC with a key made of the
 * passphrase by MD5, as {@code openssl enc} did once); it is not proven against n8n itself.
 */
final class N8nCanary {

  private static final Duration QUESTION = Duration.ofMinutes(1);
  private static final String LOOK =
      "select data from public.credentials_entity order by id limit 1";
  private static final byte[] SALTED = "Salted__".getBytes(StandardCharsets.US_ASCII);
  private static final int SALT = 8;
  private static final int KEY = 32;
  private static final int BLOCK = 16;
  private static final int LONGEST_FILE = 64 * 1024;
  private static final Messages MESSAGES = Messages.of("drill");

  private final List<Found> found = new ArrayList<>();
  private final List<byte[]> keys = new ArrayList<>();

  private record Found(Trial trial, String stored) {}

  /** Names what a key says of a stored credential. */
  enum Answer {
    /** It decrypts to a document. */
    OPENS,
    /** It does not. */
    REFUSED,
    /** It is not stored in the form that is known. */
    STRANGE
  }

  /** Looks for a stored credential in a database that was restored. */
  void look(Trial trial, Inside server, String role, String database)
      throws ProblemException, IOException {
    Inside.Answer answer =
        server.run(
            QUESTION,
            List.of(
                "psql",
                "--no-psqlrc",
                "--no-password",
                "--quiet",
                "--tuples-only",
                "--no-align",
                "--username=" + role,
                "--dbname=" + database,
                "--command=" + LOOK));
    String stored = answer.output().strip();
    if (answer.succeeded() && !stored.isEmpty()) {
      found.add(new Found(trial, stored));
    }
  }

  /** Returns where the content of a file goes that may be n8n's settings; null if it is none. */
  @Nullable OutputStream take(String path, long size) {
    boolean likely = path.endsWith("/config") && size > 0 && size <= LONGEST_FILE;
    return found.isEmpty() || !likely ? null : new Settings();
  }

  /** Tells each trial what came of its credential. */
  void decide() {
    for (Found one : found) {
      if (keys.isEmpty()) {
        one.trial().unknown(MESSAGES.get("unknown.n8n-key"));
        continue;
      }
      List<Answer> answers = keys.stream().map(key -> open(one.stored(), key)).toList();
      if (answers.contains(Answer.OPENS)) {
        one.trial().saw(MESSAGES.get("saw.n8n"));
      } else if (answers.contains(Answer.REFUSED)) {
        one.trial().failed(MESSAGES.get("failed.n8n"));
      } else {
        one.trial().unknown(MESSAGES.get("unknown.n8n-form"));
      }
    }
    keys.forEach(key -> Arrays.fill(key, (byte) 0));
  }

  /** Tries {@code key} on a credential as n8n stores it. */
  static Answer open(String stored, byte[] key) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(stored);
    } catch (IllegalArgumentException e) {
      return Answer.STRANGE;
    }
    int head = SALTED.length + SALT;
    if (bytes.length <= head
        || bytes.length % BLOCK != 0
        || !Arrays.equals(SALTED, Arrays.copyOf(bytes, SALTED.length))) {
      return Answer.STRANGE;
    }
    byte[] material = derive(key, Arrays.copyOfRange(bytes, SALTED.length, head));
    try {
      Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(material, 0, KEY, "AES"),
          new IvParameterSpec(material, KEY, BLOCK));
      byte[] plain = cipher.doFinal(bytes, head, bytes.length - head);
      try {
        return DrillRecords.MAPPER.readTree(plain).isObject() ? Answer.OPENS : Answer.REFUSED;
      } finally {
        Arrays.fill(plain, (byte) 0);
      }
    } catch (GeneralSecurityException | JacksonException e) {
      return Answer.REFUSED;
    } finally {
      Arrays.fill(material, (byte) 0);
    }
  }

  /** Makes key and first block as {@code openssl enc -md md5} does. */
  private static byte[] derive(byte[] passphrase, byte[] salt) {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      byte[] material = new byte[KEY + BLOCK];
      byte[] last = new byte[0];
      for (int filled = 0; filled < material.length; filled += last.length) {
        md5.update(last);
        md5.update(passphrase);
        last = md5.digest(salt);
        System.arraycopy(last, 0, material, filled, last.length);
      }
      return material;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has no MD5", e);
    }
  }

  /** Reads a settings file of n8n. */
  private final class Settings extends ByteArrayOutputStream {

    @Override
    public void close() {
      try {
        JsonNode key = DrillRecords.MAPPER.readTree(toByteArray()).path("encryptionKey");
        if (key.isString()) {
          keys.add(key.stringValue().getBytes(StandardCharsets.UTF_8));
        }
      } catch (JacksonException none) {
        return; // another file of that name
      } finally {
        Arrays.fill(buf, (byte) 0);
      }
    }
  }
}
