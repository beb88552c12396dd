package dev.quayside.pgp;

import java.util.Arrays;
import org.bouncycastle.bcpg.PacketTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyEncSessionPacket;
import org.jspecify.annotations.Nullable;

/**
 * Looks at session keys for public keys byte by byte. They stand before what the integrity check
 * covers, and some bits in them mean nothing to whoever decrypts: a number may claim other bits
 * than it has (RFC 9580, section 3.2, calls that malformed), and X25519 masks the highest bit of a
 * point (RFC 7748, section 5), and some algorithms and forms of points have two names. Nobody
 * writes them so; whoever finds one has an altered message.
 */
final class SessionKeyPackets {

  private static final int BYTE = 8;
  private static final int OCTET = 0xFF;
  private static final int NEW_FORMAT = 0x40;
  private static final int TAG_MASK = 0x3F;
  private static final int OLD_TAG_SHIFT = 2;
  private static final int OLD_TAG_MASK = 0x0F;
  private static final int OLD_LENGTH_MASK = 3;
  private static final int OLD_UNKNOWN_LENGTH = 3;
  private static final int TWO_OCTETS_FROM = 192;
  private static final int PARTIAL_FROM = 224;
  private static final int FOUR_OCTETS = 255;

  /** Version, key id and algorithm come first. */
  private static final int FIELDS = 10;

  private static final int ALGORITHM = FIELDS - 1;

  /** Not given to keys any more, and read all the same. */
  private static final int RSA_FOR_ENCRYPTION = 2;

  private static final int ELGAMAL_FOR_ALL = 20;
  private static final int POINT = 32;
  private static final byte NATIVE_POINT = 0x40;
  private static final byte UNCOMPRESSED_POINT = 0x04;

  private final byte[] head;
  private int at;

  private SessionKeyPackets(byte[] head) {
    this.head = head;
  }

  /**
   * Refuses a head with a session key that could be written in another way.
   *
   * @param head the packets before the encrypted data, as they were read; more may follow
   * @throws PgpException with {@link PgpException.Reason#ALTERED}
   */
  static void requireCanonical(byte[] head) throws PgpException {
    try {
      new SessionKeyPackets(head).walk();
    } catch (IndexOutOfBoundsException e) {
      throw altered("a session key ends early", e);
    }
  }

  private void walk() throws PgpException {
    while (at < head.length) {
      int first = head[at++] & OCTET;
      boolean newer = (first & NEW_FORMAT) != 0;
      int tag = newer ? first & TAG_MASK : (first >> OLD_TAG_SHIFT) & OLD_TAG_MASK;
      if (tag != PacketTags.PUBLIC_KEY_ENC_SESSION
          && tag != PacketTags.SYMMETRIC_KEY_ENC_SESSION
          && tag != PacketTags.MARKER) {
        return;
      }
      int length = newer ? newLength() : oldLength(first & OLD_LENGTH_MASK);
      if (length > head.length - at) {
        throw new IndexOutOfBoundsException(at);
      }
      byte[] body = Arrays.copyOfRange(head, at, at + length);
      at += length;
      if (tag == PacketTags.PUBLIC_KEY_ENC_SESSION
          && body[0] == PublicKeyEncSessionPacket.VERSION_3) {
        check(body);
      }
    }
  }

  private static void check(byte[] body) throws PgpException {
    switch (body[ALGORITHM] & OCTET) {
      case PublicKeyAlgorithmTags.RSA_GENERAL, RSA_FOR_ENCRYPTION -> requireExact(body, FIELDS);
      case PublicKeyAlgorithmTags.ELGAMAL_ENCRYPT -> requireExact(body, requireExact(body, FIELDS));
      case PublicKeyAlgorithmTags.ECDH -> {
        int end = requireExact(body, FIELDS);
        int begin = FIELDS + Short.BYTES;
        if (body[begin] != NATIVE_POINT && body[begin] != UNCOMPRESSED_POINT) {
          throw altered("a point in a session key has a form that nobody writes", null);
        }
        if (end - begin == POINT + 1) {
          requireUnmasked(body[end - 1]);
        }
      }
      case PublicKeyAlgorithmTags.X25519 -> requireUnmasked(body[FIELDS + POINT - 1]);
      case ELGAMAL_FOR_ALL ->
          throw altered("a session key names an algorithm that is not used any more", null);
      default -> {
        // Others are refused by whoever decrypts.
      }
    }
  }

  /** Returns where the number at {@code from} ends. */
  private static int requireExact(byte[] body, int from) throws PgpException {
    int bits = ((body[from] & OCTET) << BYTE) | (body[from + 1] & OCTET);
    int begin = from + Short.BYTES;
    int end = begin + (bits + BYTE - 1) / BYTE;
    int unused = (end - begin) * BYTE - bits;
    boolean exact =
        bits > 0
            && Integer.numberOfLeadingZeros(body[begin] & OCTET) - (Integer.SIZE - BYTE) == unused;
    if (!exact || end > body.length) {
      throw altered("a number in a session key has other bits than it says", null);
    }
    return end;
  }

  private static void requireUnmasked(byte last) throws PgpException {
    if (last < 0) {
      throw altered("a point in a session key has a bit too many", null);
    }
  }

  private int newLength() throws PgpException {
    int first = head[at++] & OCTET;
    if (first < TWO_OCTETS_FROM) {
      return first;
    }
    if (first < PARTIAL_FROM) {
      return ((first - TWO_OCTETS_FROM) << BYTE) + (head[at++] & OCTET) + TWO_OCTETS_FROM;
    }
    if (first == FOUR_OCTETS) {
      return number(Integer.BYTES);
    }
    throw altered("a session key comes in pieces", null);
  }

  private int oldLength(int kind) throws PgpException {
    if (kind == OLD_UNKNOWN_LENGTH) {
      throw altered("a session key has no length", null);
    }
    return number(1 << kind);
  }

  private int number(int octets) {
    int value = 0;
    for (int i = 0; i < octets; i++) {
      value = (value << BYTE) | (head[at++] & OCTET);
    }
    if (value < 0 || value > head.length) {
      throw new IndexOutOfBoundsException(value);
    }
    return value;
  }

  private static PgpException altered(String detail, @Nullable Throwable cause) {
    return cause == null
        ? new PgpException(PgpException.Reason.ALTERED, detail)
        : new PgpException(PgpException.Reason.ALTERED, detail, cause);
  }
}
