package dev.quayside.engine.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * Holds a JSON value and forgives everything that may be missing or of another kind: engines of ten
 * years differ. Built on the streaming parser alone, because data binding costs a tenth of a second
 * of the program's start.
 */
public final class Json {

  private static final int DEEPEST = 200;
  private static final Json NOTHING = new Json(null);
  // Immutable once built, and safe for all threads (Jackson documentation, TokenStreamFactory).
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
          .build();

  private final @Nullable Object value;

  private Json(@Nullable Object value) {
    this.value = value;
  }

  /** Parses one JSON text; whatever follows it is an error. */
  public static Json parse(byte[] text) throws JsonFormatException {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new JsonFormatException("an empty answer where JSON was expected");
      }
      Object value = read(parser, first);
      if (parser.nextToken() != null) {
        throw new JsonFormatException("more than one JSON value");
      }
      return new Json(value);
    } catch (JacksonException e) {
      // The original message quotes the text, which may hold a secret.
      TokenStreamLocation where = e.getLocation();
      throw new JsonFormatException(
          "not JSON" + (where == null ? "" : " at " + where.offsetDescription()));
    }
  }

  private static @Nullable Object read(JsonParser parser, JsonToken token)
      throws JsonFormatException {
    return switch (token) {
      case START_OBJECT -> readObject(parser);
      case START_ARRAY -> readArray(parser);
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> readNumber(parser);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new JsonFormatException("unexpected JSON token");
    };
  }

  /** Reads a number as what it is worth to us: a long where it fits, else a double. */
  private static Number readNumber(JsonParser parser) {
    return switch (parser.getNumberType()) {
      case INT, LONG -> parser.getLongValue();
      case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> parser.getDoubleValue();
    };
  }

  // The parser itself refuses what is nested too deeply, so the recursion is bounded.
  private static Map<String, @Nullable Object> readObject(JsonParser parser)
      throws JsonFormatException {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      members.put(name, read(parser, parser.nextToken()));
    }
    return members;
  }

  private static List<@Nullable Object> readArray(JsonParser parser) throws JsonFormatException {
    List<@Nullable Object> items = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      items.add(read(parser, token));
    }
    return items;
  }

  /** Returns what lies under the names, or nothing. */
  public Json at(String... names) {
    Object current = value;
    for (String name : names) {
      current = current instanceof Map<?, ?> members ? members.get(name) : null;
    }
    return current == null ? NOTHING : new Json(current);
  }

  /** Returns whether there is anything but null. */
  public boolean present() {
    return value != null;
  }

  /** Returns whether it is an object. */
  public boolean isObject() {
    return value instanceof Map<?, ?>;
  }

  /** Returns whether it is an array. */
  public boolean isArray() {
    return value instanceof List<?>;
  }

  /** Returns the text, or an empty one where there is none. */
  public String text() {
    return value instanceof String text ? text : "";
  }

  /** Returns whether it is {@code true}. */
  public boolean flag() {
    return Boolean.TRUE.equals(value);
  }

  /** Returns the number, cut to a whole one. */
  public OptionalLong number() {
    return value instanceof Number number
        ? OptionalLong.of(number.longValue())
        : OptionalLong.empty();
  }

  /** Returns the number if it is above zero: Docker writes 0 for "not set". */
  public OptionalLong positive() {
    OptionalLong number = number();
    return number.isPresent() && number.getAsLong() > 0 ? number : OptionalLong.empty();
  }

  /** Returns the number if it fits into 32 bits. */
  public OptionalInt smallNumber() {
    OptionalLong number = number();
    return number.isPresent() && number.getAsLong() == (int) number.getAsLong()
        ? OptionalInt.of((int) number.getAsLong())
        : OptionalInt.empty();
  }

  /** Returns the number. */
  public OptionalDouble fraction() {
    return value instanceof Number number
        ? OptionalDouble.of(number.doubleValue())
        : OptionalDouble.empty();
  }

  /** Returns the items of an array, or none. */
  public List<Json> items() {
    if (!(value instanceof List<?> list)) {
      return List.of();
    }
    List<Json> items = new ArrayList<>(list.size());
    for (Object item : list) {
      items.add(item == null ? NOTHING : new Json(item));
    }
    return items;
  }

  /** Returns the texts of an array, without what is no text. */
  public List<String> texts() {
    return items().stream().filter(item -> item.value instanceof String).map(Json::text).toList();
  }

  /** Returns the members of an object in their order, or none. */
  public Map<String, Json> members() {
    Map<String, Json> members = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, member) ->
          members.put((String) name, member == null ? NOTHING : new Json(member)));
    }
    return members;
  }

  /** Returns the members of an object whose values are text. */
  public Map<String, String> textMembers() {
    Map<String, String> texts = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, member) -> {
        if (member instanceof String text) {
          texts.put((String) name, text);
        }
      });
    }
    return texts;
  }
}
