package dev.quayside.stack;

import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;
import dev.quayside.engine.PortBinding;
import dev.quayside.engine.compose.Compose;
import dev.quayside.engine.compose.ComposeInvocation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Holds the ports that a definition publishes, as Compose resolves it. Of the resolved definition,
 * which holds secrets, nothing else is read.
 *
 * @param byService ports in the order of the definition; an empty host address stands for every
 *     address, a published port of 0 for one that the engine chooses
 */
public record DeclaredPorts(Map<String, List<PortBinding>> byService) {

  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int LARGEST_PORT = 65_535;

  /** Makes the map immutable. */
  public DeclaredPorts {
    byService = Collections.unmodifiableMap(new TreeMap<>(byService));
  }

  /** Asks Compose, for the services behind profiles too: labels do not tell which were on. */
  public static DeclaredPorts read(Compose compose, ComposeInvocation invocation)
      throws ProblemException {
    StackDefinition definition = StackDefinition.read(compose, invocation);
    List<String> profiles = definition.profilesOf(definition.services().keySet());
    try {
      return resolved(compose, invocation, profiles);
    } catch (ProblemException together) {
      if (profiles.size() < 2) {
        throw together;
      }
      // Some may exclude each other, by one name for two containers.
      Map<String, List<PortBinding>> all = new TreeMap<>();
      for (String profile : profiles) {
        List<String> services =
            definition.services().entrySet().stream()
                .filter(service -> service.getValue().profiles().contains(profile))
                .map(Map.Entry::getKey)
                .toList();
        Set<String> needed = new TreeSet<>(Set.of(profile));
        needed.addAll(definition.profilesOf(definition.withDependencies(services)));
        needed.removeIf(other ->
            !other.equals(profile)
                && services.stream()
                    .anyMatch(name ->
                        Objects.requireNonNull(definition.services().get(name))
                            .profiles()
                            .contains(other)));
        resolved(compose, invocation, List.copyOf(needed)).byService().forEach(all::putIfAbsent);
      }
      return new DeclaredPorts(all);
    }
  }

  private static DeclaredPorts resolved(
      Compose compose, ComposeInvocation invocation, List<String> profiles)
      throws ProblemException {
    ComposeInvocation those =
        new ComposeInvocation(
            invocation.project(),
            invocation.directory(),
            invocation.files(),
            invocation.envFiles(),
            profiles);
    try (Secret resolved = compose.config(those)) {
      return resolved.withChars(DeclaredPorts::parse);
    } catch (JacksonException | IllegalStateException quotesTheText) {
      // Without its cause, whose message may quote a value.
      throw new ProblemException(
          Messages.of("stack").problem("COMPOSE-UNCLEAR", invocation.project()));
    }
  }

  static DeclaredPorts parse(char[] json) {
    Map<String, List<PortBinding>> services = new TreeMap<>();
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
    return new DeclaredPorts(services);
  }

  private static void services(JsonParser parser, Map<String, List<PortBinding>> services) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String service = parser.currentName();
      List<PortBinding> ports = new ArrayList<>();
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean wanted = parser.currentName().equals("ports");
        parser.nextToken();
        if (wanted) {
          while (parser.nextToken() == JsonToken.START_OBJECT) {
            ports.add(port(parser));
          }
        } else {
          parser.skipChildren();
        }
      }
      services.put(service, List.copyOf(ports));
    }
  }

  private static PortBinding port(JsonParser parser) {
    String address = "";
    String protocol = "tcp";
    int target = 0;
    int published = 0;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "host_ip" -> address = String.valueOf(parser.getString());
        case "protocol" -> protocol = String.valueOf(parser.getString());
        case "target" -> target = number(parser.getString());
        case "published" -> published = number(parser.getString());
        default -> parser.skipChildren();
      }
    }
    return new PortBinding(target, protocol, address, published);
  }

  // A range leaves the choice to the engine.
  private static int number(String text) {
    try {
      int number = Integer.parseInt(text);
      return number < 0 || number > LARGEST_PORT ? 0 : number;
    } catch (NumberFormatException range) {
      return 0;
    }
  }
}
