package dev.quayside.pgp;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.bouncycastle.bcpg.CompressionAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.crypto.generators.X25519KeyPairGenerator;
import org.bouncycastle.crypto.params.X25519KeyGenerationParameters;
import org.bouncycastle.openpgp.PGPCompressedDataGenerator;
import org.bouncycastle.openpgp.PGPEncryptedDataGenerator;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyRingGenerator;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPLiteralDataGenerator;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPair;
import org.bouncycastle.openpgp.operator.bc.BcPublicKeyKeyEncryptionMethodGenerator;

/**
 * Makes messages with whatever packets inside, to a key of its own that nothing locks: without any
 * program, and quickly.
 */
final class Forged {

  private static final int NEW_FORMAT = 0xC0;
  private static final int FOUR_OCTETS = 0xFF;

  private final PGPSecretKeyRing ring;

  Forged() throws PGPException {
    Date now = new Date(1_700_000_000_000L);
    SecureRandom random = new SecureRandom();
    X25519KeyPairGenerator generator = new X25519KeyPairGenerator();
    generator.init(new X25519KeyGenerationParameters(random));
    PGPSignatureSubpacketGenerator says = new PGPSignatureSubpacketGenerator();
    says.setKeyFlags(true, KeyFlags.CERTIFY_OTHER);
    PGPKeyRingGenerator rings =
        new PGPKeyRingGenerator(
            PGPSignature.POSITIVE_CERTIFICATION,
            new BcPGPKeyPair(
                PgpPolicy.KEY_VERSION,
                PublicKeyAlgorithmTags.EDDSA_LEGACY,
                KeyPairs.ed25519(random),
                now),
            "Forged",
            null,
            says.generate(),
            null,
            new Ed25519Signing(),
            null);
    PGPSignatureSubpacketGenerator binds = new PGPSignatureSubpacketGenerator();
    binds.setKeyFlags(true, KeyFlags.ENCRYPT_STORAGE);
    rings.addSubKey(
        new BcPGPKeyPair(
            PgpPolicy.KEY_VERSION, PublicKeyAlgorithmTags.ECDH, generator.generateKeyPair(), now),
        binds.generate(),
        null);
    ring = rings.generateSecretKeyRing();
  }

  Certificate certificate() throws IOException {
    return Certificate.described(ring.toCertificate().getEncoded()).getFirst();
  }

  SecretKeys keys() throws IOException {
    return SecretKeys.of(ring.getEncoded());
  }

  /** Encrypts {@code packets} to the key, whatever they are. */
  byte[] message(byte[]... packets) throws IOException, PGPException {
    PGPEncryptedDataGenerator encryption =
        new PGPEncryptedDataGenerator(new FastEncryptorBuilder(new SecureRandom()));
    encryption.addMethod(
        new BcPublicKeyKeyEncryptionMethodGenerator(certificate().encryptionKeys().getFirst()));
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    try (OutputStream out = encryption.open(message, new byte[1 << 16])) {
      for (byte[] each : packets) {
        out.write(each);
      }
    }
    return message.toByteArray();
  }

  VerifiedInput open(byte[] message) throws IOException {
    return open(new ByteArrayInputStream(message), Signers.none());
  }

  VerifiedInput open(InputStream message, Signers signers) throws IOException {
    return PgpDecryption.withKeys(message, keys(), null, signers);
  }

  static byte[] literal(byte[] data) throws IOException {
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    try (OutputStream out =
        new PGPLiteralDataGenerator()
            .open(packet, PGPLiteralData.BINARY, "", data.length, PGPLiteralData.NOW)) {
      out.write(data);
    }
    return packet.toByteArray();
  }

  static byte[] compressed(byte[] packets) throws IOException {
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    try (OutputStream out =
        new PGPCompressedDataGenerator(CompressionAlgorithmTags.ZLIB).open(packet)) {
      out.write(packets);
    }
    return packet.toByteArray();
  }

  /** Returns a packet in the new form with a length of four octets. */
  static byte[] packet(int tag, byte[] body) {
    byte[] packet = new byte[2 + Integer.BYTES + body.length];
    packet[0] = (byte) (NEW_FORMAT | tag);
    packet[1] = (byte) FOUR_OCTETS;
    for (int i = 0; i < Integer.BYTES; i++) {
      packet[2 + i] = (byte) (body.length >> (Integer.BYTES - 1 - i) * Byte.SIZE);
    }
    System.arraycopy(body, 0, packet, 2 + Integer.BYTES, body.length);
    return packet;
  }

  static byte[] joined(List<byte[]> pieces) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    pieces.forEach(all::writeBytes);
    return all.toByteArray();
  }

  static byte[] bytes(int size, int value) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
