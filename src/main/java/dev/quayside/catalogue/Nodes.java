package dev.quayside.catalogue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Turns parts of the catalogue's JSON into collections. */
final class Nodes {

  private Nodes() {}

  static String text(JsonNode node, String name) {
    return node.path(name).stringValue("");
  }

  static List<String> texts(JsonNode node, String name) {
    return texts(node.path(name));
  }

  static List<String> texts(JsonNode array) {
    return list(array, JsonNode::stringValue);
  }

  static Set<Integer> numbers(JsonNode array) {
    return new HashSet<>(list(array, JsonNode::intValue));
  }

  static <T> List<T> list(JsonNode array, Function<JsonNode, T> each) {
    List<T> list = new ArrayList<>();
    array.forEach(node -> list.add(each.apply(node)));
    return list;
  }

  static <T> Map<String, T> map(JsonNode object, Function<JsonNode, T> each) {
    Map<String, T> map = new HashMap<>();
    object.properties().forEach(entry -> map.put(entry.getKey(), each.apply(entry.getValue())));
    return map;
  }

  /** Reads the constant whose name is the text in lower case, with {@code -} for {@code _}. */
  static <E extends Enum<E>> E constant(Class<E> type, String text) {
    return Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
