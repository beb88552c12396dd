package dev.quayside.cli;

import dev.quayside.common.Problem;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Builds the documents of {@code --json}. They are written field by field rather than mirrored from
 * records, because the documents are a contract (schemas under {@code docs/schema}) and the records
 * are not. Unknown is {@code null}.
 */
final class Json {

  // A document may be looked at on a terminal: what could steer it or reorder a line is escaped.
  private final ObjectMapper mapper =
      JsonMapper.builder(JsonFactory.builder().highestNonEscapedChar('~').build()).build();

  /** Returns an empty document that names its schema. */
  ObjectNode document(String schema) {
    ObjectNode node = mapper.createObjectNode();
    node.put("schema", "quayside/" + schema + "/1");
    return node;
  }

  ObjectNode object() {
    return mapper.createObjectNode();
  }

  ArrayNode array() {
    return mapper.createArrayNode();
  }

  ArrayNode texts(Collection<String> texts) {
    ArrayNode array = array();
    texts.forEach(array::add);
    return array;
  }

  /** Returns the document on one line. */
  String line(ObjectNode document) {
    return escaped(mapper.writeValueAsString(document));
  }

  /** Returns the document for people's eyes. */
  String pretty(ObjectNode document) {
    return escaped(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(document));
  }

  // The writer takes DEL for plain text; in a document it can only stand inside a string.
  private static String escaped(String document) {
    return document.replace("\u007f", "\\u007f");
  }

  ObjectNode problem(Problem problem) {
    ObjectNode node = object();
    node.put("code", problem.code());
    node.put("title", problem.title());
    node.put("happened", problem.happened());
    node.put("unchanged", problem.unchanged());
    node.put("nextStep", problem.nextStep());
    node.put("command", problem.command());
    node.put("detail", problem.detail());
    return node;
  }

  static void put(ObjectNode node, String field, OptionalDouble value) {
    if (value.isPresent() && Double.isFinite(value.getAsDouble())) {
      node.put(field, value.getAsDouble());
    } else {
      node.putNull(field);
    }
  }

  static void put(ObjectNode node, String field, OptionalLong value) {
    if (value.isPresent()) {
      node.put(field, value.getAsLong());
    } else {
      node.putNull(field);
    }
  }

  static void put(ObjectNode node, String field, OptionalInt value) {
    if (value.isPresent()) {
      node.put(field, value.getAsInt());
    } else {
      node.putNull(field);
    }
  }

  static void put(ObjectNode node, String field, @Nullable Instant value) {
    if (value == null) {
      node.putNull(field);
    } else {
      node.put(field, value.toString());
    }
  }

  /** Returns the name of a constant as the documents write it: lower case with hyphens. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
