package dev.quayside.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressLiteralTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "127.0.0.1, LOOPBACK",
        "127.255.255.254, LOOPBACK",
        "::1, LOOPBACK",
        "[::1], LOOPBACK",
        "::ffff:127.0.0.1, LOOPBACK",
        "::ffff:7f00:1, LOOPBACK",
        "::1%lo, LOOPBACK",
        "0:0:0:0:0:0:0:1, LOOPBACK",
        "0.0.0.0, LAN",
        "::, LAN",
        "[::], LAN",
        "'', LAN",
        "::ffff:0.0.0.0, LAN",
        "192.168.1.4, LAN",
        "10.0.0.1, LAN",
        "100.64.0.7, LAN",
        "169.254.1.1, LAN",
        "fe80::1%eth0, LAN",
        "fd12::7, LAN",
        "2001:db8::1, LAN",
        "128.0.0.1, LAN",
        "126.255.255.255, LAN",
        "::127.0.0.1, LAN",
        "::2, LAN",
        "null, INTERNAL",
        "localhost, UNKNOWN",
        "127.1, UNKNOWN",
        "0177.0.0.1, UNKNOWN",
        "2130706433, UNKNOWN",
        "example.org, UNKNOWN",
        "1.2.3.4.5, UNKNOWN",
        "256.0.0.1, UNKNOWN",
        ":::1, UNKNOWN",
        "1::2::3, UNKNOWN",
        "[127.0.0.1], UNKNOWN",
        "::1%, UNKNOWN",
        "12345::, UNKNOWN",
        "1:2:3:4:5:6:7, UNKNOWN",
        "1:2:3:4:5:6:7:8:9, UNKNOWN",
        "1.2.3.4::, UNKNOWN",
        "' 127.0.0.1', UNKNOWN",
        "'127.0.0.1\u0000', UNKNOWN",
        "١٢٧.0.0.1, UNKNOWN"
      })
  void aBindIsJudgedByItsLiteralAddress(String address, Exposure expected) {
    assertThat(Exposure.of(address)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "[::]", "::ffff:0.0.0.0"})
  void aWildcardIsKnownAsOne(String address) {
    assertThat(AddressLiteral.parse(address)).isNotNull();
    assertThat(AddressLiteral.parse(address).wildcard()).isTrue();
  }

  @Property
  void everyIpv4AddressIsReadAsTheJdkReadsIt(@ForAll @Size(4) byte[] bytes)
      throws UnknownHostException {
    agrees(bytes);
  }

  @Property
  void everyIpv6AddressIsReadAsTheJdkReadsIt(@ForAll("sparse") byte[] bytes)
      throws UnknownHostException {
    agrees(bytes);
    AddressLiteral read = AddressLiteral.parse(compressed(bytes));
    assertThat(read).as(compressed(bytes)).isNotNull();
    assertThat(read.toBytes()).isEqualTo(bytes);
  }

  @Property
  void noTextMakesTheReaderFail(@ForAll String text) {
    AddressLiteral read = AddressLiteral.parse(text);
    assertThat(read == null || read.toBytes().length == 4 || read.toBytes().length == 16).isTrue();
  }

  @Property
  void anIpv4AddressAndItsMappedFormAreTheSameToUs(@ForAll @Size(4) byte[] bytes)
      throws UnknownHostException {
    String dotted = InetAddress.getByAddress(bytes).getHostAddress();
    assertThat(Exposure.of("::ffff:" + dotted)).isEqualTo(Exposure.of(dotted));
  }

  // Many zero bytes, so that compression and mapping happen.
  @Provide
  Arbitrary<byte[]> sparse() {
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(3, Arbitraries.just((byte) 0)),
            net.jqwik.api.Tuple.of(1, Arbitraries.bytes()))
        .array(byte[].class)
        .ofSize(16)
        .filter(bytes -> !(zero(bytes, 10) && bytes[10] == -1 && bytes[11] == -1));
  }

  private static void agrees(byte[] bytes) throws UnknownHostException {
    InetAddress jdk = InetAddress.getByAddress(bytes);
    AddressLiteral read = AddressLiteral.parse(jdk.getHostAddress());
    assertThat(read).isNotNull();
    assertThat(read.toBytes()).isEqualTo(bytes);
    assertThat(read.loopback()).isEqualTo(jdk.isLoopbackAddress());
    assertThat(read.wildcard()).isEqualTo(jdk.isAnyLocalAddress());
  }

  private static boolean zero(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  // Shortens the first run of zero groups to "::".
  private static String compressed(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    boolean used = false;
    for (int group = 0; group < 8; group++) {
      int value = (bytes[2 * group] & 0xff) << 8 | bytes[2 * group + 1] & 0xff;
      if (value == 0 && !used) {
        used = true;
        text.append(text.isEmpty() ? "::" : ":");
        while (group < 7 && bytes[2 * group + 2] == 0 && bytes[2 * group + 3] == 0) {
          group++;
        }
        continue;
      }
      text.append(Integer.toHexString(value));
      if (group < 7) {
        text.append(':');
      }
    }
    return text.toString();
  }
}
