package dev.quayside.pgp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * The fast cipher gives byte for byte what the JDK's own CFB gives, in whatever pieces it is
 * called.
 */
class FastCfbTest {

  @Property(tries = 200)
  void encryptsAndDecryptsLikeTheJdk(
      @ForAll @IntRange(max = 20_000) int size,
      @ForAll @IntRange(min = 1, max = 9_000) int piece,
      @ForAll @Size(32) byte[] key,
      @ForAll long seed)
      throws Exception {
    byte[] plain = new byte[size];
    new Random(seed).nextBytes(plain);
    Cipher reference = Cipher.getInstance("AES/CFB/NoPadding", "SunJCE");
    reference.init(
        Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
    byte[] expected = reference.doFinal(plain);

    ByteArrayOutputStream encrypted = new ByteArrayOutputStream();
    try (CfbOutput out = new CfbOutput(encrypted, key)) {
      for (int from = 0; from < size; from += piece) {
        out.write(plain, from, Math.min(piece, size - from));
      }
    }
    assertThat(encrypted.toByteArray()).isEqualTo(expected);

    CfbInput in = new CfbInput(new ByteArrayInputStream(expected), key);
    byte[] back = new byte[size];
    int done = 0;
    for (int got = in.read(back, 0, Math.min(piece, size)); got > 0; ) {
      done += got;
      got = in.read(back, done, Math.min(piece, size - done));
    }
    assertThat(done).isEqualTo(size);
    assertThat(back).isEqualTo(plain);
    assertThat(in.read()).isEqualTo(-1);
  }

  @Property(tries = 50)
  void singleBytesGiveTheSame(@ForAll @Size(max = 300) byte[] plain) throws Exception {
    byte[] key = new byte[16];
    Arrays.fill(key, (byte) 3);
    ByteArrayOutputStream encrypted = new ByteArrayOutputStream();
    try (CfbOutput out = new CfbOutput(encrypted, key)) {
      for (byte each : plain) {
        out.write(each);
      }
    }
    CfbInput in = new CfbInput(new ByteArrayInputStream(encrypted.toByteArray()), key);
    for (byte each : plain) {
      assertThat((byte) in.read()).isEqualTo(each);
    }
    assertThat(in.read()).isEqualTo(-1);
  }
}
