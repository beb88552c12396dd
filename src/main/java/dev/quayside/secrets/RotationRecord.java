package dev.quayside.secrets;

import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.stack.Stack;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds what a later start needs to know of a run that was cut off. It holds no values; those are
 * in the copy of the old file beside it and in the new file.
 *
 * @param id of the run and of its intent
 * @param stack its name
 * @param kind of the stack
 * @param era of its kind
 * @param invocation with which its containers are made
 * @param file the environment file, with links resolved
 * @param names the variables that change
 * @param services consumers that are made anew
 * @param oldHash SHA-256 of the file before
 * @param newHash SHA-256 of the file after
 * @param oldWorked names whose old value was seen to be accepted before the change
 * @param inPlace whether the file is written in place, so that a crash may leave a mixture
 * @param phase how far the run is known to have come
 * @param began when it began
 */
record RotationRecord(
    String id,
    String stack,
    String kind,
    String era,
    ComposeInvocation invocation,
    Path file,
    List<String> names,
    List<String> services,
    String oldHash,
    String newHash,
    List<String> oldWorked,
    boolean inPlace,
    Phase phase,
    Instant began) {

  /** How far a run has come. */
  enum Phase {
    /** The file may have been changed. */
    WRITING,
    /** The file is changed and containers may have been made anew. */
    RECREATING,
    /**
     * The new value was accepted and the old one refused: from here on the run is completed, not
     * undone.
     */
    PROVEN,
    /** Something failed; file and containers are being put back. */
    PUTTING_BACK
  }

  RotationRecord {
    names = List.copyOf(names);
    services = List.copyOf(services);
    oldWorked = List.copyOf(oldWorked);
  }

  RotationRecord at(Phase next) {
    return new RotationRecord(
        id,
        stack,
        kind,
        era,
        invocation,
        file,
        names,
        services,
        oldHash,
        newHash,
        oldWorked,
        inPlace,
        next,
        began);
  }

  /** Returns the stack as far as this record knows it: without containers. */
  Stack asStack() {
    return new Stack(stack, kind, era, invocation, List.of());
  }

  byte[] toJson() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", id);
    members.put("stack", stack);
    members.put("kind", kind);
    members.put("era", era);
    members.put("directory", invocation.directory().toString());
    members.put("files", invocation.files().stream().map(Path::toString).toList());
    members.put("envFiles", invocation.envFiles().stream().map(Path::toString).toList());
    members.put("file", file.toString());
    members.put("names", names);
    members.put("services", services);
    members.put("oldHash", oldHash);
    members.put("newHash", newHash);
    members.put("oldWorked", oldWorked);
    members.put("inPlace", inPlace);
    members.put("phase", phase.name());
    members.put("began", began.toString());
    return JsonMapper.builder().build().writeValueAsBytes(members);
  }

  static RotationRecord fromJson(byte[] json) throws JacksonException {
    JsonNode node = JsonMapper.builder().build().readTree(json);
    ComposeInvocation invocation =
        new ComposeInvocation(
            node.required("stack").stringValue(),
            Path.of(node.required("directory").stringValue()),
            texts(node, "files").stream().map(Path::of).toList(),
            texts(node, "envFiles").stream().map(Path::of).toList(),
            List.of());
    return new RotationRecord(
        node.required("id").stringValue(),
        node.required("stack").stringValue(),
        node.required("kind").stringValue(),
        node.required("era").stringValue(),
        invocation,
        Path.of(node.required("file").stringValue()),
        texts(node, "names"),
        texts(node, "services"),
        node.required("oldHash").stringValue(),
        node.required("newHash").stringValue(),
        texts(node, "oldWorked"),
        node.required("inPlace").booleanValue(),
        Phase.valueOf(node.required("phase").stringValue()),
        Instant.parse(node.required("began").stringValue()));
  }

  private static List<String> texts(JsonNode node, String name) {
    List<String> texts = new ArrayList<>();
    node.required(name).forEach(text -> texts.add(text.stringValue()));
    return texts;
  }
}
