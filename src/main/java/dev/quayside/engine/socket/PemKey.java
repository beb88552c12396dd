package dev.quayside.engine.socket;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads an unencrypted private key from a PEM file in the three forms that OpenSSL writes: PKCS#8,
 * and the older ones of RSA (RFC 8017) and of elliptic curves (RFC 5915), which the JDK reads only
 * inside PKCS#8 (RFC 5208).
 */
final class PemKey {

  private static final long LARGEST_FILE = 64 * 1024;
  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
  // AlgorithmIdentifier of rsaEncryption with NULL parameters, and the object identifier of
  // id-ecPublicKey.
  private static final byte[] RSA = {
    0x30,
    0x0d,
    0x06,
    0x09,
    0x2a,
    (byte) 0x86,
    0x48,
    (byte) 0x86,
    (byte) 0xf7,
    0x0d,
    0x01,
    0x01,
    0x01,
    0x05,
    0x00
  };
  private static final byte[] EC_PUBLIC_KEY = {
    0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01
  };
  private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;
  private static final int PARAMETERS = 0xa0;

  private PemKey() {}

  static PrivateKey read(Path file) throws IOException, GeneralSecurityException {
    if (Files.size(file) > LARGEST_FILE) {
      throw new TlsException(file + " is too large for a key");
    }
    Matcher block = BLOCK.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
    // An EC PARAMETERS block may stand before the key; encrypted keys do not match at all.
    if (!block.find()) {
      throw new TlsException("no unencrypted private key in " + file);
    }
    byte[] der = Base64.getMimeDecoder().decode(block.group(2));
    try {
      return decode(wrap(block.group(1), der));
    } finally {
      Arrays.fill(der, (byte) 0);
    }
  }

  private static byte[] wrap(String kind, byte[] der) throws TlsException {
    return switch (kind) {
      case "RSA PRIVATE KEY" -> tagged(SEQUENCE, VERSION_0, RSA, tagged(OCTETS, der));
      case "EC PRIVATE KEY" ->
          tagged(
              SEQUENCE,
              VERSION_0,
              tagged(SEQUENCE, EC_PUBLIC_KEY, curve(der)),
              tagged(OCTETS, der));
      default -> der;
    };
  }

  private static PrivateKey decode(byte[] pkcs8) throws GeneralSecurityException {
    GeneralSecurityException last = new GeneralSecurityException("no algorithm takes the key");
    for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (GeneralSecurityException e) {
        last = e;
      }
    }
    throw last;
  }

  /** Finds the curve: ECPrivateKey ::= SEQUENCE { version, privateKey, [0] parameters, … }. */
  private static byte[] curve(byte[] der) throws TlsException {
    int position = contentStart(der, 0);
    while (position < der.length) {
      int start = contentStart(der, position);
      int end = start + contentLength(der, position);
      if ((der[position] & 0xff) == PARAMETERS && end <= der.length) {
        return Arrays.copyOfRange(der, start, end);
      }
      position = end;
    }
    throw new TlsException("an elliptic curve key without the name of its curve");
  }

  private static int contentStart(byte[] der, int position) throws TlsException {
    requireRoom(der, position + 1);
    int length = der[position + 1] & 0xff;
    return position + 2 + (length < 0x80 ? 0 : length & 0x7f);
  }

  private static int contentLength(byte[] der, int position) throws TlsException {
    requireRoom(der, position + 1);
    int length = der[position + 1] & 0xff;
    if (length < 0x80) {
      return length;
    }
    if (length > 0x82) {
      throw new TlsException("a key that is longer than keys are");
    }
    requireRoom(der, position + (length & 0x7f) + 1);
    return length == 0x81
        ? der[position + 2] & 0xff
        : (der[position + 2] & 0xff) << 8 | (der[position + 3] & 0xff);
  }

  private static void requireRoom(byte[] der, int position) throws TlsException {
    if (position >= der.length) {
      throw new TlsException("a key that is cut");
    }
  }

  private static byte[] tagged(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    int length = content.size();
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write(tag);
    if (length < 0x80) {
      whole.write(length);
    } else {
      whole.write(0x82);
      whole.write(length >> 8);
      whole.write(length);
    }
    whole.writeBytes(content.toByteArray());
    return whole.toByteArray();
  }
}
