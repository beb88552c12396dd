package dev.quayside.pgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.bcpg.PacketTags;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each signature is put to the key that announced it, however many there are and in any order. */
class SignedTwiceTest {

  private static final byte[] DATA = Forged.bytes(5_000, 7);

  private static Forged forged;
  private static SigningKey first;
  private static SigningKey second;

  @BeforeAll
  static void makeKeys() throws Exception {
    forged = new Forged();
    first = SigningKey.create("First", InstantSource.system());
    second = SigningKey.create("Second", InstantSource.system());
  }

  @Test
  void eachSignerIsKnownByTheirOwnSignature() throws Exception {
    for (int[] order : new int[][] {{0, 1}, {1, 0}}) {
      byte[] message = message(List.of(first, second), order);
      assertThat(signer(message, first)).isEqualTo(first.fingerprint());
      assertThat(signer(message, second)).isEqualTo(second.fingerprint());
      assertThat(signer(message)).isNull();
    }
  }

  @Test
  void aSignatureThatIsAnnouncedAndNotThereIsFalse() throws Exception {
    byte[] message = message(List.of(first, second), 1);
    assertThat(signer(message, second)).isEqualTo(second.fingerprint());
    assertBad(message, first);
    assertBad(message, first, second);
  }

  @Test
  void asManySignaturesAreReadAsAnybodyNeeds() throws Exception {
    assertThat(signer(message(copies(8), 0, 1, 2, 3, 4, 5, 6, 7), first))
        .isEqualTo(first.fingerprint());
    byte[] many = message(copies(9), 0, 1, 2, 3, 4, 5, 6, 7, 8);
    assertThatThrownBy(() -> signer(many))
        .isInstanceOfSatisfying(
            PgpException.class,
            e -> assertThat(e.reason()).isEqualTo(PgpException.Reason.UNREADABLE_INSIDE));
  }

  @Test
  void aSignatureOfAStrangeShapeIsFalse() throws Exception {
    ByteArrayOutputStream inside = new ByteArrayOutputStream();
    PGPSignatureGenerator signing = first.begin(inside);
    inside.writeBytes(Forged.literal(DATA));
    signing.update(DATA);
    byte[] packet = signing.generate().getEncoded();
    byte[] tooLong = Forged.joined(List.of(new byte[] {0x01, 0x40, (byte) 0x80}, new byte[39]));
    byte[] body = Arrays.copyOfRange(packet, 2, numbers(packet));
    inside.writeBytes(
        Forged.packet(PacketTags.SIGNATURE, Forged.joined(List.of(body, tooLong, tooLong))));
    assertBad(forged.message(inside.toByteArray()), first);
  }

  /** Returns where the numbers begin in a signature of version 4 with one byte of length. */
  private static int numbers(byte[] packet) {
    int at = 2 + 4;
    for (int fields = 0; fields < 2; fields++) {
      at += Short.BYTES + ((packet[at] & 0xFF) << Byte.SIZE | packet[at + 1] & 0xFF);
    }
    return at + Short.BYTES;
  }

  private static List<SigningKey> copies(int count) {
    List<SigningKey> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add(first);
    }
    return keys;
  }

  /** Lets {@code signers} announce signatures, of which {@code order} follow after the data. */
  private static byte[] message(List<SigningKey> signers, int... order) throws Exception {
    ByteArrayOutputStream inside = new ByteArrayOutputStream();
    List<PGPSignatureGenerator> signing = new ArrayList<>();
    for (SigningKey each : signers) {
      signing.add(each.begin(inside));
    }
    inside.writeBytes(Forged.literal(DATA));
    for (int each : order) {
      signing.get(each).update(DATA);
      signing.get(each).generate().encode(inside);
    }
    return forged.message(inside.toByteArray());
  }

  private static String signer(byte[] message, SigningKey... known) throws IOException {
    List<byte[]> certificates = new ArrayList<>();
    for (SigningKey each : known) {
      certificates.add(each.certificate());
    }
    try (VerifiedInput in =
        forged.open(new ByteArrayInputStream(message), Signers.of(certificates))) {
      assertThat(in.readAllBytes()).isEqualTo(DATA);
      return in.signer();
    }
  }

  private static void assertBad(byte[] message, SigningKey... known) {
    assertThatThrownBy(() -> signer(message, known))
        .isInstanceOfSatisfying(
            PgpException.class,
            e -> assertThat(e.reason()).isEqualTo(PgpException.Reason.BAD_SIGNATURE));
  }
}
