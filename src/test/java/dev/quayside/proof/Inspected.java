package dev.quayside.proof;

import dev.quayside.bed.Bed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads {@code docker inspect} for one container and says in its own words what a row about it has
 * to show.
 */
final class Inspected {

  private final JsonNode node;

  private Inspected(JsonNode node) {
    this.node = node;
  }

  /** Returns every container of the engine by its id. */
  static Map<String, Inspected> all(Bed bed) throws IOException, InterruptedException {
    List<String> ids = bed.docker("ps", "-aq", "--no-trunc").lines().toList();
    List<String> words = new ArrayList<>(List.of("inspect"));
    words.addAll(ids);
    Map<String, Inspected> all = new LinkedHashMap<>();
    JsonMapper.shared()
        .readTree(bed.docker(words.toArray(String[]::new)))
        .forEach(one -> all.put(one.get("Id").asString(), new Inspected(one)));
    return all;
  }

  String id() {
    return text("/Id");
  }

  String name() {
    return text("/Name").substring(1);
  }

  String project() {
    return node.at("/Config/Labels").path("com.docker.compose.project").asString("");
  }

  String service() {
    return node.at("/Config/Labels").path("com.docker.compose.service").asString(name());
  }

  String image() {
    return text("/Config/Image");
  }

  String imageId() {
    return text("/Image");
  }

  String state() {
    return text("/State/Status");
  }

  String health() {
    return node.at("/State/Health/Status").asString("none");
  }

  int restarts() {
    return node.at("/RestartCount").asInt();
  }

  int pid() {
    return node.at("/State/Pid").asInt();
  }

  boolean live() {
    return Set.of("running", "paused", "restarting").contains(state());
  }

  String networkMode() {
    return text("/HostConfig/NetworkMode");
  }

  Set<String> networks() {
    return new TreeSet<>(node.at("/NetworkSettings/Networks").propertyNames());
  }

  /** Returns the limit in cores, 0 without one. */
  double cpuLimit() {
    double nano = node.at("/HostConfig/NanoCpus").asDouble(0);
    return nano / 1e9;
  }

  /** Returns the limit in bytes, 0 without one. */
  long memoryLimit() {
    return node.at("/HostConfig/Memory").asLong(0);
  }

  /** Returns every port as {@code 80/tcp 127.0.0.1 8080 loopback}, sorted. */
  List<String> ports() throws UnknownHostException {
    List<String> ports = new ArrayList<>();
    for (var port : node.at("/NetworkSettings/Ports").properties()) {
      if (port.getValue().isNull() || port.getValue().isEmpty()) {
        ports.add(port.getKey() + " null null internal");
      }
      for (JsonNode bind : port.getValue()) {
        String address = bind.get("HostIp").asString();
        ports.add(
            String.join(
                " ", port.getKey(), address, bind.get("HostPort").asString(), reach(address)));
      }
    }
    return ports.stream().sorted().toList();
  }

  /** Returns who can reach the widest of the ports: nobody while it does not run. */
  String exposure() throws UnknownHostException {
    return live() ? widest(ports()) : "none";
  }

  static String widest(List<String> ports) {
    return List.of("lan", "loopback").stream()
        .filter(reach -> ports.stream().anyMatch(port -> port.endsWith(" " + reach)))
        .findFirst()
        .orElse("internal");
  }

  static String reach(String address) throws UnknownHostException {
    return InetAddress.getByName(address).isLoopbackAddress() ? "loopback" : "lan";
  }

  private String text(String pointer) {
    return node.at(pointer).asString();
  }

  @Override
  public String toString() {
    return name();
  }
}
