package dev.quayside.stack;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Finds the variables that an uninterpolated Compose definition refers to. */
final class VariableReferences {

  /** A sign with a name, in braces or not; two signs stand for one sign and refer to nothing. */
  private static final Pattern REFERENCE =
      Pattern.compile("\\$(?:(\\$)|\\{?([A-Za-z_][A-Za-z0-9_]*))");

  /** A reference that Compose refuses to go on without. */
  private static final Pattern REQUIRED =
      Pattern.compile("\\$(?:(\\$)|\\{([A-Za-z_][A-Za-z0-9_]*)(:?)\\?)");

  /** A reference that stands for nothing where its variable has no value. */
  private static final Pattern BARE =
      Pattern.compile(
          "\\$(?:(\\$)|([A-Za-z_][A-Za-z0-9_]*)|\\{([A-Za-z_][A-Za-z0-9_]*)(?:}|:?\\?))");

  /** A reference that the definition says may stand for nothing; nothing of a default is known. */
  private static final Pattern EMPTY_DEFAULT =
      Pattern.compile("\\$(?:(\\$)|\\{([A-Za-z_][A-Za-z0-9_]*)-})");

  /** A reference for which nothing stands in where its variable has no value. */
  private static final Pattern UNFILLED =
      Pattern.compile(
          "\\$(?:(\\$)|([A-Za-z_][A-Za-z0-9_]*)|\\{([A-Za-z_][A-Za-z0-9_]*+)(?!:?-[^}]))");

  private VariableReferences() {}

  /** Adds the names below {@code node} for which an empty default stands in. */
  static void emptyDefaults(JsonNode node, Set<String> names) {
    if (node.isString()) {
      Matcher matcher = EMPTY_DEFAULT.matcher(node.stringValue());
      while (matcher.find()) {
        if (matcher.group(1) == null) {
          names.add(matcher.group(2));
        }
      }
    } else if (node.isObject()) {
      node.properties().forEach(entry -> emptyDefaults(entry.getValue(), names));
    } else {
      node.forEach(child -> emptyDefaults(child, names));
    }
  }

  /** Adds the names below {@code node} for which no default stands in. */
  static void bare(JsonNode node, Set<String> names) {
    named(BARE, node, names);
  }

  /** Adds the names below {@code node} for which no default stands in, or only an empty one. */
  static void unfilled(JsonNode node, Set<String> names) {
    named(UNFILLED, node, names);
  }

  private static void named(Pattern pattern, JsonNode node, Set<String> names) {
    if (node.isString()) {
      Matcher matcher = pattern.matcher(node.stringValue());
      while (matcher.find()) {
        if (matcher.group(1) == null) {
          names.add(matcher.group(2) == null ? matcher.group(3) : matcher.group(2));
        }
      }
    } else if (node.isObject()) {
      node.properties().forEach(entry -> named(pattern, entry.getValue(), names));
    } else {
      node.forEach(child -> named(pattern, child, names));
    }
  }

  /**
   * Adds the names below {@code node} without which Compose refuses the whole project, and whether
   * an empty value is as bad as none.
   */
  static void required(JsonNode node, Map<String, Boolean> names) {
    if (node.isString()) {
      Matcher matcher = REQUIRED.matcher(node.stringValue());
      while (matcher.find()) {
        if (matcher.group(1) == null) {
          names.merge(matcher.group(2), !matcher.group(3).isEmpty(), Boolean::logicalOr);
        }
      }
    } else if (node.isObject()) {
      node.properties().forEach(entry -> required(entry.getValue(), names));
    } else {
      node.forEach(child -> required(child, names));
    }
  }

  /**
   * Adds the names that occur in any text below {@code node}, also inside other references'
   * defaults.
   */
  static void collect(JsonNode node, Set<String> names) {
    if (node.isString()) {
      Matcher matcher = REFERENCE.matcher(node.stringValue());
      while (matcher.find()) {
        if (matcher.group(1) == null) {
          names.add(matcher.group(2));
        }
      }
      return;
    }
    if (node.isObject()) {
      node.properties()
          .forEach(entry -> {
            if (!entry.getKey().equals("env_file")) {
              collect(entry.getValue(), names);
            }
          });
    } else {
      node.forEach(child -> collect(child, names));
    }
  }

  /** Adds the names of an {@code environment} that have no value and are taken over as they are. */
  static void passedThrough(JsonNode environment, Set<String> names) {
    if (environment.isArray()) {
      environment.forEach(entry -> {
        String text = entry.stringValue("");
        if (!text.isEmpty() && text.indexOf('=') < 0) {
          names.add(text);
        }
      });
    } else {
      environment
          .properties()
          .forEach(entry -> {
            if (entry.getValue().isNull()) {
              names.add(entry.getKey());
            }
          });
    }
  }
}
