package dev.quayside.exposure;

import dev.quayside.common.Messages;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.PortBinding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Joins the kernel's table of listening sockets (proc_pid_net(5)) with the open files of a
 * container's processes. Only sockets that one of them holds are the container's; where their files
 * may not be looked into, nothing is known.
 */
final class SocketTable {

  private static final String LISTEN = "0A";
  private static final String UNCONNECTED = "07";
  private static final String SOCKET = "socket:[";
  private static final int FIRST_EPHEMERAL_DEFAULT = 32_768;

  private final Path proc;
  private final Messages messages;

  SocketTable(Path root, Messages messages) {
    this.proc = root.resolve("proc");
    this.messages = messages;
  }

  /** Reads what the processes of the container with the first process {@code pid} listen on. */
  Listening read(long pid, ContainerId id) {
    if (!cgroup(pid).contains(id.value())) {
      return new Listening.Hidden(messages.get("reason.not-local"));
    }
    List<String> processes = processes(id);
    if (processes.isEmpty()) {
      // It ended while we looked, or the list of processes is closed to us.
      return new Listening.Hidden(messages.get("reason.not-readable"));
    }
    Set<Long> inodes = new HashSet<>();
    for (String process : processes) {
      if (!collect(process, inodes)) {
        return new Listening.Hidden(messages.get("reason.not-readable"));
      }
    }
    Found found = new Found(inodes, firstEphemeral());
    try {
      Path net = proc.resolve(pid + "/net");
      found.addAll(net.resolve("tcp"), "tcp");
      found.addAll(net.resolve("tcp6"), "tcp");
      found.addAll(net.resolve("udp"), "udp");
      found.addAll(net.resolve("udp6"), "udp");
    } catch (IOException unreadable) {
      return new Listening.Hidden(messages.get("reason.not-readable"));
    }
    return new Listening.Sockets(new ArrayList<>(found.sockets), found.skipped);
  }

  private List<String> processes(ContainerId id) {
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path process : all) {
        if (cgroup(process).contains(id.value())) {
          found.add(process.getFileName().toString());
        }
      }
    } catch (IOException | DirectoryIteratorException cut) {
      // Half a list would hide the sockets of the other half.
      return List.of();
    }
    return found;
  }

  private String cgroup(long pid) {
    return cgroup(proc.resolve(String.valueOf(pid)));
  }

  private static String cgroup(Path process) {
    try {
      return Files.readString(process.resolve("cgroup"), StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      return "";
    }
  }

  // False where the process is there and its files may not be seen; one that ended meanwhile holds
  // nothing.
  private boolean collect(String process, Set<Long> inodes) {
    Path files = proc.resolve(process).resolve("fd");
    try (DirectoryStream<Path> all = Files.newDirectoryStream(files)) {
      for (Path file : all) {
        String target = target(file);
        if (target.startsWith(SOCKET) && target.endsWith("]")) {
          inodes.add(Long.parseLong(target.substring(SOCKET.length(), target.length() - 1)));
        }
      }
      return true;
    } catch (IOException | RuntimeException unreadable) {
      return !Files.exists(proc.resolve(process));
    }
  }

  // The folder may be open to us and what its links point to not: that has its own check in the
  // kernel (proc_pid_fd(5)).
  private static String target(Path file) throws IOException {
    try {
      return Files.readSymbolicLink(file).toString();
    } catch (NoSuchFileException closed) {
      return "";
    }
  }

  /** Collects the sockets of one container from the four tables. */
  private static final class Found {

    private final Set<Long> inodes;
    private final int ephemeral;
    private final Set<PortBinding> sockets = new LinkedHashSet<>();
    private boolean skipped;

    Found(Set<Long> inodes, int ephemeral) {
      this.inodes = inodes;
      this.ephemeral = ephemeral;
    }

    void addAll(Path table, String protocol) throws IOException {
      if (!Files.exists(table)) {
        // A kernel without IPv6.
        return;
      }
      List<String> lines = Files.readAllLines(table, StandardCharsets.US_ASCII);
      for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
        PortBinding socket = socket(line, protocol, inodes);
        if (socket != null) {
          add(socket);
        }
      }
    }

    private void add(PortBinding socket) {
      // Mostly a client that waits for its answer, and it comes and goes.
      boolean chosen = socket.protocol().equals("udp") && socket.published() >= ephemeral;
      if (!chosen) {
        sockets.add(socket);
      } else if (Exposure.of(socket.hostAddress()) != Exposure.LOOPBACK) {
        skipped = true;
      }
    }
  }

  /**
   * Reads one line of the table; null where it is not a socket that listens, or not one of {@code
   * inodes}; null for them takes every one.
   */
  static @Nullable PortBinding socket(String line, String protocol, @Nullable Set<Long> inodes) {
    String[] words = line.strip().split(" +", -1);
    if (words.length < 10) {
      return null;
    }
    int colon = words[1].lastIndexOf(':');
    boolean tcp = protocol.equals("tcp");
    if (colon < 0 || !words[3].equals(tcp ? LISTEN : UNCONNECTED)) {
      return null;
    }
    try {
      int port = Integer.parseInt(words[1].substring(colon + 1), 16);
      String address = HexAddress.literal(words[1].substring(0, colon));
      boolean taken = inodes == null || inodes.contains(Long.parseLong(words[9]));
      return port == 0 || address == null || !taken
          ? null
          : new PortBinding(port, protocol, address, port);
    } catch (NumberFormatException garbage) {
      return null;
    }
  }

  private int firstEphemeral() {
    try {
      String range =
          Files.readString(
              proc.resolve("sys/net/ipv4/ip_local_port_range"), StandardCharsets.US_ASCII);
      return Integer.parseInt(range.strip().split("\\s+", -1)[0]);
    } catch (IOException | NumberFormatException unknown) {
      return FIRST_EPHEMERAL_DEFAULT;
    }
  }
}
