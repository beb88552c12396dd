package dev.quayside.pgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.common.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PgpDecryptionTest {

  private static final byte[] PLAIN = {1, 2, 3};

  private static byte[] message() throws IOException {
    return GnupgInteropTest.toPassphrase(PLAIN);
  }

  /** Returns the packet with the session key, which stands first: new form, one byte of length. */
  private static byte[] keyPacket(byte[] message) {
    assertThat(message[0]).isEqualTo((byte) 0xC3);
    return Arrays.copyOf(message, 2 + message[1]);
  }

  private static byte[] open(InputStream message) throws IOException {
    try (Secret secret = Secret.owning(GnupgInteropTest.PASSPHRASE.toCharArray());
        VerifiedInput plain = PgpDecryption.withPassphrase(message, secret)) {
      return plain.readAllBytes();
    }
  }

  private static InputStream withKeys(int count) throws IOException {
    byte[] message = message();
    byte[] packet = keyPacket(message);
    ByteArrayOutputStream forged = new ByteArrayOutputStream();
    for (int i = 1; i < count; i++) {
      forged.write(packet);
    }
    forged.write(message);
    return new ByteArrayInputStream(forged.toByteArray());
  }

  @Test
  void noMoreSessionKeysAreTriedThanAnybodyNeeds() throws Exception {
    assertThat(open(withKeys(32))).isEqualTo(PLAIN);
    assertThatThrownBy(() -> open(withKeys(33))).hasMessageContaining("REFUSED_ALGORITHM");
  }

  @Test
  void aHeadWithoutEndIsNotReadForEver() throws Exception {
    byte[] packet = keyPacket(message());
    InputStream endless =
        new InputStream() {
          private int position;

          @Override
          public int read() {
            return packet[position++ % packet.length] & 0xFF;
          }
        };

    assertThatThrownBy(() -> open(endless)).hasMessageContaining("REFUSED_ALGORITHM");
  }
}
