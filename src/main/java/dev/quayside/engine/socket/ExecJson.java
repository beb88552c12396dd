package dev.quayside.engine.socket;

import dev.quayside.engine.ExecRequest;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes the request for a command. Values of its environment never become strings; the caller
 * wipes the result.
 */
final class ExecJson {

  private static final JsonFactory FACTORY = new JsonFactory();

  private ExecJson() {}

  static byte[] write(ExecRequest request) {
    Wipeable bytes = new Wipeable();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      json.writeBooleanProperty("AttachStdin", request.input() != null);
      json.writeBooleanProperty("AttachStdout", true);
      json.writeBooleanProperty("AttachStderr", true);
      json.writeBooleanProperty("Tty", false);
      writeStrings(json, "Cmd", request.command());
      if (request.user() != null) {
        json.writeStringProperty("User", request.user());
      }
      writeEnvironment(json, request);
      json.writeEndObject();
      json.flush();
      return bytes.toByteArray();
    } finally {
      bytes.wipe();
    }
  }

  private static void writeStrings(JsonGenerator json, String name, List<String> values) {
    json.writeArrayPropertyStart(name);
    values.forEach(json::writeString);
    json.writeEndArray();
  }

  private static void writeEnvironment(JsonGenerator json, ExecRequest request) {
    json.writeArrayPropertyStart("Env");
    request
        .environment()
        .forEach((name, secret) -> {
          char[] prefix = (name + "=").toCharArray();
          char[] assignment = secret.withChars(value -> joined(prefix, value));
          json.writeString(assignment, 0, assignment.length);
          Arrays.fill(assignment, '\0');
        });
    json.writeEndArray();
  }

  private static char[] joined(char[] prefix, char[] value) {
    char[] joined = Arrays.copyOf(prefix, prefix.length + value.length);
    System.arraycopy(value, 0, joined, prefix.length, value.length);
    return joined;
  }

  /** Grows like its parent, but can be overwritten. */
  private static final class Wipeable extends ByteArrayOutputStream {
    void wipe() {
      Arrays.fill(buf, (byte) 0);
    }
  }
}
