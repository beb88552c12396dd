package dev.quayside.stack.settings;

import dev.quayside.catalogue.EnvReader;
import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Says in words what differs, and what saving and applying touch. */
public final class EnvWords {

  private static final Messages MESSAGES = Messages.of("env");

  private EnvWords() {}

  /** Returns one line for {@code difference}; values of secrets are masked in it already. */
  public static String difference(EnvDifference difference) {
    String old = difference.oldValue() == null ? "" : difference.oldValue();
    String now = difference.newValue() == null ? "" : difference.newValue();
    return MESSAGES.get(
        "difference." + difference.kind().name(),
        difference.name(),
        Integer.toString(difference.newLine()),
        old,
        now);
  }

  /** Says what a file is to its stack. */
  public static String role(EnvTarget.Role role) {
    return MESSAGES.get("role." + role.name());
  }

  /** Names who reads a file. */
  public static String readers(Set<EnvReader> readers) {
    return readers.stream()
        .sorted()
        .map(reader -> MESSAGES.get("reader." + reader.name()))
        .collect(Collectors.joining("; "));
  }

  /** Says why a version of the history was replaced, or that others made it. */
  public static String reason(String reason) {
    return MESSAGES.get("reason." + reason);
  }

  /** Says what saving touches. */
  public static String save(EnvTarget target) {
    return MESSAGES.get("touches.save", target.name());
  }

  /** Says what applying touches. */
  public static String apply(EnvImpact impact) {
    Problem unknown = impact.unknown();
    if (unknown != null) {
      return MESSAGES.get("touches.unknown", unknown.title());
    }
    List<String> parts = new ArrayList<>();
    parts.add(
        impact.recreated().isEmpty()
            ? MESSAGES.get("touches.apply.none")
            : MESSAGES.get("touches.apply", String.join(", ", impact.recreated())));
    say(parts, "touches.before", impact.before());
    say(parts, "touches.mounting", impact.mounting());
    say(parts, "touches.stopped", impact.stopped());
    if (!impact.untouched().isEmpty()) {
      boolean all = impact.recreated().isEmpty();
      parts.add(MESSAGES.get(all ? "touches.untouched.all" : "touches.untouched"));
    }
    return String.join("; ", parts);
  }

  private static void say(List<String> parts, String key, List<String> services) {
    if (!services.isEmpty()) {
      parts.add(MESSAGES.get(key, String.join(", ", services)));
    }
  }
}
