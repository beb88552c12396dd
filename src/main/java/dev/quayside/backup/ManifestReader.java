package dev.quayside.backup;

import dev.quayside.backup.ArchiveException.Reason;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads a manifest in constant memory: the entries of its seal are passed over. */
final class ManifestReader {

  private int format;
  private Manifest.@Nullable FileFactsOf archive;
  private @Nullable ArchivePlan plan;
  private Manifest.@Nullable Secrets secrets;
  private @Nullable Seal seal;

  private ManifestReader() {}

  /** Reads a manifest to its end. */
  static Manifest read(InputStream json) throws IOException {
    try (JsonParser parser = Json.MAPPER.createParser(json)) {
      return new ManifestReader().read(parser);
    } catch (JacksonException e) {
      if (e.getCause() instanceof IOException below) {
        throw below;
      }
      throw new ArchiveException(Reason.BAD_SEAL, "it is no manifest", e);
    } catch (IllegalArgumentException | NullPointerException | ClassCastException e) {
      throw new ArchiveException(Reason.BAD_SEAL, "it is no manifest", e);
    }
  }

  private Manifest read(JsonParser parser) throws IOException {
    require(parser.nextToken() == JsonToken.START_OBJECT);
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "format" -> format = parser.getIntValue();
        case "archive" -> archive = value(parser, Manifest.FileFactsOf.class);
        case "plan" ->
            plan = ArchivePlans.read(Json.MAPPER.writeValueAsBytes(parser.readValueAsTree()));
        case "secrets" -> secrets = value(parser, Manifest.Secrets.class);
        case "seal" -> seal = new SealReader().describe(parser);
        default -> parser.skipChildren();
      }
    }
    require(parser.nextToken() == null);
    if (format != Manifest.FORMAT
        || archive == null
        || plan == null
        || secrets == null
        || seal == null
        || !seal.id().equals(plan.id())) {
      throw new ArchiveException(Reason.BAD_SEAL, "something is missing in the manifest");
    }
    return new Manifest(archive, plan, secrets, seal);
  }

  private static <T> T value(JsonParser parser, Class<T> type) {
    return Json.INNER.forType(type).readValue(parser);
  }

  private static void require(boolean condition) throws ArchiveException {
    if (!condition) {
      throw new ArchiveException(Reason.BAD_SEAL, "it is no manifest");
    }
  }
}
