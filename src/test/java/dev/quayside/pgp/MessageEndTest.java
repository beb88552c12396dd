package dev.quayside.pgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.pgp.PgpException.Reason;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.bcpg.PacketTags;
import org.bouncycastle.openpgp.PGPException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What is read ends without an error only if it is all of what was written; else the reason is the
 * true one: a broken disk is no damaged archive, and a damaged archive is no wrong key.
 */
class MessageEndTest {

  private static final byte[] PLAIN = "what was written".getBytes(StandardCharsets.UTF_8);

  /** Stands behind the data, so that the message goes on after the reader has had all of it. */
  private static final byte[] BEHIND = Forged.packet(PacketTags.EXPERIMENTAL_1, new byte[20_000]);

  private static Forged forged;
  private static byte[] message;
  private static byte[] longer;

  @BeforeAll
  static void makeMessages() throws Exception {
    forged = new Forged();
    message = forged.message(Forged.literal(PLAIN));
    longer = forged.message(Forged.literal(PLAIN), BEHIND);
  }

  @Test
  void everyByteComesOnceAndThenTheEndForEver() throws Exception {
    try (VerifiedInput in = forged.open(message)) {
      assertThat(in.read(new byte[4], 0, 0)).isZero();
      for (byte each : PLAIN) {
        assertThat(in.read()).isEqualTo(each);
      }
      assertThat(in.read()).isEqualTo(-1);
      assertThat(in.read()).isEqualTo(-1);
      assertThat(in.read(new byte[4], 0, 4)).isEqualTo(-1);
    }
    try (VerifiedInput in = forged.open(forged.message(Forged.literal(new byte[] {(byte) 0xFE})))) {
      assertThat(in.read()).isEqualTo(0xFE);
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void whatFollowsAfterTheMessageIsSaid() throws Exception {
    for (int more : new int[] {0, 1, 0xC3}) {
      byte[] followed = Arrays.copyOf(message, message.length + 1);
      followed[message.length] = (byte) more;
      assertThat(reason(followed)).isEqualTo(Reason.TRAILING_DATA);
    }
  }

  @Test
  void textAroundAnArmoredMessageIsNoMatter() throws Exception {
    String armored = KeyRings.armored(message);
    assertThat(read(armored.getBytes(StandardCharsets.US_ASCII))).isEqualTo(PLAIN);
    assertThat(read((armored + "\nregards\n").getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo(PLAIN);
    assertThat(reason("-----BEGIN PGP MESSAGE----".getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo(Reason.NOT_OPENPGP);
    assertThat(reason(new byte[0])).isEqualTo(Reason.NOT_OPENPGP);
  }

  @Test
  void alteredAndCutMessagesAreToldApart() throws Exception {
    for (byte[] whole : List.of(message, longer)) {
      byte[] altered = whole.clone();
      altered[whole.length - 1] ^= 1;
      assertThat(reason(altered)).isEqualTo(Reason.ALTERED);
      for (int lost : new int[] {1, 10, 22}) {
        assertThat(reason(Arrays.copyOf(whole, whole.length - lost))).isEqualTo(Reason.CUT_SHORT);
      }
    }
    assertThat(reason(Arrays.copyOf(longer, 12_000))).isEqualTo(Reason.CUT_SHORT);
    assertThat(reason(Arrays.copyOf(longer, 40))).isEqualTo(Reason.NOT_OPENPGP);
  }

  @Test
  void aBrokenDiskIsNeverCalledADamagedMessage() {
    List<Integer> places = new ArrayList<>();
    for (int at = 0; at <= 200; at++) {
      places.add(at);
    }
    places.addAll(List.of(5_000, 12_000, longer.length - 1, longer.length));
    for (int at : places) {
      for (IOException trouble : List.of(new IOException("disk"), new EOFException("disk"))) {
        assertThatThrownBy(() -> readAll(failing(longer, at, trouble)))
            .as("%d", at)
            .isSameAs(trouble);
      }
    }
  }

  @Test
  void aFailureStaysTheFailure() throws Exception {
    byte[] altered = longer.clone();
    altered[longer.length - 1] ^= 1;
    try (VerifiedInput in = forged.open(altered)) {
      assertThat(in.readNBytes(PLAIN.length)).isEqualTo(PLAIN);
      assertThatThrownBy(in::read)
          .isInstanceOf(PgpException.class)
          .satisfies(first -> assertThatThrownBy(in::read).isSameAs(first));
      assertThat(in.signer()).isNull();
    }
  }

  @Test
  void asManyLayersAsGpgWritesAreReadAndNoMore() throws Exception {
    byte[] once = Forged.compressed(Forged.literal(PLAIN));
    byte[] twice = Forged.compressed(once);
    assertThat(read(forged.message(once))).isEqualTo(PLAIN);
    assertThat(read(forged.message(twice))).isEqualTo(PLAIN);
    assertThat(reason(forged.message(Forged.compressed(twice))))
        .isEqualTo(Reason.UNREADABLE_INSIDE);
  }

  @Test
  void anIntactMessageWithSomethingElseInsideIsNotCalledAltered() throws Exception {
    byte[] key = Forged.packet(PacketTags.USER_ID, PLAIN);
    assertThat(reason(forged.message(key))).isEqualTo(Reason.UNREADABLE_INSIDE);
    assertThat(reason(forged.message())).isEqualTo(Reason.UNREADABLE_INSIDE);
    byte[] altered = forged.message(key);
    altered[altered.length - 1] ^= 1;
    assertThat(reason(altered)).isEqualTo(Reason.ALTERED);
    byte[] cut = Arrays.copyOf(Forged.literal(PLAIN), 10);
    assertThat(reason(forged.message(cut))).isEqualTo(Reason.UNREADABLE_INSIDE);
  }

  @Test
  void theFileIsClosedWithTheStream() throws Exception {
    List<String> closed = new ArrayList<>();
    InputStream watched =
        new ByteArrayInputStream(message) {
          @Override
          public void close() {
            closed.add("closed");
          }
        };
    forged.open(watched, Signers.none()).close();
    assertThat(closed).containsExactly("closed");
  }

  @Test
  void aSessionKeyThatIsWrittenInAnotherWayIsAnAlteration() throws Exception {
    byte[] altered = message.clone();
    // Packet: tag, length; version, key id, algorithm; length of the point, 0x40, the point.
    int last = 2 + 1 + Long.BYTES + 1 + Short.BYTES + 1 + 32 - 1;
    altered[last] |= (byte) 0x80;
    assertThat(altered).isNotEqualTo(message);
    assertThat(reason(altered)).isEqualTo(Reason.ALTERED);
  }

  @Test
  void aMessageForOthersIsSaidToBeForOthers() throws Exception {
    Forged other = new Forged();
    assertThat(reason(other.message(Forged.literal(PLAIN)))).isEqualTo(Reason.NO_MATCHING_KEY);
    byte[] unencrypted = Forged.literal(PLAIN);
    assertThat(reason(unencrypted)).isEqualTo(Reason.NOT_ENCRYPTED);
  }

  private static InputStream failing(byte[] bytes, int at, IOException trouble) {
    return new InputStream() {
      private int position;

      @Override
      public int read() throws IOException {
        if (position == at) {
          throw trouble;
        }
        return bytes[position++] & 0xFF;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        int taken = Math.min(length, at - position);
        if (taken == 0) {
          throw trouble;
        }
        System.arraycopy(bytes, position, target, offset, taken);
        position += taken;
        return taken;
      }
    };
  }

  private static byte[] read(byte[] bytes) throws IOException {
    return readAll(new ByteArrayInputStream(bytes));
  }

  private static byte[] readAll(InputStream source) throws IOException {
    try (VerifiedInput in = forged.open(source, Signers.none())) {
      return in.readAllBytes();
    }
  }

  private static Reason reason(byte[] bytes) throws IOException, PGPException {
    try {
      var _ = read(bytes);
    } catch (PgpException e) {
      return e.reason();
    }
    throw new AssertionError("it was read");
  }
}
