package dev.quayside.proof;

import dev.quayside.bed.Bed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Asks {@code ss} what the processes of a container listen on; needs root. */
final class Listeners {

  private static final Pattern PID = Pattern.compile("pid=(\\d+)");

  private Listeners() {}

  /** Returns the sockets in the form of {@link Inspected#ports()}. */
  static List<String> of(Bed bed, String container) throws Exception {
    Set<String> pids =
        bed.docker("top", container, "-eo", "pid")
            .lines()
            .skip(1)
            .map(String::strip)
            .collect(Collectors.toSet());
    List<String> found = new ArrayList<>();
    Process process = new ProcessBuilder("ss", "-Hlntup").start();
    List<String> lines = process.inputReader().lines().toList();
    if (process.waitFor() != 0) {
      throw new AssertionError("ss failed");
    }
    for (String line : lines) {
      if (PID.matcher(line).results().noneMatch(pid -> pids.contains(pid.group(1)))) {
        continue;
      }
      String[] words = line.split("\\s+");
      int colon = words[4].lastIndexOf(':');
      String port = words[4].substring(colon + 1);
      String shown = words[4].substring(0, colon).replaceAll("[\\[\\]]|%.*", "");
      String address = shown.equals("*") ? "::" : shown;
      found.add(String.join(" ", port + "/" + words[0], address, port, Inspected.reach(address)));
    }
    return found.stream().distinct().sorted().toList();
  }
}
