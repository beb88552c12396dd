package dev.quayside.backup.tar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The form of a stream: where ustar has no room, and where a reader stops believing. */
class TarFormTest {

  private static final TarTime TIME = new TarTime(1_000_000_000, 0);
  private static final TarTime FRACTION = new TarTime(1_000_000_000, 5);
  private static final int BLOCK = TarWriter.BLOCK;

  private static TarEntry entry(String path, long user, TarTime time, @Nullable String link) {
    return new TarEntry(
        RawPath.of(path),
        link == null ? TarEntry.Type.FILE : TarEntry.Type.SYMBOLIC_LINK,
        0,
        0640,
        user,
        user,
        time,
        link == null ? null : RawPath.of(link));
  }

  private static byte[] written(TarEntry entry) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    TarWriter writer = new TarWriter(bytes);
    writer.begin(entry);
    writer.finish();
    return bytes.toByteArray();
  }

  /** Makes a header as no writer of ours does. */
  private static byte[] header(char type, String name, int size) {
    byte[] block = new byte[BLOCK];
    UstarFields.bytes(block, UstarFields.NAME, 100, name.getBytes(StandardCharsets.UTF_8));
    UstarFields.octal(block, UstarFields.SIZE, 12, size);
    block[UstarFields.TYPE] = (byte) type;
    UstarFields.checksum(block);
    return block;
  }

  private static byte[] header(char type, String records) {
    byte[] text = records.getBytes(StandardCharsets.UTF_8);
    return joined(
        header(type, "h", text.length),
        Arrays.copyOf(text, text.length + TarWriter.paddingOf(text.length)));
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] end() {
    return new byte[2 * BLOCK];
  }

  private static List<TarEntry> all(TarReader reader) throws IOException {
    List<TarEntry> entries = new ArrayList<>();
    for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
      entries.add(entry);
    }
    return entries;
  }

  private static List<TarEntry> read(byte[]... parts) throws IOException {
    return all(new TarReader(new ByteArrayInputStream(joined(parts))));
  }

  private static List<TarEntry> foreign(byte[]... parts) throws IOException {
    return all(TarReader.foreign(new ByteArrayInputStream(joined(parts)), path -> {}));
  }

  private static void refused(TarException.Reason reason, byte[]... parts) {
    assertThatThrownBy(() -> read(parts))
        .isInstanceOfSatisfying(TarException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @ParameterizedTest
  @CsvSource({
    "100, 0, 3",
    "101, 0, 5",
    "3, 2097151, 3",
    "3, 2097152, 5",
  })
  void anotherHeaderComesOnlyWhereThereIsNoRoom(int name, long user, int blocks)
      throws IOException {
    TarEntry entry = entry("n".repeat(name), user, TIME, null);
    assertThat(written(entry)).hasSize(blocks * BLOCK);
    assertThat(read(written(entry))).containsExactly(entry);
  }

  @ParameterizedTest
  @CsvSource({"100, 3", "101, 5"})
  void aLinkHasAsMuchRoomAsAName(int link, int blocks) throws IOException {
    TarEntry entry = entry("l", 0, TIME, "t".repeat(link));
    assertThat(written(entry)).hasSize(blocks * BLOCK);
    assertThat(read(written(entry))).containsExactly(entry);
  }

  @ParameterizedTest
  @CsvSource({"0, 3", "8589934591, 3", "8589934592, 5", "-1, 5"})
  void aTimeThatOctalHoldsNeedsNoOtherHeader(long seconds, int blocks) throws IOException {
    TarEntry entry = entry("t", 0, new TarTime(seconds, 0), null);
    assertThat(written(entry)).hasSize(blocks * BLOCK);
    assertThat(read(written(entry))).containsExactly(entry);
  }

  @ParameterizedTest
  @ValueSource(longs = {8_589_934_591L, 8_589_934_592L, 1L << 40})
  void aFileMayBeLargerThanOctalSays(long size) throws IOException {
    TarEntry entry = TarEntry.plain("large", size, TIME);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new TarWriter(bytes).begin(entry);
    assertThat(bytes.size()).isEqualTo(size > 8_589_934_591L ? 3 * BLOCK : BLOCK);
    assertThat(new TarReader(new ByteArrayInputStream(bytes.toByteArray())).next())
        .isEqualTo(entry);
  }

  @Test
  void aRecordCountsItsOwnDigitsWhateverItsLength() throws IOException {
    for (int length = 101; length <= 1100; length++) {
      String path = "n/".repeat(length / 2) + "n".repeat(1 + length % 2);
      TarEntry entry = entry(path, 0, TIME, null);
      assertThat(read(written(entry))).as("%d bytes", length).containsExactly(entry);
    }
  }

  @Test
  void everyHeaderSaysThatItIsUstar() throws IOException {
    byte[] magic = Arrays.copyOfRange(written(entry("a", 0, TIME, null)), 257, 265);
    assertThat(magic).isEqualTo("ustar\00000".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void anEntryHasTheContentThatWasAnnounced() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    TarWriter writer = new TarWriter(bytes);
    writer.begin(TarEntry.plain("a", 3, TIME));
    writer.write(new byte[2], 0, 2);
    assertThat(writer.left()).isEqualTo(1);
    TarEntry next = TarEntry.plain("b", 0, TIME);
    assertThatThrownBy(() -> writer.begin(next)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(writer::finish).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> writer.write(new byte[2], 0, 2))
        .isInstanceOf(IllegalStateException.class);
    writer.write(new byte[1], 0, 1);
    writer.begin(next);
    writer.finish();
    assertThat(read(bytes.toByteArray())).extracting(TarEntry::size).containsExactly(3L, 0L);
  }

  @Test
  void theEndMarkGoesOutAtOnce() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new TarWriter(new BufferedOutputStream(bytes)).finish();
    assertThat(bytes.toByteArray()).isEqualTo(end());
  }

  @Test
  void whatFollowsTheEndMarkIsZerosAndNotManyOfThem() throws IOException {
    assertThat(read(end())).isEmpty();
    assertThat(read(new byte[BLOCK], new byte[1 << 20])).isEmpty();
    refused(TarException.Reason.TRAILING_DATA, new byte[BLOCK], new byte[(1 << 20) + 1]);
    refused(TarException.Reason.TRAILING_DATA, end(), new byte[] {1});
    refused(TarException.Reason.CUT_SHORT, new byte[2 * BLOCK - 1]);
  }

  @Test
  void headersForTheWholeStreamEnd() throws IOException {
    byte[] global = header('g', "");
    byte[] file = header('0', "a", 0);
    byte[][] parts = new byte[19][];
    Arrays.fill(parts, 0, 17, global);
    parts[17] = file;
    parts[18] = end();
    refused(TarException.Reason.TOO_LONG, parts);
    assertThat(read(Arrays.copyOfRange(parts, 1, 19))).hasSize(1);
  }

  @Test
  void aHeaderForTheWholeStreamMayNotSpeakOfTheEntriesOfOthers() throws IOException {
    byte[] file = header('0', "a", 0);
    assertThat(foreign(header('g', "13 comment=x\n"), file, end())).hasSize(1);
    for (String said : List.of("9 uid=12\n", "23 SCHILY.xattr.user=x\n")) {
      assertThatThrownBy(() -> foreign(header('g', said), file, end()))
          .as(said)
          .isInstanceOf(TarException.class)
          .hasMessageContaining("a header for all entries");
    }
  }

  @Test
  void aHeaderHasAnEnd() throws IOException {
    int most = PaxRecords.MOST_BYTES;
    String key = most + " k=";
    String record = key + "v".repeat(most - key.length() - 1) + "\n";
    byte[] file = header('0', "a", 0);
    assertThat(read(header('x', record), file, end())).hasSize(1);
    String longer = record.replace(key, (most + 1) + " k=").replace("\n", "v\n");
    refused(TarException.Reason.TOO_LONG, header('x', longer), file, end());
  }

  @ParameterizedTest
  @ValueSource(strings = {"6 k=v", "5 k=v\n", "7 k=v\n", "x k=v\n", " k=v\n", "2 \n", "6 kkv\n"})
  void aRecordThatIsNoneIsRefused(String records) {
    refused(TarException.Reason.BAD_HEADER, header('x', records), header('0', "a", 0), end());
  }

  @Test
  void theFrontOfANameIsItsOwnFieldInUstarOnly() throws IOException {
    byte[] block = header('0', "name", 0);
    UstarFields.bytes(block, UstarFields.PREFIX, 155, "front".getBytes(StandardCharsets.UTF_8));
    UstarFields.bytes(
        block, UstarFields.MAGIC, 8, UstarFields.USTAR.getBytes(StandardCharsets.US_ASCII));
    UstarFields.checksum(block);
    assertThat(read(block, end()).getFirst().path()).isEqualTo(RawPath.of("front/name"));
    UstarFields.bytes(block, UstarFields.MAGIC, 8, "ustar  ".getBytes(StandardCharsets.US_ASCII));
    UstarFields.checksum(block);
    assertThat(read(block, end()).getFirst().path()).isEqualTo(RawPath.of("name"));
  }

  @Test
  void anOwnerIsA32BitNumber() throws IOException {
    TarEntry last = entry("a", 0xFFFFFFFFL, TIME, null);
    assertThat(read(written(last))).containsExactly(last);
    refused(TarException.Reason.BAD_HEADER, written(entry("a", 0x100000000L, TIME, null)));
  }

  @Test
  void othersMarkFoldersBySlashesAndFilesByASeven() throws IOException {
    assertThat(foreign(header('0', "a/", 0), header('7', "b", 0), header('0', "c", 0), end()))
        .extracting(TarEntry::type)
        .containsExactly(TarEntry.Type.FOLDER, TarEntry.Type.FILE, TarEntry.Type.FILE);
    refused(TarException.Reason.REFUSED_TYPE, header('7', "b", 0), end());
  }

  @Test
  void aVolumeHasALabelWithOthersOnly() throws IOException {
    byte[] label = header('V', "label", 0);
    byte[] file = header('0', "a", 0);
    assertThat(foreign(label, file, end())).hasSize(1);
    refused(TarException.Reason.REFUSED_TYPE, label, file, end());
    byte[][] labels = new byte[18][];
    Arrays.fill(labels, 0, 17, label);
    labels[17] = file;
    assertThatThrownBy(() -> foreign(labels)).hasMessageContaining("nothing but headers");
  }

  @Test
  void aStreamIsToldByItsFirstBlock() throws IOException {
    byte[] head = written(entry("plan.json", 0, TIME, null));
    assertThat(TarHeads.begins(head)).isTrue();
    assertThat(TarHeads.begins(Arrays.copyOf(head, BLOCK))).isTrue();
    assertThat(TarHeads.begins(Arrays.copyOf(head, BLOCK - 1))).isFalse();
    assertThat(TarHeads.begins(end())).isTrue();
    assertThat(TarHeads.begins(new byte[2 * BLOCK - 1])).isFalse();
    assertThat(TarHeads.begins(joined(new byte[BLOCK], head))).isFalse();
    assertThat(TarHeads.begins(header('0', "", 0))).isFalse();
    head[3]++;
    assertThat(TarHeads.begins(head)).isFalse();
    head[UstarFields.CHECKSUM] = 'x';
    assertThat(TarHeads.begins(head)).isFalse();
  }

  @Test
  void theFirstEntryIsToldWithAndWithoutAHeaderBefore() throws IOException {
    byte[] plain = written(entry("plan.json", 0, TIME, null));
    byte[] described = written(entry("plan.json", 0, FRACTION, null));
    assertThat(described.length).isEqualTo(plain.length + 2 * BLOCK);
    assertThat(TarHeads.firstIs(Arrays.copyOf(plain, BLOCK), "plan.json")).isTrue();
    assertThat(TarHeads.firstIs(Arrays.copyOf(described, 3 * BLOCK), "plan.json")).isTrue();
    for (byte[] head : List.of(plain, described)) {
      assertThat(TarHeads.firstIs(head, "plan.jso")).isFalse();
    }
    assertThat(TarHeads.firstIs(Arrays.copyOf(plain, BLOCK - 1), "plan.json")).isFalse();
    assertThat(TarHeads.firstIs(Arrays.copyOf(described, 3 * BLOCK - 1), "plan.json")).isFalse();
    described[UstarFields.SIZE] = 'x';
    assertThat(TarHeads.firstIs(described, "plan.json")).isFalse();
  }
}
