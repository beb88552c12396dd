package dev.quayside.stack.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds what a later start needs to know of a save that was cut off. It holds no values; the copies
 * of both contents lie beside it.
 *
 * @param id of the save and of its intent
 * @param stack its name
 * @param file with links resolved
 * @param existed whether the file was there
 * @param oldHash SHA-256 before
 * @param newHash SHA-256 after
 * @param inPlace whether it is written over, so that a crash may leave a mixture
 * @param reason why it was saved, for the history
 * @param names of the settings that change
 */
record EnvRecord(
    String id,
    String stack,
    Path file,
    boolean existed,
    String oldHash,
    String newHash,
    boolean inPlace,
    String reason,
    List<String> names) {

  EnvRecord {
    names = List.copyOf(names);
  }

  byte[] toJson() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", id);
    members.put("stack", stack);
    members.put("file", file.toString());
    members.put("existed", existed);
    members.put("oldHash", oldHash);
    members.put("newHash", newHash);
    members.put("inPlace", inPlace);
    members.put("reason", reason);
    members.put("names", names);
    return JsonMapper.builder().build().writeValueAsBytes(members);
  }

  static EnvRecord fromJson(byte[] json) {
    JsonNode node = JsonMapper.builder().build().readTree(json);
    List<String> names = new ArrayList<>();
    node.required("names").forEach(name -> names.add(name.stringValue()));
    return new EnvRecord(
        node.required("id").stringValue(),
        node.required("stack").stringValue(),
        Path.of(node.required("file").stringValue()),
        node.required("existed").booleanValue(),
        node.required("oldHash").stringValue(),
        node.required("newHash").stringValue(),
        node.required("inPlace").booleanValue(),
        node.required("reason").stringValue(),
        names);
  }
}
