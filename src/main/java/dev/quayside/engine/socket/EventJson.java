package dev.quayside.engine.socket;

import dev.quayside.engine.ContainerId;
import dev.quayside.engine.EngineEvent;
import dev.quayside.engine.EngineEvent.Kind;
import dev.quayside.engine.json.Json;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads events (Engine API, {@code GET /events}). */
final class EventJson {

  /**
   * What the engine is to send. The filter matters: without it each health check brings three
   * events of its own (measured: 26 a second with 20 checked containers), and they cannot be told
   * from a person's commands.
   */
  static final String FILTERS =
      """
      {"type":["container","network"],"event":["create","start","restart","die","kill","stop","pause","unpause","oom",\
      "rename","destroy","update","health_status","connect","disconnect"]}\
      """;

  private static final String HEALTH = "health_status";

  private EventJson() {}

  /**
   * Reads one event, or returns null for one that is about neither a container nor the list of
   * networks.
   */
  static @Nullable EngineEvent read(Json event) {
    boolean network = event.at("Type").text().equals("network");
    String id =
        network
            ? event.at("Actor", "Attributes", "container").text()
            : event.at("Actor", "ID").text();
    String action = event.at("Action").text();
    if (id.isEmpty() && !(network && (action.equals("create") || action.equals("destroy")))) {
      return null;
    }
    Kind kind = id.isEmpty() ? Kind.NETWORK_LIST : network ? Kind.NETWORK : kind(action);
    return new EngineEvent(
        kind,
        new ContainerId(id),
        kind == Kind.HEALTH ? ContainerJson.health(afterColon(action)) : null,
        event.at("Actor", "Attributes").textMembers(),
        stamp(event));
  }

  private static Kind kind(String action) {
    if (action.startsWith(HEALTH)) {
      return Kind.HEALTH;
    }
    return switch (action) {
      case "create" -> Kind.CREATED;
      case "start" -> Kind.STARTED;
      case "restart" -> Kind.RESTARTED;
      case "die" -> Kind.DIED;
      case "kill" -> Kind.KILLED;
      case "stop" -> Kind.STOPPED;
      case "pause" -> Kind.PAUSED;
      case "unpause" -> Kind.UNPAUSED;
      case "oom" -> Kind.OUT_OF_MEMORY;
      case "rename" -> Kind.RENAMED;
      case "update" -> Kind.UPDATED;
      case "destroy" -> Kind.DESTROYED;
      default -> Kind.OTHER;
    };
  }

  private static String afterColon(String action) {
    return action.substring(action.indexOf(':') + 1).strip();
  }

  private static Instant stamp(Json event) {
    OptionalLong nanos = event.at("timeNano").number();
    return nanos.isPresent()
        ? Instant.ofEpochSecond(0, nanos.getAsLong())
        : Instant.ofEpochSecond(event.at("time").number().orElse(0));
  }
}
