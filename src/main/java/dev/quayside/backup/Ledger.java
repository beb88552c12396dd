package dev.quayside.backup;

import dev.quayside.backup.tar.TarEntry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Keeps what a writer put into an archive, about 150 bytes an entry, and writes the seal from it.
 */
final class Ledger {

  /** Most characters of what could not be read, changed or was skipped: some 100,000 paths. */
  static final long MOST_LISTED = 16L << 20;

  /** What each of them takes besides its text. */
  static final int LISTED_EACH = 64;

  private final ByteArrayOutputStream packed = new ByteArrayOutputStream();
  private final List<Seal.SealedStream> streams = new ArrayList<>();
  private final List<BackupReceipt.Unread> unread = new ArrayList<>();
  private final List<String> changed = new ArrayList<>();
  private final List<String> skipped = new ArrayList<>();
  private long entries;
  private long bytes;
  private long listed;

  void add(TarEntry entry, byte @Nullable [] sha256) {
    packed.writeBytes(EntryRecord.pack(entry, sha256));
    entries++;
    bytes += entry.size();
  }

  void stream(Seal.SealedStream stream) {
    streams.add(stream);
  }

  void unread(String path, String reason) {
    unread.add(new BackupReceipt.Unread(path, reason));
    listed += path.length() + reason.length() + LISTED_EACH;
  }

  void changed(String path) {
    changed.add(path);
    listed += path.length() + LISTED_EACH;
  }

  void skipped(String path) {
    skipped.add(path);
    listed += path.length() + LISTED_EACH;
  }

  long entries() {
    return entries;
  }

  long bytes() {
    return bytes;
  }

  /** Returns whether no more can be listed, because no reader would take it. */
  boolean full() {
    return listed > MOST_LISTED;
  }

  Seal seal(String id) {
    return new Seal(ArchivePlans.FORMAT, id, entries, bytes, streams, unread, changed, skipped);
  }

  /** Writes the seal of the archive {@code id}; writes the same bytes each time. */
  void write(String id, OutputStream out) throws IOException {
    Seal seal = seal(id);
    JsonGenerator json = Json.MAPPER.createGenerator(new KeptOpen(out));
    json.writeStartObject();
    json.writeNumberProperty("format", seal.format());
    json.writeStringProperty("id", seal.id());
    json.writeNumberProperty("entryCount", seal.entryCount());
    json.writeNumberProperty("contentBytes", seal.contentBytes());
    json.writePOJOProperty("streams", seal.streams());
    json.writePOJOProperty("unread", seal.unread());
    json.writePOJOProperty("changed", seal.changed());
    json.writePOJOProperty("skipped", seal.skipped());
    json.writeArrayPropertyStart("entries");
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(packed.toByteArray()));
    for (long i = 0; i < entries; i++) {
      json.writeRaw('\n');
      json.writePOJO(EntryRecord.unpack(in));
    }
    json.writeEndArray();
    json.writeEndObject();
    json.close();
  }

  /** Ignores closing, because the generator closes what it writes to. */
  private static final class KeptOpen extends java.io.FilterOutputStream {
    KeptOpen(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      out.write(source, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
