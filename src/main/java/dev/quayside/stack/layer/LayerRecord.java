package dev.quayside.stack.layer;

import dev.quayside.catalogue.StackKind;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.compose.ComposeInvocation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds what a later start needs to know of a change by Compose that was cut off.
 *
 * @param id of the change and of its announcement
 * @param action what was announced
 * @param subject of which
 * @param kind of the stack
 * @param era of its kind
 * @param invocation with which the containers are made, profiles included
 * @param services that Compose works on, in the order of dependence
 * @param containers that these had before, in that order; the copy of the data of one, if it has
 *     any, has its number in this list
 * @param phase how far it is known to have come
 */
record LayerRecord(
    String id,
    String action,
    String subject,
    String kind,
    String era,
    ComposeInvocation invocation,
    List<String> services,
    List<CarriedContainer> containers,
    Phase phase) {

  /** How far it has come. */
  enum Phase {
    /** The containers are stopped and their data copied; they still hold it themselves. */
    COPYING,
    /** Everything is copied; the containers may have been made anew. */
    MAKING,
    /** The data is in the new containers, which may have been started. */
    STARTING,
    /** Compose makes and starts what is missing; it makes nothing anew, and nothing is carried. */
    BRINGING
  }

  LayerRecord {
    services = List.copyOf(services);
    containers = List.copyOf(containers);
  }

  LayerRecord at(Phase next) {
    return new LayerRecord(id, action, subject, kind, era, invocation, services, containers, next);
  }

  LayerRecord copied(List<CarriedContainer> all) {
    return new LayerRecord(id, action, subject, kind, era, invocation, services, all, Phase.MAKING);
  }

  String project() {
    return invocation.project();
  }

  byte[] toJson() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", id);
    members.put("action", action);
    members.put("subject", subject);
    members.put("kind", kind);
    members.put("era", era);
    members.put("project", invocation.project());
    members.put("directory", invocation.directory().toString());
    members.put("files", texts(invocation.files()));
    members.put("envFiles", texts(invocation.envFiles()));
    members.put("profiles", invocation.profiles());
    members.put("services", services);
    members.put("phase", phase.name());
    List<Map<String, Object>> list = new ArrayList<>();
    for (CarriedContainer one : containers) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("service", one.service());
      entry.put("number", one.number());
      entry.put("id", one.id().value());
      entry.put("wasRunning", one.wasRunning());
      entry.put("fingerprint", one.fingerprint());
      list.add(entry);
    }
    members.put("containers", list);
    return JsonMapper.builder().build().writeValueAsBytes(members);
  }

  private static List<String> texts(List<Path> paths) {
    return paths.stream().map(Path::toString).toList();
  }

  static LayerRecord fromJson(byte[] json) throws JacksonException {
    JsonNode node = JsonMapper.builder().build().readTree(json);
    List<CarriedContainer> containers = new ArrayList<>();
    node.required("containers")
        .forEach(one ->
            containers.add(
                new CarriedContainer(
                    one.required("service").stringValue(),
                    one.required("number").stringValue(),
                    new ContainerId(one.required("id").stringValue()),
                    one.required("wasRunning").booleanValue(),
                    one.required("fingerprint").stringValue())));
    return new LayerRecord(
        node.required("id").stringValue(),
        node.required("action").stringValue(),
        node.required("subject").stringValue(),
        node.path("kind").stringValue(StackKind.GENERIC),
        node.path("era").stringValue(""),
        new ComposeInvocation(
            node.required("project").stringValue(),
            Path.of(node.required("directory").stringValue()),
            texts(node, "files").stream().map(Path::of).toList(),
            texts(node, "envFiles").stream().map(Path::of).toList(),
            texts(node, "profiles")),
        node.has("services")
            ? texts(node, "services")
            : containers.stream().map(CarriedContainer::service).distinct().toList(),
        containers,
        Phase.valueOf(node.required("phase").stringValue()));
  }

  private static List<String> texts(JsonNode node, String name) {
    List<String> texts = new ArrayList<>();
    node.required(name).forEach(text -> texts.add(text.stringValue()));
    return texts;
  }
}
