package dev.quayside.backup;

import static dev.quayside.backup.ArchiveException.Reason;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.ObjectReader;

/**
 * Compares what was read of an archive with what its seal says, entry by entry, in constant memory
 * but for 32 bytes an entry.
 */
final class SealReader {

  private final ByteArrayOutputStream fingerprints = new ByteArrayOutputStream();
  private final List<Seal.SealedStream> streams = new ArrayList<>();
  private long entries;
  private long bytes;

  /** Notes an entry that was read. */
  void saw(EntrySeen seen) {
    fingerprints.writeBytes(Sha256.of(EntryRecord.pack(seen.entry(), seen.sha256())));
    entries++;
    bytes += seen.entry().size();
  }

  /** Notes a stream whose segments were all read. */
  void saw(Seal.SealedStream stream) {
    streams.add(stream);
  }

  /** Reads the seal of the archive {@code id} and compares it with everything seen. */
  Seal compare(String id, InputStream json) throws IOException {
    try (JsonParser parser = Json.MAPPER.createParser(json)) {
      Seal seal = compare(id, parser);
      if (parser.nextToken() != null) {
        throw new ArchiveException(Reason.BAD_SEAL, "more follows");
      }
      return seal;
    } catch (JacksonException e) {
      if (e.getCause() instanceof IOException below) {
        throw below;
      }
      throw new ArchiveException(Reason.BAD_SEAL, "it is no seal", e);
    } catch (IllegalArgumentException | NullPointerException | ClassCastException e) {
      throw new ArchiveException(Reason.BAD_SEAL, "it is no seal", e);
    }
  }

  private Seal compare(String id, JsonParser parser) throws IOException {
    Map<String, Object> found = new java.util.HashMap<>();
    boolean compared = false;
    require(parser.nextToken() == JsonToken.START_OBJECT, "it is no object");
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("entries")) {
        require(!compared && value == JsonToken.START_ARRAY, "its entries are no list");
        compareEntries(parser);
        compared = true;
      } else {
        found.put(name, Json.INNER.forType(Object.class).readValue(parser));
      }
    }
    require(compared, "it lists no entries");
    Seal seal = Json.MAPPER.convertValue(found, Seal.class);
    require(
        seal.format() == ArchivePlans.FORMAT && seal.id().equals(id),
        "it belongs to another archive");
    if (seal.entryCount() != entries
        || seal.contentBytes() != bytes
        || !seal.streams().equals(streams)) {
      throw new ArchiveException(Reason.DIFFERS_FROM_SEAL, "the totals");
    }
    return seal;
  }

  private void compareEntries(JsonParser parser) throws IOException {
    ObjectReader entry = Json.INNER.forType(EntryRecord.class);
    byte[] seen = fingerprints.toByteArray();
    int at = 0;
    for (; parser.nextToken() == JsonToken.START_OBJECT; at += Sha256.LENGTH) {
      EntryRecord sealed = entry.readValue(parser);
      byte[] expected = Sha256.of(EntryRecord.pack(sealed.entry(), sealed.hash()));
      if (at >= seen.length
          || !Arrays.equals(seen, at, at + Sha256.LENGTH, expected, 0, Sha256.LENGTH)) {
        throw new ArchiveException(Reason.DIFFERS_FROM_SEAL, sealed.entry().path().toString());
      }
    }
    if (at != seen.length) {
      throw new ArchiveException(
          Reason.DIFFERS_FROM_SEAL, "it lists " + at / Sha256.LENGTH + " of " + entries);
    }
  }

  private static void require(boolean condition, String what) throws ArchiveException {
    if (!condition) {
      throw new ArchiveException(Reason.BAD_SEAL, what);
    }
  }
}
