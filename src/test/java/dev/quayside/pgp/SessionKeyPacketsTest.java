package dev.quayside.pgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A session key can be written in one way only; every other is an altered message. */
class SessionKeyPacketsTest {

  private static final String POINT = "11".repeat(31);

  /** Version 3, the key's number, the algorithm. */
  private static byte[] body(int algorithm, String rest) {
    return HexFormat.of().parseHex("03" + "0102030405060708" + "%02x".formatted(algorithm) + rest);
  }

  private static byte[] packet(int algorithm, String rest) {
    return Forged.packet(1, body(algorithm, rest));
  }

  private static void accept(byte[]... packets) {
    assertThatCode(() -> SessionKeyPackets.requireCanonical(Forged.joined(List.of(packets))))
        .doesNotThrowAnyException();
  }

  private static void refuse(byte[]... packets) {
    assertThatThrownBy(() -> SessionKeyPackets.requireCanonical(Forged.joined(List.of(packets))))
        .isInstanceOfSatisfying(
            PgpException.class, e -> assertThat(e.reason()).isEqualTo(PgpException.Reason.ALTERED));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aNumberHasTheBitsThatItSays(int rsa) {
    accept(packet(rsa, "0009" + "01ff"), packet(rsa, "0010" + "80ff"), packet(rsa, "0001" + "01"));
    refuse(packet(rsa, "0009" + "03ff"));
    refuse(packet(rsa, "000a" + "01ff"));
    refuse(packet(rsa, "0010" + "01ff"));
    refuse(packet(rsa, "0009" + "00ff"));
    refuse(packet(rsa, "0000"));
    refuse(packet(rsa, "0000" + "80"));
    accept(packet(rsa, "0100" + "80" + "00".repeat(31)));
    refuse(packet(rsa, "0100" + "80" + "00".repeat(30)));
    refuse(packet(rsa, "0100"));
    refuse(packet(rsa, "01"));
  }

  @Test
  void bothNumbersOfElgamalAreLookedAt() {
    accept(packet(16, "0009" + "01ff" + "0002" + "02"));
    refuse(packet(16, "0009" + "01ff" + "0002" + "01"));
    refuse(packet(16, "0009" + "00ff" + "0002" + "02"));
    refuse(packet(16, "0009" + "01ff"));
    refuse(packet(20, "0009" + "01ff" + "0002" + "02"));
  }

  @Test
  void aPointHasAFormThatSomebodyWritesAndNoBitTooMany() {
    accept(packet(18, "0107" + "40" + POINT + "7f" + "00"));
    refuse(packet(18, "0107" + "40" + POINT + "80" + "00"));
    accept(packet(18, "0023" + "0411111180"));
    refuse(packet(18, "0022" + "0211111111"));
    accept(packet(18, "0027" + "4011111180"));
    accept(packet(25, POINT + "7f" + "00"));
    refuse(packet(25, POINT + "80" + "00"));
    refuse(packet(25, POINT));
  }

  @Test
  void whateverElseMayStandThereIsPassedOver() {
    byte[] bad = packet(1, "0009" + "03ff");
    byte[] marker = Forged.packet(10, new byte[] {'P', 'G', 'P'});
    byte[] passphrase = Forged.packet(3, new byte[] {4, 9, 0, 8});
    byte[] encrypted = Forged.packet(18, new byte[] {1});
    refuse(marker, passphrase, bad);
    refuse(packet(1, "0009" + "01ff"), bad);
    accept(marker, encrypted, bad);
    byte[] otherVersion = body(1, "0009" + "03ff");
    otherVersion[0] = 6;
    accept(Forged.packet(1, otherVersion));
    accept(packet(99, "0009" + "03ff"));
    accept();
  }

  @Test
  void everyFormOfALengthIsRead() {
    byte[] good = body(1, "0009" + "01ff");
    byte[] bad = body(1, "0009" + "03ff");
    for (int[] form :
        new int[][] {
          {0x84, good.length}, // old form: one, two and four octets
          {0x85, 0, good.length},
          {0x86, 0, 0, 0, good.length},
          {0xC1, good.length}, // new form
          {0xC1, 0xFF, 0, 0, 0, good.length}
        }) {
      byte[] begin = new byte[form.length];
      for (int i = 0; i < form.length; i++) {
        begin[i] = (byte) form[i];
      }
      accept(begin, good);
      accept(begin, good, begin, good);
      refuse(begin, bad);
      refuse(begin, good, begin, bad);
      refuse(begin, good, begin, Arrays.copyOf(good, good.length - 1));
      refuse(Arrays.copyOf(begin, begin.length - 1));
    }
  }

  @Test
  void longPacketsAreReadToTheirEnd() {
    byte[] bad = packet(1, "0009" + "03ff");
    for (int size : new int[] {191, 192, 500, 8383}) {
      byte[] begin =
          size < 192
              ? new byte[] {(byte) 0xC3, (byte) size}
              : new byte[] {(byte) 0xC3, (byte) ((size - 192 >> 8) + 192), (byte) (size - 192)};
      accept(begin, new byte[size]);
      refuse(begin, new byte[size], bad);
      refuse(begin, new byte[size - 1]);
    }
    refuse(new byte[] {(byte) 0x8E, 0, 1, 1, 0}, new byte[0x10100], bad);
  }

  @Test
  void aSessionKeyComesWholeAndWithALength() {
    refuse(new byte[] {(byte) 0x87}, body(1, "0009" + "01ff"));
    refuse(new byte[] {(byte) 0xC1, (byte) 0xE0}, body(1, "0009" + "01ff"));
    refuse(new byte[] {(byte) 0xC1, (byte) 0xFE}, body(1, "0009" + "01ff"));
    refuse(new byte[] {(byte) 0xC1, (byte) 0xFF, (byte) 0xFF, 0, 0, 0}, new byte[9]);
    refuse(new byte[] {(byte) 0xC1, (byte) 0xFF, 0, (byte) 0xFF, 0, 0}, new byte[9]);
    refuse(new byte[] {(byte) 0xC1});
    refuse(new byte[] {(byte) 0xC1, 0});
    refuse(new byte[] {(byte) 0xC1, 1, 3});
  }
}
