package dev.quayside.telemetry.kernel;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadBufferTest {

  record Interface(String name, long received, long sent) {}

  @Property(tries = 300)
  void everyCounterIsReadBack(@ForAll @LongRange(min = 0) long value) {
    assertThat(buffer(value + "\n").first()).isEqualTo(value);
    assertThat(buffer("usage_usec " + value + "\nuser_usec 1\n").value(key("usage_usec")))
        .isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "max, -1",
    "-1, -1",
    "'', -1",
    "9223372036854775808, -1",
    "99999999999999999999, -1",
    "12abc, 12"
  })
  void whatIsNoCounterIsUnknown(String text, long expected) {
    assertThat(buffer(text).first()).isEqualTo(expected);
  }

  @Property(tries = 300)
  void theBytesOfAllInterfacesButLoopbackAreAddedUp(
      @ForAll("interfaces") List<Interface> interfaces) {
    String table =
        "Inter-|   Receive  |  Transmit\n face |bytes  packets|bytes packets\n"
            + interfaces.stream()
                .map(each ->
                    "%6s: %d 1 2 3 4 5 6 7 %7d 9 0 0 0 0 0 0\n"
                        .formatted(each.name, each.received, each.sent))
                .collect(Collectors.joining());
    ReadBuffer buffer = buffer(table);
    buffer.readNetwork(ReadBuffer.Interfaces.OWN);
    List<Interface> counted = interfaces.stream().filter(each -> !each.name.equals("lo")).toList();
    assertThat(buffer.received()).isEqualTo(counted.stream().mapToLong(Interface::received).sum());
    assertThat(buffer.sent()).isEqualTo(counted.stream().mapToLong(Interface::sent).sum());
  }

  @Test
  void dockersOwnInterfacesAreNoTrafficOfTheMachine() {
    ReadBuffer buffer =
        buffer(
            "a\n"
                + "b\n"
                + " lo: 1 0 0 0 0 0 0 0 1 0\n"
                + "veth12ab: 2 0 0 0 0 0 0 0 2 0\n"
                + "br-0f: 4 0 0 0 0 0 0 0 4 0\n"
                + "docker0: 8 0 0 0 0 0 0 0 8 0\n"
                + "  eth0:16 0 0 0 0 0 0 0 32 0\n"
                + "wlp3s0: 64 0 0 0 0 0 0 0 128 0\n");
    buffer.readNetwork(ReadBuffer.Interfaces.PHYSICAL);
    assertThat(buffer.received()).isEqualTo(80);
    assertThat(buffer.sent()).isEqualTo(160);
  }

  @Property(tries = 300)
  void operationsOfBothVersionsAreAddedUpOverAllDevices(@ForAll("amounts") List<Long> amounts) {
    StringBuilder v1 = new StringBuilder();
    StringBuilder v2 = new StringBuilder();
    for (int device = 0; device < amounts.size(); device++) {
      v1.append(
          "8:%d Read %d\n8:%d Write 5\n8:%d Sync 3\n"
              .formatted(device, amounts.get(device), device, device));
      v2.append(
          "8:%d rbytes=%d wbytes=5 rios=1 xrbytes=7\n".formatted(device, amounts.get(device)));
    }
    long sum = amounts.stream().mapToLong(Long::longValue).sum();
    assertThat(buffer(v1 + "Total 99\n").sumOfOperation(key("Read"))).isEqualTo(sum);
    assertThat(buffer(v2.toString()).sumOfWord(key("rbytes="))).isEqualTo(sum);
    assertThat(buffer(v2.toString()).sumOfWord(key("wbytes="))).isEqualTo(5L * amounts.size());
  }

  @Property(tries = 500)
  void noBytesMakeTheReaderFail(@ForAll byte[] bytes) {
    ReadBuffer buffer = new ReadBuffer();
    buffer.set(bytes);
    buffer.readNetwork(ReadBuffer.Interfaces.OWN);
    assertThat(buffer.first()).isGreaterThanOrEqualTo(-1);
    assertThat(buffer.field(1)).isGreaterThanOrEqualTo(-1);
    assertThat(buffer.value(key("a"))).isGreaterThanOrEqualTo(-1);
    assertThat(buffer.sumOfOperation(key("Read"))).isGreaterThanOrEqualTo(-1);
    assertThat(buffer.sumOfWord(key("rbytes="))).isGreaterThanOrEqualTo(-1);
    assertThat(buffer.received()).isGreaterThanOrEqualTo(-1);
  }

  @Test
  void wordsOfTheFirstLineAreCountedAndThoseOfLaterOnesAreNot() {
    ReadBuffer buffer = buffer("cpu  11 22\ncpu0 33 44\n");
    assertThat(buffer.field(0)).isEqualTo(ReadBuffer.NONE);
    assertThat(buffer.field(1)).isEqualTo(11);
    assertThat(buffer.field(2)).isEqualTo(22);
    assertThat(buffer.field(3)).isEqualTo(ReadBuffer.NONE);
    assertThat(buffer("max 100000\n").field(1)).isEqualTo(100_000);
  }

  @Test
  void aKeyIsNotFoundInTheMiddleOfALongerOne() {
    ReadBuffer buffer = buffer("total_inactive_file 5\ninactive_file_x 6\ninactive_file 7");
    assertThat(buffer.value(key("inactive_file"))).isEqualTo(7);
  }

  @Test
  void aFileLargerThanTheBufferIsReadWhole(@TempDir Path folder) throws IOException {
    String lines = "8:0 Read 3\n".repeat(4_000);
    Path file = Files.writeString(folder.resolve("large"), lines);
    ReadBuffer buffer = new ReadBuffer();
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
      buffer.fill(open);
      assertThat(buffer.sumOfOperation(key("Read"))).isEqualTo(12_000);
      buffer.fill(open);
      assertThat(buffer.sumOfOperation(key("Read"))).isEqualTo(12_000);
    }
  }

  @Test
  void thisMachinesOwnFilesAgreeWithAPlainReading() throws IOException {
    ReadBuffer buffer = new ReadBuffer();
    try (RandomAccessFile open = new RandomAccessFile("/proc/meminfo", "r")) {
      buffer.fill(open);
    }
    String total =
        Files.readAllLines(Path.of("/proc/meminfo")).stream()
            .filter(line -> line.startsWith("MemTotal:"))
            .findFirst()
            .orElseThrow();
    assertThat(buffer.padded(key("MemTotal:")))
        .isEqualTo(Long.parseLong(total.replaceAll("\\D", "")));
  }

  @Provide
  Arbitrary<List<Interface>> interfaces() {
    Arbitrary<Long> counter = Arbitraries.longs().between(0, Long.MAX_VALUE / 100);
    Arbitrary<String> name = Arbitraries.of("lo", "eth0", "eth1", "l", "loo", "tun0", "eth0:1");
    return Combinators.combine(name, counter, counter)
        .as(Interface::new)
        .list()
        .ofMaxSize(12)
        .map(ArrayList::new);
  }

  @Provide
  Arbitrary<List<Long>> amounts() {
    return Arbitraries.longs().between(0, Long.MAX_VALUE / 100).list().ofMaxSize(12);
  }

  private static ReadBuffer buffer(String text) {
    ReadBuffer buffer = new ReadBuffer();
    buffer.set(text.getBytes(US_ASCII));
    return buffer;
  }

  private static byte[] key(String text) {
    return text.getBytes(US_ASCII);
  }
}
