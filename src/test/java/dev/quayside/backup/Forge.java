package dev.quayside.backup;

import dev.quayside.backup.tar.RawPath;
import dev.quayside.backup.tar.TarEntry;
import dev.quayside.backup.tar.TarTime;
import dev.quayside.backup.tar.TarWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * Writes archives with whatever somebody hostile might put into them, sealed in good order unless
 * told otherwise.
 */
final class Forge {

  static final String ID = "11111111-2222-3333-4444-555555555555";
  static final TarTime TIME = new TarTime(1_700_000_000, 5);

  private final ByteArrayOutputStream tarBytes = new ByteArrayOutputStream();
  private final TarWriter tar = new TarWriter(tarBytes);
  private final Ledger ledger = new Ledger();

  static ArchivePlan plan(long mostBytes, long mostEntries) {
    return new ArchivePlan(
        1,
        ID,
        Instant.EPOCH,
        "Forge",
        "demo",
        "generic",
        List.of(),
        List.of(),
        List.of(),
        mostBytes,
        mostEntries,
        "");
  }

  /** Returns a plan with one dump. */
  static ArchivePlan plan(String path, String source) {
    ArchivePlan plain = plan(1 << 20, 1000);
    return new ArchivePlan(
        plain.format(),
        plain.id(),
        plain.created(),
        plain.madeBy(),
        plain.stack(),
        plain.kind(),
        List.of(),
        List.of(
            new ArchivePlan.Part(
                path,
                ArchivePlan.PartKind.POSTGRES_DUMP,
                source,
                1,
                1,
                "16",
                "",
                ArchivePlan.Consistency.SNAPSHOT)),
        List.of(),
        plain.mostBytes(),
        plain.mostEntries(),
        "");
  }

  /** Begins with a plan and the two folders. */
  static Forge begun() throws IOException {
    return begun(plan(1 << 20, 1000));
  }

  static Forge begun(ArchivePlan plan) throws IOException {
    Forge forge = new Forge().file("plan.json", ArchivePlans.write(plan));
    return forge.folder("databases").folder("files").folder("files/data");
  }

  Forge folder(String path) throws IOException {
    return entry(TarEntry.folder(path, TIME), null);
  }

  Forge file(String path, String content) throws IOException {
    return file(path, content.getBytes(StandardCharsets.UTF_8));
  }

  Forge file(String path, byte[] content) throws IOException {
    return file(RawPath.of(path), content);
  }

  Forge file(RawPath path, byte[] content) throws IOException {
    return entry(
        new TarEntry(path, TarEntry.Type.FILE, content.length, 0600, 0, 0, TIME, null), content);
  }

  Forge symbolicLink(String path, String target) throws IOException {
    return entry(
        new TarEntry(
            RawPath.of(path), TarEntry.Type.SYMBOLIC_LINK, 0, 0777, 0, 0, TIME, RawPath.of(target)),
        null);
  }

  Forge hardLink(String path, String target) throws IOException {
    return entry(
        new TarEntry(
            RawPath.of(path), TarEntry.Type.HARD_LINK, 0, 0600, 0, 0, TIME, RawPath.of(target)),
        null);
  }

  Forge entry(TarEntry entry, byte[] content) throws IOException {
    tar.begin(entry);
    if (content != null) {
      tar.write(content, 0, content.length);
    }
    ledger.add(entry, content == null ? null : Sha256.of(content));
    return this;
  }

  /** Writes an entry that the seal does not know. */
  Forge unsealed(String path, String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    tar.begin(TarEntry.plain(path, bytes.length, TIME));
    tar.write(bytes, 0, bytes.length);
    return this;
  }

  /** Lets the seal name an entry that is not there. */
  Forge onlySealed(String path) {
    ledger.add(TarEntry.plain(path, 0, TIME), Sha256.of(new byte[0]));
    return this;
  }

  /** Writes an entry without content whose header says it is of type {@code flag}. */
  Forge special(char flag, String path) throws IOException {
    int at = tarBytes.size();
    tar.begin(TarEntry.plain(path, 0, TIME));
    return patchedFrom(at, header -> header[156] = (byte) flag);
  }

  /** Changes the last header and mends its checksum. */
  Forge patchedFrom(int at, java.util.function.Consumer<byte[]> change) {
    byte[] all = tarBytes.toByteArray();
    int last = all.length - 512;
    byte[] header = Arrays.copyOfRange(all, last, all.length);
    change.accept(header);
    Arrays.fill(header, 148, 156, (byte) ' ');
    long sum = 0;
    for (byte each : header) {
      sum += each & 0xFF;
    }
    byte[] digits = String.format("%06o", sum).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(digits, 0, header, 148, 6);
    header[154] = 0;
    tarBytes.reset();
    tarBytes.write(all, 0, last);
    tarBytes.writeBytes(header);
    return this;
  }

  int size() {
    return tarBytes.size();
  }

  Forge stream(String path, int segments, long size, byte[] content) {
    ledger.stream(
        new Seal.SealedStream(
            path, segments, size, java.util.HexFormat.of().formatHex(Sha256.of(content))));
    return this;
  }

  Forge seal() throws IOException {
    return seal(ID);
  }

  Forge seal(String id) throws IOException {
    return unsealed("seal.json", sealText(id));
  }

  String sealText() throws IOException {
    return sealText(ID);
  }

  private String sealText(String id) throws IOException {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    ledger.write(id, json);
    return json.toString(StandardCharsets.UTF_8);
  }

  /** Writes a pax header of type {@code flag} that no entry asked for. */
  Forge header(char flag, String records) throws IOException {
    byte[] content = records.getBytes(StandardCharsets.US_ASCII);
    byte[] length = String.format("%011o", content.length).getBytes(StandardCharsets.US_ASCII);
    tar.begin(TarEntry.plain("header", 0, new TarTime(1, 0)));
    patchedFrom(
        0,
        header -> {
          header[156] = (byte) flag;
          System.arraycopy(length, 0, header, 124, 11);
        });
    tarBytes.writeBytes(Arrays.copyOf(content, 512));
    return this;
  }

  Forge end() throws IOException {
    tar.finish();
    return this;
  }

  Forge raw(byte[] bytes) {
    tarBytes.writeBytes(bytes);
    return this;
  }

  byte[] tarBytes() {
    return tarBytes.toByteArray();
  }

  /** Returns the stream as it lies inside the encryption. */
  byte[] compressed() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(tarBytes.toByteArray());
    }
    return bytes.toByteArray();
  }

  /** Seals, ends and compresses. */
  byte[] finished() throws IOException {
    return seal().end().compressed();
  }
}
