package dev.quayside.engine.compose;

import java.io.StringWriter;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Copies the JSON of a Compose project without the values in it: names and paths that make up its
 * structure stay, of every other text only the variables that it refers to. Compose puts the
 * content of a service's {@code env_file} into its environment even where nothing is interpolated;
 * such values never become strings here.
 */
final class StructureFilter {

  private static final JsonFactory FACTORY = new JsonFactory();

  /** Two signs stand for one sign and refer to nothing. */
  private static final Pattern REFERENCE =
      Pattern.compile("\\$(?:(\\$)|\\{?([A-Za-z_][A-Za-z0-9_]*))");

  /** Members of a service that hold names and paths. */
  private static final Set<String> STRUCTURAL =
      Set.of("profiles", "depends_on", "env_file", "secrets", "configs");

  /** Of a mount, what says where from and where to. */
  private static final Set<String> OF_MOUNT = Set.of("type", "source", "target");

  private final JsonParser parser;
  private final JsonGenerator generator;
  private final List<String> place = new ArrayList<>();

  private StructureFilter(JsonParser parser, JsonGenerator generator) {
    this.parser = parser;
    this.generator = generator;
  }

  /** Filters one JSON text; throws Jackson's exception, which may quote the text, for any other. */
  static String filter(char[] text) {
    StringWriter filtered = new StringWriter();
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text, 0, text.length);
        JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), filtered)) {
      StructureFilter filter = new StructureFilter(parser, generator);
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new IllegalStateException("no JSON at all");
      }
      filter.copy(first);
    }
    return filtered.toString();
  }

  private void copy(JsonToken token) {
    switch (token) {
      case START_OBJECT -> copyObject();
      case START_ARRAY -> copyArray();
      case VALUE_STRING -> copyText();
      case VALUE_NULL -> generator.writeNull();
      case VALUE_TRUE, VALUE_FALSE -> copyTruth(token == JsonToken.VALUE_TRUE);
      // A number or a truth may be a secret as well, a PIN for example.
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> generator.writeString("");
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("unexpected JSON token");
    }
  }

  private void copyObject() {
    generator.writeStartObject();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      generator.writeName(name);
      place.add(name);
      copy(parser.nextToken());
      place.removeLast();
    }
    generator.writeEndObject();
  }

  private void copyArray() {
    generator.writeStartArray();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      copy(token);
    }
    generator.writeEndArray();
  }

  private void copyTruth(boolean truth) {
    boolean needed =
        place.size() >= 3
            && place.getFirst().equals("services")
            && (inService("depends_on") || inService("env_file"));
    if (needed || (ofMount() && place.get(3).equals("read_only"))) {
      generator.writeBoolean(truth);
    } else {
      generator.writeString("");
    }
  }

  private void copyText() {
    CharBuffer value =
        CharBuffer.wrap(
            parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength());
    if (structural() || (built() && folder(value))) {
      generator.writeString(parser.getString());
      return;
    }
    // NAME=value, where the environment is a list; a name alone is taken over from outside.
    StringBuilder kept = new StringBuilder();
    if (place.size() == 3 && inService("environment") && parser.streamReadContext().inArray()) {
      int equals = 0;
      while (equals < value.length() && value.charAt(equals) != '=') {
        equals++;
      }
      kept.append(value, 0, Math.min(equals + 1, value.length()));
    }
    Matcher references = REFERENCE.matcher(value);
    int conditional = 0;
    while (references.find()) {
      if (references.group(1) != null) {
        continue;
      }
      boolean braced = value.charAt(references.start() + 1) == '{';
      String operator = braced ? operator(value, references.end()) : "";
      boolean certain = references.start() >= conditional;
      if (!operator.isEmpty() && !operator.endsWith("?") && certain) {
        // What stands in a default is only needed where the default is.
        conditional = closing(value, references.end());
      }
      boolean empty = !operator.isEmpty() && conditional == references.end() + operator.length();
      String kind =
          !certain
              ? ":-"
              : operator.endsWith("?") ? operator : operator.isEmpty() ? "" : empty ? "-" : ":-";
      kept.append("${").append(references.group(2)).append(kind).append('}');
    }
    generator.writeString(kept.toString());
  }

  /** Returns how a reference goes on that began before {@code at}: what if it has no value. */
  private static String operator(CharSequence value, int at) {
    StringBuilder operator = new StringBuilder();
    if (at < value.length() && value.charAt(at) == ':') {
      operator.append(':');
    }
    int sign = at + operator.length();
    if (sign < value.length() && "?-+".indexOf(value.charAt(sign)) >= 0) {
      return operator.append(value.charAt(sign)).toString();
    }
    return "";
  }

  /** Returns where the reference ends in which {@code at} lies. */
  private static int closing(CharSequence value, int at) {
    int open = 1;
    for (int i = at; i < value.length(); i++) {
      if (value.charAt(i) == '{') {
        open++;
      } else if (value.charAt(i) == '}') {
        open--;
        if (open == 0) {
          return i;
        }
      }
    }
    return value.length();
  }

  private boolean structural() {
    if (place.size() == 1 && place.getFirst().equals("name")) {
      return true;
    }
    if (place.size() >= 3 && place.getFirst().equals("services")) {
      return STRUCTURAL.contains(place.get(2)) || (ofMount() && OF_MOUNT.contains(place.get(3)));
    }
    // secrets: NAME: environment: VARIABLE
    return place.size() == 3
        && (place.getFirst().equals("secrets") || place.getFirst().equals("configs"))
        && place.get(2).equals("environment");
  }

  /** Returns whether this says from what the image of a service is built. */
  private boolean built() {
    return place.size() >= 3
        && place.getFirst().equals("services")
        && inService("build")
        && (place.size() == 3 || (place.size() == 4 && place.get(3).equals("context")));
  }

  /** Returns whether it is a folder: an address may have a password in it. */
  private static boolean folder(CharSequence value) {
    return value.chars().noneMatch(each -> each == ':' || each == '@');
  }

  /** Returns whether this is a member of a mount of a service. */
  private boolean ofMount() {
    return place.size() == 4 && place.getFirst().equals("services") && inService("volumes");
  }

  private boolean inService(String member) {
    return place.getFirst().equals("services") && place.get(2).equals(member);
  }
}
