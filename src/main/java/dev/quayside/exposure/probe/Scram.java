package dev.quayside.exposure.probe;

import dev.quayside.common.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Is the client's side of one SCRAM-SHA-256 login (RFC 5802 and 7677) without channel binding. The
 * server gets a proof, never the password.
 */
final class Scram {

  static final String MECHANISM = "SCRAM-SHA-256";

  /** PostgreSQL's own is 4096; a hostile server must not make us count for ever. */
  private static final int MOST_ROUNDS = 200_000;

  private static final String HEADER = "n,,";
  private static final String HASH = "HmacSHA256";

  private final String nonce;
  private final String first;
  private byte[] serverSignature = {};

  /** Begins with a fresh {@code nonce} of printable characters without a comma. */
  Scram(String nonce) {
    this.nonce = nonce;
    this.first = "n=,r=" + nonce;
  }

  /** Returns the first message. The role's name is that of the connection and stays empty here. */
  byte[] first() {
    return bytes(HEADER + first);
  }

  /** Returns the second message, with the proof. */
  byte[] answer(byte[] serverFirst, Secret password) throws IOException {
    String challenge = new String(serverFirst, StandardCharsets.UTF_8);
    String common = "";
    byte[] salt = {};
    int rounds = 0;
    try {
      for (String part : challenge.split(",", -1)) {
        if (part.startsWith("r=")) {
          common = part.substring(2);
        } else if (part.startsWith("s=")) {
          salt = Base64.getDecoder().decode(part.substring(2));
        } else if (part.startsWith("i=")) {
          rounds = Integer.parseInt(part.substring(2));
        }
      }
    } catch (IllegalArgumentException garbage) {
      throw new IOException("no SCRAM challenge", garbage);
    }
    if (!common.startsWith(nonce) || salt.length == 0 || rounds < 1 || rounds > MOST_ROUNDS) {
      throw new IOException("no SCRAM challenge");
    }
    String last = "c=" + Base64.getEncoder().encodeToString(bytes(HEADER)) + ",r=" + common;
    try {
      return proven(last, bytes(first + "," + challenge + "," + last), salt, rounds, password);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  private byte[] proven(String last, byte[] message, byte[] salt, int rounds, Secret password)
      throws GeneralSecurityException {
    byte[] salted = salted(password, salt, rounds);
    try {
      byte[] clientKey = hmac(salted, bytes("Client Key"));
      byte[] storedKey = MessageDigest.getInstance("SHA-256").digest(clientKey);
      byte[] proof = hmac(storedKey, message);
      for (int i = 0; i < proof.length; i++) {
        proof[i] ^= clientKey[i];
      }
      Arrays.fill(clientKey, (byte) 0);
      serverSignature = hmac(hmac(salted, bytes("Server Key")), message);
      return bytes(last + ",p=" + Base64.getEncoder().encodeToString(proof));
    } finally {
      Arrays.fill(salted, (byte) 0);
    }
  }

  private static byte[] salted(Secret password, byte[] salt, int rounds)
      throws GeneralSecurityException {
    PBEKeySpec spec = password.withChars(value -> new PBEKeySpec(value, salt, rounds, 256));
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    } finally {
      spec.clearPassword();
    }
  }

  /** Returns whether the server has proven that it knows the password as well. */
  boolean confirmedBy(byte[] serverFinal) {
    byte[] expected = bytes("v=" + Base64.getEncoder().encodeToString(serverSignature));
    return serverSignature.length > 0 && MessageDigest.isEqual(expected, serverFinal);
  }

  private static byte[] hmac(byte[] key, byte[] message) throws GeneralSecurityException {
    Mac mac = Mac.getInstance(HASH);
    mac.init(new SecretKeySpec(key, HASH));
    return mac.doFinal(message);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
