package dev.quayside.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Checks documents against the schemas under {@code docs/schema}, chosen by the name in the
 * document itself.
 */
public final class Schemas {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Schemas() {}

  /** Returns what is wrong with {@code document}, one line each; empty if it is valid. */
  public static List<String> faults(String document) {
    try {
      JsonNode node = JSON.readTree(document);
      String name = node.path("schema").asText().split("/")[1];
      String schema = Files.readString(Path.of("docs/schema/" + name + ".schema.json"));
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(schema)
          .validate(node)
          .stream()
          .map(Object::toString)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
