package dev.quayside.stack;

import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;
import dev.quayside.engine.compose.Compose;
import dev.quayside.engine.compose.ComposeInvocation;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Tells what Compose, which puts in all variables, makes of the services. Of the resolved
 * definition, which holds secrets, nothing else is read.
 *
 * @param readOnly those with a read-only root file system
 * @param images the name of each one's image, where it has one
 */
record ResolvedServices(Set<String> readOnly, Map<String, String> images) {

  private static final JsonFactory FACTORY = new JsonFactory();

  /**
   * Asks Compose.
   *
   * @param masked values that must not appear in a problem's text
   */
  static ResolvedServices of(Compose compose, ComposeInvocation invocation, List<Secret> masked)
      throws ProblemException {
    try (Secret resolved = compose.config(invocation, masked)) {
      return resolved.withChars(ResolvedServices::parse);
    } catch (JacksonException | IllegalStateException quotesTheText) {
      // Without its cause, whose message may quote a value.
      throw new ProblemException(
          Messages.of("stack").problem("COMPOSE-UNCLEAR", invocation.project()));
    }
  }

  /** Returns those of {@code services} whose image the engine has not. */
  List<String> withoutImage(Set<String> there, Collection<String> services) {
    return services.stream()
        .filter(service -> images.containsKey(service))
        .filter(service -> !there.contains(fullName(images.getOrDefault(service, ""))))
        .toList();
  }

  /** Returns the name as an engine lists it: with a tag, and without what is meant anyway. */
  static String fullName(String image) {
    String name = image;
    for (String meant : List.of("docker.io/", "index.docker.io/", "library/")) {
      name = name.startsWith(meant) ? name.substring(meant.length()) : name;
    }
    boolean exact = name.contains("@") || name.lastIndexOf(':') > name.lastIndexOf('/');
    return exact ? name : name + ":latest";
  }

  static ResolvedServices parse(char[] json) {
    ResolvedServices read = new ResolvedServices(new TreeSet<>(), new TreeMap<>());
    try (JsonParser parser =
        FACTORY.createParser(ObjectReadContext.empty(), json, 0, json.length)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean wanted = parser.currentName().equals("services");
        parser.nextToken();
        if (wanted) {
          read.services(parser);
        } else {
          parser.skipChildren();
        }
      }
    }
    return read;
  }

  private void services(JsonParser parser) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String service = parser.currentName();
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String key = parser.currentName();
        JsonToken value = parser.nextToken();
        if (key.equals("read_only") && value == JsonToken.VALUE_TRUE) {
          readOnly.add(service);
        } else if (key.equals("image") && value == JsonToken.VALUE_STRING) {
          images.put(service, parser.getString());
        }
        parser.skipChildren();
      }
    }
  }
}
