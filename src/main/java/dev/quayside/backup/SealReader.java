package dev.quayside.backup;

import static dev.quayside.backup.ArchiveException.Reason;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.ObjectReader;

/**
 * Compares what was read of an archive with what its seal says, entry by entry, in constant memory
 * but for 32 bytes an entry.
 */
final class SealReader {

  /** What the lists may take in memory, about: several times what {@link Ledger} allows. */
  private static final long MOST_LISTED = 8 * Ledger.MOST_LISTED;

  /** What each element takes besides its text. */
  private static final int LISTED_EACH = Ledger.LISTED_EACH;

  private final ByteArrayOutputStream fingerprints = new ByteArrayOutputStream();
  private final List<Seal.SealedStream> streams = new ArrayList<>();
  private long entries;
  private long bytes;
  private long listed;

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

  /** Reads what a seal says besides its entries, at which {@code parser} stands. */
  Seal describe(JsonParser parser) throws IOException {
    require(parser.currentToken() == JsonToken.START_OBJECT, "it is no object");
    Found found = new Found();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      take(name, parser, found);
    }
    return found.seal();
  }

  private Seal compare(String id, JsonParser parser) throws IOException {
    Found found = new Found();
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
        take(name, parser, found);
      }
    }
    require(compared, "it lists no entries");
    Seal seal = found.seal();
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

  /** Collects what a seal says besides its entries. */
  private static final class Found {
    private int format;
    private @Nullable String id;
    private long entryCount = -1;
    private long contentBytes = -1;
    private @Nullable List<Seal.SealedStream> streams;
    private @Nullable List<BackupReceipt.Unread> unread;
    private @Nullable List<String> changed;
    private @Nullable List<String> skipped;

    Seal seal() throws ArchiveException {
      if (id == null || streams == null || unread == null || changed == null || skipped == null) {
        throw new ArchiveException(Reason.BAD_SEAL, "something is missing in it");
      }
      return new Seal(format, id, entryCount, contentBytes, streams, unread, changed, skipped);
    }
  }

  private void take(String name, JsonParser parser, Found found) throws IOException {
    switch (name) {
      case "format" -> found.format = parser.getIntValue();
      case "id" -> found.id = parser.getString();
      case "entryCount" -> found.entryCount = parser.getLongValue();
      case "contentBytes" -> found.contentBytes = parser.getLongValue();
      case "streams" -> found.streams = list(parser, Seal.SealedStream.class);
      case "unread" -> found.unread = list(parser, BackupReceipt.Unread.class);
      case "changed" -> found.changed = list(parser, String.class);
      case "skipped" -> found.skipped = list(parser, String.class);
      default -> parser.skipChildren();
    }
  }

  /** Reads a list that is kept in memory, all of them together no longer than writers make them. */
  private <T> List<T> list(JsonParser parser, Class<T> type) throws IOException {
    require(parser.currentToken() == JsonToken.START_ARRAY, "something in it is no list");
    ObjectReader reader = Json.INNER.forType(type);
    List<T> list = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      long begin = parser.currentTokenLocation().getByteOffset();
      list.add(reader.readValue(parser));
      listed += parser.currentLocation().getByteOffset() - begin + LISTED_EACH;
      require(listed <= MOST_LISTED, "its lists are too long");
    }
    return list;
  }

  private void compareEntries(JsonParser parser) throws IOException {
    byte[] seen = fingerprints.toByteArray();
    int at = 0;
    for (; parser.nextToken() == JsonToken.START_OBJECT; at += Sha256.LENGTH) {
      EntryRecord sealed = EntryRecord.read(parser);
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
