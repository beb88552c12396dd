package dev.quayside.engine.compose;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells what Compose said that it would do with containers. Its words are made for people and may
 * change with its version: of a container that is not among {@code told} nothing is known.
 *
 * @param told names of the containers of which it said anything
 * @param recreated those that it would make anew
 */
public record ComposeForecast(Set<String> told, Set<String> recreated) {

  /** Makes the sets immutable. */
  public ComposeForecast {
    told = Set.copyOf(told);
    recreated = Set.copyOf(recreated);
  }

  /** Reads the lines of a dry run. */
  static final class Builder {

    private static final Pattern CONTAINER = Pattern.compile("Container (\\S+)\\s+([A-Za-z]+)\\b");

    private final Set<String> told = new TreeSet<>();
    private final Set<String> recreated = new TreeSet<>();

    void line(String line) {
      Matcher matcher = CONTAINER.matcher(line);
      if (matcher.find()) {
        told.add(matcher.group(1));
        if (matcher.group(2).startsWith("Recreat")) {
          recreated.add(matcher.group(1));
        }
      }
    }

    ComposeForecast build() {
      return new ComposeForecast(told, recreated);
    }
  }
}
