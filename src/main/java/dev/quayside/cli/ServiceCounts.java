package dev.quayside.cli;

import dev.quayside.stack.Stack;
import dev.quayside.stack.StackService;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Counts the services of a stack by state, in the words of the status and what is wrong first. */
final class ServiceCounts {

  /** From what most wants a look to what is as it should be. */
  private static final List<String> ORDER =
      List.of(
          "unhealthy",
          "dead",
          "restarting",
          "unknown",
          "exited",
          "removing",
          "paused",
          "created",
          "starting",
          "running",
          "healthy");

  private ServiceCounts() {}

  /** Returns for example {@code 1 unhealthy, 1 paused, 9 healthy}. */
  static String of(Stack stack) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    stack.services().stream()
        .map(ServiceCounts::word)
        .sorted(Comparator.comparingInt(ServiceCounts::rank))
        .forEach(word -> counts.merge(word, 1, Integer::sum));
    return counts.entrySet().stream()
        .map(count -> count.getValue() + " " + count.getKey())
        .collect(Collectors.joining(", "));
  }

  /** A service is as well as the worst of its containers. */
  private static String word(StackService service) {
    return service.containers().stream()
        .map(ServiceChanges::word)
        .min(Comparator.comparingInt(ServiceCounts::rank))
        .orElse("unknown");
  }

  private static int rank(String word) {
    int rank = ORDER.indexOf(word);
    return rank < 0 ? 0 : rank;
  }
}
