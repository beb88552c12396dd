package dev.quayside.stack;

import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;
import dev.quayside.engine.compose.Compose;
import dev.quayside.engine.compose.ComposeInvocation;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads which services have a read-only root file system from their definition, as Compose resolves
 * it. Of the resolved definition, which holds secrets, nothing else is read.
 */
final class ReadOnlyServices {

  private static final JsonFactory FACTORY = new JsonFactory();

  private ReadOnlyServices() {}

  /**
   * Asks Compose.
   *
   * @param masked values that must not appear in a problem's text
   */
  static Set<String> of(Compose compose, ComposeInvocation invocation, List<Secret> masked)
      throws ProblemException {
    try (Secret resolved = compose.config(invocation, masked)) {
      return resolved.withChars(ReadOnlyServices::parse);
    } catch (JacksonException | IllegalStateException quotesTheText) {
      // Without its cause, whose message may quote a value.
      throw new ProblemException(
          Messages.of("stack").problem("COMPOSE-UNCLEAR", invocation.project()));
    }
  }

  static Set<String> parse(char[] json) {
    Set<String> services = new TreeSet<>();
    try (JsonParser parser =
        FACTORY.createParser(ObjectReadContext.empty(), json, 0, json.length)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean wanted = parser.currentName().equals("services");
        parser.nextToken();
        if (wanted) {
          services(parser, services);
        } else {
          parser.skipChildren();
        }
      }
    }
    return services;
  }

  private static void services(JsonParser parser, Set<String> services) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String service = parser.currentName();
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean wanted = parser.currentName().equals("read_only");
        if (parser.nextToken() == JsonToken.VALUE_TRUE && wanted) {
          services.add(service);
        }
        parser.skipChildren();
      }
    }
  }
}
