package dev.quayside.bench.sampling;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Adds up the processor time of the bed's engine with all its helpers, and of a client. Shims
 * count: on {@code docker stats} they burn more than the daemon does. Finer than a hundredth of a
 * second through {@code schedstat} (nanoseconds on a processor), thread by thread.
 *
 * @param client seconds of the client and its children
 * @param daemon seconds of dockerd
 * @param containerd seconds of containerd
 * @param shims seconds of all shims
 */
public record ProcessorTime(double client, double daemon, double containerd, double shims) {

  /** Returns all of it. */
  public double total() {
    return client + daemon + containerd + shims;
  }

  /** Returns what was used since {@code before}. */
  public ProcessorTime since(ProcessorTime before) {
    return new ProcessorTime(
        client - before.client,
        daemon - before.daemon,
        containerd - before.containerd,
        shims - before.shims);
  }

  /**
   * Returns what was used beyond {@code idle}. Noise that would make a part negative counts as
   * nothing: it must not flatter the total.
   */
  public ProcessorTime beyond(ProcessorTime idle) {
    ProcessorTime more = since(idle);
    return new ProcessorTime(
        Math.max(0, more.client),
        Math.max(0, more.daemon),
        Math.max(0, more.containerd),
        Math.max(0, more.shims));
  }

  /** Returns both together. */
  ProcessorTime plus(ProcessorTime other) {
    return new ProcessorTime(
        client + other.client,
        daemon + other.daemon,
        containerd + other.containerd,
        shims + other.shims);
  }

  /** Returns it as of a window so many times as long. */
  ProcessorTime times(double factor) {
    return new ProcessorTime(client * factor, daemon * factor, containerd * factor, shims * factor);
  }

  /** Returns it with another figure for the shims. */
  ProcessorTime withShims(double seconds) {
    return new ProcessorTime(client, daemon, containerd, seconds);
  }

  /** Returns what the engine alone used. */
  ProcessorTime withoutClient() {
    return new ProcessorTime(0, daemon, containerd, shims);
  }

  /** Writes it as a JSON object. */
  public String json() {
    return String.format(
        Locale.ROOT,
        "{\"client\": %.3f, \"dockerd\": %.3f, \"containerd\": %.3f, \"shims\": %.3f, \"total\":"
            + " %.3f}",
        client,
        daemon,
        containerd,
        shims,
        total());
  }

  /**
   * Reads the counters now.
   *
   * @param bed the bed's folder, which stands in the command line of each of its processes
   * @param client the client's first process; 0 for none
   */
  public static ProcessorTime now(Path bed, long client) throws IOException {
    double daemon = 0;
    double containerd = 0;
    double shims = 0;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : all) {
        String command = commandLine(process);
        if (!command.contains(bed.toString())) {
          continue;
        }
        switch (program(command)) {
          case "dockerd" -> daemon += seconds(process);
          case "containerd" -> containerd += seconds(process);
          case "containerd-shim-runc-v2" -> shims += seconds(process);
          default -> {
            // A proxy, the tests themselves or a shell of the bed: no part of the engine.
          }
        }
      }
    }
    double own = 0;
    for (long pid : tree(client)) {
      own += seconds(Path.of("/proc", String.valueOf(pid)));
    }
    return new ProcessorTime(own, daemon, containerd, shims);
  }

  /** Reads the seconds of each shim now, by its process. */
  static Map<Long, Double> shims(Path bed) throws IOException {
    Map<Long, Double> shims = new HashMap<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : all) {
        String command = commandLine(process);
        if (command.contains(bed.toString())
            && program(command).equals("containerd-shim-runc-v2")) {
          shims.put(Long.valueOf(process.getFileName().toString()), seconds(process));
        }
      }
    }
    return shims;
  }

  private static String program(String command) {
    return command.substring(0, command.indexOf('\0')).replaceAll(".*/", "");
  }

  private static Set<Long> tree(long client) {
    Set<Long> pids = new HashSet<>();
    if (client > 0) {
      pids.add(client);
      ProcessHandle.of(client)
          .ifPresent(handle -> handle.descendants().forEach(child -> pids.add(child.pid())));
    }
    return pids;
  }

  private static double seconds(Path process) {
    // The process's own stat keeps what its ended threads used; schedstat of the living ones is
    // finer but forgets.
    try {
      String stat = Files.readString(process.resolve("stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      double ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
      double fine = 0;
      try (DirectoryStream<Path> threads = Files.newDirectoryStream(process.resolve("task"))) {
        for (Path thread : threads) {
          fine +=
              Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ", -1)[0]) / 1e9;
        }
      }
      return Math.max(fine, ticks / 100);
    } catch (IOException | NumberFormatException gone) {
      return 0;
    }
  }

  private static String commandLine(Path process) {
    try {
      return Files.readString(process.resolve("cmdline"));
    } catch (IOException gone) {
      return "";
    }
  }
}
