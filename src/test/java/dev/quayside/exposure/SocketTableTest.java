package dev.quayside.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Messages;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.PortBinding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketTableTest {

  private static final ContainerId ID = new ContainerId("e".repeat(64));
  private static final String TCP_HEADING =
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout"
          + " inode\n";
  @TempDir private Path folder;

  @Test
  void onlyListeningSocketsOfTheContainersProcessesCount() throws IOException {
    container(61, 1001, 1002, 1003, 1005);
    container(62, 1004);
    process(63, "0::/user.slice\n", 1009);
    write(
        "proc/61/net/tcp",
        TCP_HEADING
            + tcp("0100007F:1F90", "00000000:0000", "0A", 1001)
            + tcp("00000000:1F91", "00000000:0000", "0A", 1002)
            + tcp("0100007F:1F90", "0100007F:C001", "01", 1005)
            + tcp("00000000:0016", "00000000:0000", "0A", 1009));
    write(
        "proc/61/net/tcp6",
        TCP_HEADING
            + tcp("00000000000000000000000000000000:1F92", "0".repeat(32) + ":0000", "0A", 1003));
    write(
        "proc/61/net/udp",
        TCP_HEADING
            + tcp("00000000:0035", "00000000:0000", "07", 1004)
            + tcp("00000000:EA60", "00000000:0000", "07", 1004));
    assertThat(read(61))
        .isEqualTo(
            new Listening.Sockets(
                List.of(
                    new PortBinding(8080, "tcp", "127.0.0.1", 8080),
                    new PortBinding(8081, "tcp", "0.0.0.0", 8081),
                    new PortBinding(8082, "tcp", "::", 8082),
                    new PortBinding(53, "udp", "0.0.0.0", 53)),
                true));
  }

  @Test
  void aDatagramSocketOnAHighPortIsSaidToBeThereUnlessItIsOnLoopback() throws IOException {
    container(61, 1001);
    write("proc/61/net/udp", TCP_HEADING + tcp("0100007F:EA60", "00000000:0000", "07", 1001));
    assertThat(read(61)).isEqualTo(new Listening.Sockets(List.of(), false));
    write(
        "proc/61/net/udp6",
        TCP_HEADING + tcp("0".repeat(32) + ":EA61", "0".repeat(32) + ":0000", "07", 1001));
    assertThat(read(61)).isEqualTo(new Listening.Sockets(List.of(), true));
  }

  @Test
  void aProcessThatIsNotHereIsUnknownAndNotInternal() throws IOException {
    process(61, "0::/docker/" + "f".repeat(64) + "\n");
    assertThat(read(61)).isInstanceOf(Listening.Hidden.class);
    assertThat(read(99)).isInstanceOf(Listening.Hidden.class);
  }

  @Test
  void filesThatMayNotBeSeenAreUnknownAndNotInternal() throws IOException {
    container(61, 1001);
    Files.delete(folder.resolve("proc/61/fd/0"));
    Files.delete(folder.resolve("proc/61/fd"));
    write("proc/61/net/tcp", TCP_HEADING);
    assertThat(read(61)).isInstanceOf(Listening.Hidden.class);
  }

  @Test
  void aLinkThatMayNotBeReadIsUnknownAndNotInternal() throws IOException {
    container(61, 1001);
    // No link: reading it fails with another error than "not there", as it does without the right.
    write("proc/61/fd/1", "");
    write("proc/61/net/tcp", TCP_HEADING);
    assertThat(read(61)).isInstanceOf(Listening.Hidden.class);
  }

  @Test
  void aSocketOfThisVeryProcessIsFoundOnTheRealKernel() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      long inode =
          Files.list(Path.of("/proc/self/fd"))
              .map(SocketTableTest::inode)
              .filter(found -> found > 0)
              .filter(found -> tableHolds(found, server.getLocalPort()))
              .findFirst()
              .orElseThrow();
      assertThat(inode).isPositive();
    }
  }

  @Property(tries = 300)
  void addressesAreWrittenSoThatTheyReadBack(@ForAll @Size(16) byte[] bytes) throws IOException {
    String hex = hex(bytes, ByteOrder.LITTLE_ENDIAN);
    AddressLiteral read = AddressLiteral.parse(HexAddress.literal(hex, ByteOrder.LITTLE_ENDIAN));
    assertThat(read).isNotNull();
    assertThat(read.toBytes()).isEqualTo(bytes);
    assertThat(HexAddress.literal(hex(bytes, ByteOrder.BIG_ENDIAN), ByteOrder.BIG_ENDIAN))
        .isEqualTo(HexAddress.literal(hex, ByteOrder.LITTLE_ENDIAN));
  }

  @Property(tries = 300)
  void ipv4AddressesAreWrittenAsUsual(@ForAll @Size(4) byte[] bytes) throws IOException {
    assertThat(HexAddress.literal(hex(bytes, ByteOrder.LITTLE_ENDIAN), ByteOrder.LITTLE_ENDIAN))
        .isEqualTo(InetAddress.getByAddress(bytes).getHostAddress());
  }

  @Property(tries = 300)
  void noLineMakesTheReaderFail(@ForAll String line) {
    SocketTable.socket(line, "tcp", Set.of());
    HexAddress.literal(line, ByteOrder.LITTLE_ENDIAN);
  }

  private Listening read(long pid) {
    return new SocketTable(folder, Messages.of("exposure")).read(pid, ID);
  }

  private void container(long pid, long... inodes) throws IOException {
    process(pid, "0::/docker/" + ID.value() + "\n", inodes);
  }

  private void process(long pid, String cgroup, long... inodes) throws IOException {
    write("proc/" + pid + "/cgroup", cgroup);
    Path files = Files.createDirectories(folder.resolve("proc/" + pid + "/fd"));
    int number = 0;
    for (long inode : inodes) {
      Files.createSymbolicLink(
          files.resolve(String.valueOf(number++)), Path.of("socket:[" + inode + "]"));
    }
  }

  private void write(String relative, String content) throws IOException {
    Files.createDirectories(folder.resolve(relative).getParent());
    Files.writeString(folder.resolve(relative), content);
  }

  private static String tcp(String local, String remote, String state, long inode) {
    return "   0: %s %s %s 00000000:00000000 00:00000000 00000000     0        0 %d 1 0\n"
        .formatted(local, remote, state, inode);
  }

  private static long inode(Path file) {
    try {
      String target = Files.readSymbolicLink(file).toString();
      return target.startsWith("socket:[")
          ? Long.parseLong(target.substring(8, target.length() - 1))
          : -1;
    } catch (IOException closed) {
      return -1;
    }
  }

  private static boolean tableHolds(long inode, int port) {
    for (String table : List.of("tcp", "tcp6")) {
      try {
        for (String line : Files.readAllLines(Path.of("/proc/self/net", table))) {
          PortBinding found = SocketTable.socket(line, "tcp", Set.of(inode));
          if (found != null
              && found.published() == port
              && Exposure.of(found.hostAddress()) == Exposure.LOOPBACK) {
            return true;
          }
        }
      } catch (IOException absent) {
        continue;
      }
    }
    return false;
  }

  private static String hex(byte[] bytes, ByteOrder order) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < bytes.length; i++) {
      int from = order == ByteOrder.LITTLE_ENDIAN ? i / 4 * 4 + 3 - i % 4 : i;
      text.append("%02X".formatted(bytes[from]));
    }
    return text.toString();
  }
}
