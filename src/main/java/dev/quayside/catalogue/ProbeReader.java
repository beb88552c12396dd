package dev.quayside.catalogue;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Turns the probes of a kind into values. */
final class ProbeReader {

  private ProbeReader() {}

  static Probe probe(JsonNode node) {
    return switch (node.path("kind").stringValue("http")) {
      case "http" -> http(node);
      case "postgres" -> postgres(node);
      case "redis" -> redis(node);
      default -> throw new IllegalStateException("the catalogue has no such kind of probe");
    };
  }

  private static KeyProbe http(JsonNode node) {
    return new KeyProbe(
        node.required("service").stringValue(),
        node.required("port").intValue(),
        Nodes.text(node, "health"),
        Nodes.texts(node, "open"),
        node.required("path").stringValue(),
        Nodes.text(node, "header"),
        Nodes.text(node, "prefix"),
        Nodes.text(node, "user"),
        Nodes.numbers(node.required("accepted")),
        Nodes.numbers(node.path("refused")),
        Nodes.constant(KeyProbe.OpenMeans.class, node.path("openMeans").stringValue("unprotected")),
        node.required("source").stringValue(),
        node.required("proven").booleanValue(),
        Nodes.text(node, "note"));
  }

  private static RedisProbe redis(JsonNode node) {
    return new RedisProbe(
        node.required("service").stringValue(),
        node.required("port").intValue(),
        node.required("source").stringValue(),
        node.required("proven").booleanValue());
  }

  private static PostgresProbe postgres(JsonNode node) {
    return new PostgresProbe(
        node.required("service").stringValue(),
        node.required("port").intValue(),
        node.required("userFrom").stringValue(),
        node.required("databaseFrom").stringValue(),
        Set.copyOf(Nodes.texts(node, "refused")),
        node.required("source").stringValue(),
        node.required("proven").booleanValue());
  }
}
