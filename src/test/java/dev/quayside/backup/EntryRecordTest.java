package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.backup.tar.RawPath;
import dev.quayside.backup.tar.TarEntry;
import dev.quayside.backup.tar.TarTime;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the seal says of an entry is all that can be said of it, and nothing that cannot be. */
class EntryRecordTest {

  private static final byte[] HASH = Sha256.of(new byte[] {1});
  private static final RawPath NO_TEXT = RawPath.of(new byte[] {'f', '/', (byte) 0xFF, 'x'});

  private static final List<TarEntry> ENTRIES =
      List.of(
          entry("files/ü", TarEntry.Type.FILE, 1L << 40, 0640, null),
          entry("files", TarEntry.Type.FOLDER, 0, 01777, null),
          entry("files/h", TarEntry.Type.HARD_LINK, 0, 04755, RawPath.of("files/ü")),
          entry("files/l", TarEntry.Type.SYMBOLIC_LINK, 0, 0777, NO_TEXT),
          new TarEntry(
              NO_TEXT,
              TarEntry.Type.FILE,
              0,
              07,
              4_000_000_000L,
              3_000_000_000L,
              new TarTime(-5, 999_999_999),
              null));

  @Test
  void nothingOfAnEntryIsLost() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    for (TarEntry each : ENTRIES) {
      packed.writeBytes(EntryRecord.pack(each, each.size() > 0 ? HASH : null));
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(packed.toByteArray()));
    for (TarEntry each : ENTRIES) {
      EntryRecord record = EntryRecord.unpack(in);
      assertThat(record.entry()).isEqualTo(each);
      assertThat(record.hash()).isEqualTo(each.size() > 0 ? HASH : null);
      EntryRecord written =
          Json.MAPPER.readValue(Json.MAPPER.writeValueAsBytes(record), EntryRecord.class);
      assertThat(written).isEqualTo(record);
    }
    assertThat(in.read()).isEqualTo(-1);
  }

  @Test
  void itIsWrittenForPeopleToo() throws Exception {
    String text =
        new String(
            Json.MAPPER.writeValueAsBytes(EntryRecord.of(ENTRIES.getFirst(), HASH)),
            StandardCharsets.UTF_8);
    assertThat(text)
        .contains("\"files/ü\"")
        .contains("\"file\"")
        .contains("\"0640\"")
        .doesNotContain("Base64");
    assertThat(EntryRecord.of(ENTRIES.get(3), null).linkBase64()).isEqualTo("Zi//eA==");
    assertThat(EntryRecord.of(ENTRIES.get(4), null).path()).isNull();
    assertThat(EntryRecord.of(ENTRIES.get(2), null).type()).isEqualTo("hardLink");
    assertThat(EntryRecord.of(ENTRIES.get(3), null).type()).isEqualTo("symbolicLink");
    assertThat(EntryRecord.of(ENTRIES.get(1), null).type()).isEqualTo("folder");
  }

  @Test
  void aRecordThatMakesNoSenseIsABadSeal() {
    for (String[] each :
        new String[][] {
          {"a", "pipe", "0640", "5.0", "aa"},
          {"a", "file", "9", "5.0", "aa"},
          {"a", "file", "0640", "soon", "aa"}
        }) {
      assertBad(() -> record(each).entry());
    }
    EntryRecord nowhere =
        new EntryRecord(null, null, "file", 0, "0640", 0, 0, "5.0", null, null, null);
    assertBad(nowhere::entry);
    EntryRecord strange =
        new EntryRecord(null, "%%", "file", 0, "0640", 0, 0, "5.0", null, null, null);
    assertBad(strange::entry);
    assertBad(() -> record("a", "file", "0640", "5.0", "xyz").hash());
  }

  private static EntryRecord record(String... parts) {
    return new EntryRecord(
        parts[0], null, parts[1], 0, parts[2], 0, 0, parts[3], parts[4], null, null);
  }

  private interface Call {
    Object run() throws Exception;
  }

  private static void assertBad(Call call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            ArchiveException.class,
            e -> assertThat(e.reason()).isEqualTo(ArchiveException.Reason.BAD_SEAL));
  }

  private static TarEntry entry(
      String path, TarEntry.Type type, long size, int mode, RawPath link) {
    return new TarEntry(RawPath.of(path), type, size, mode, 1000, 100, Forge.TIME, link);
  }
}
