package dev.quayside.cli;

import dev.quayside.engine.compose.ComposeInvocation;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Writes how Compose is called for a stack, the same in every document. */
final class InvocationJson {

  private InvocationJson() {}

  static void put(Json json, ObjectNode node, @Nullable ComposeInvocation called) {
    if (called == null) {
      node.putNull("invocation");
      return;
    }
    ObjectNode invocation = node.putObject("invocation");
    invocation.put("project", called.project());
    invocation.put("directory", called.directory().toString());
    invocation.set("files", json.texts(called.files().stream().map(Path::toString).toList()));
    invocation.set("envFiles", json.texts(called.envFiles().stream().map(Path::toString).toList()));
    invocation.set("profiles", json.texts(called.profiles()));
  }
}
