package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.backup.tar.TarEntry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;

/** A seal counts only if it is whole, belongs to the archive and says what was read. */
class SealReaderTest {

  private static final String EMPTY =
      """
      {"format":1,"id":"%s","entryCount":0,"contentBytes":0,"streams":[],"unread":[],
       "changed":[],"skipped":[],"entries":[]}\
      """
          .formatted(Forge.ID);

  @Test
  void whatASealListsComesBack() throws Exception {
    String seal =
        EMPTY
            .replace(
                "\"unread\":[]", "\"unread\":[{\"path\":\"/a\",\"reason\":\"permission denied\"}]")
            .replace("\"changed\":[]", "\"changed\":[\"files/b\",\"files/c\"]")
            .replace("\"skipped\":[]", "\"skipped\":[\"files/socket\"]");

    for (Seal read : List.of(compared(seal), described(seal))) {
      assertThat(read.unread())
          .containsExactly(new BackupReceipt.Unread("/a", "permission denied"));
      assertThat(read.changed()).containsExactly("files/b", "files/c");
      assertThat(read.skipped()).containsExactly("files/socket");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"format\":1 -> {\"format\":2",
        "11111111 -> 21111111",
        ",\"entries\":[]} -> }",
        "\"entries\":[] -> \"entries\":{}",
        "\"entries\":[] -> \"entries\":[],\"entries\":[]",
        "\"entries\":[] -> \"entries\":[{}]",
        "\"changed\":[] -> \"changed\":{}",
        "\"changed\":[], -> ",
        "\"streams\":[], -> ",
        "\"entries\":[]} -> \"entries\":[]}{}",
        "\"entries\":[]} -> \"entries\":[]",
        "\"entryCount\":0 -> \"entryCount\":\"none\""
      })
  void anIncompleteOrForeignSealIsNone(String change) {
    String[] parts = change.split(" -> ", -1);
    String seal = EMPTY.replace(parts[0], parts[1]);
    assertThat(seal).isNotEqualTo(EMPTY);
    assertReason(ArchiveException.Reason.BAD_SEAL, seal);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "1"})
  void somethingElseIsNoSeal(String text) {
    assertReason(ArchiveException.Reason.BAD_SEAL, text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"entryCount\":0 -> \"entryCount\":1",
        "\"contentBytes\":0 -> \"contentBytes\":1",
        "\"streams\":[] -> \"streams\":[{\"path\":\"x\",\"segments\":1,\"size\":1,\"sha256\":\"\"}]"
      })
  void otherTotalsAreADifference(String change) {
    String[] parts = change.split(" -> ", -1);
    assertReason(ArchiveException.Reason.DIFFERS_FROM_SEAL, EMPTY.replace(parts[0], parts[1]));
  }

  @Test
  void howManyEntriesAreMissingIsSaid() {
    SealReader reader = new SealReader();
    for (String path : List.of("files", "files/a", "files/b")) {
      reader.saw(new EntrySeen(TarEntry.folder(path, Forge.TIME), null));
    }
    assertThatThrownBy(() -> compare(reader, EMPTY)).hasMessageContaining("it lists 0 of 3");
  }

  @Test
  void aLongListIsReadAndAnEndlessOneIsNot() throws Exception {
    assertThat(compared(listing(40_000)).changed()).hasSize(40_000);
    assertReason(ArchiveException.Reason.BAD_SEAL, listing(2_100_000));
  }

  @Test
  void troubleBelowIsNoBadSeal() {
    IOException trouble = new IOException("disk");
    assertThatThrownBy(() ->
            new SealReader()
                .compare(
                    Forge.ID,
                    new java.io.InputStream() {
                      @Override
                      public int read() throws IOException {
                        throw trouble;
                      }
                    }))
        .isSameAs(trouble);
  }

  private static String listing(int count) {
    String list = String.join(",", Collections.nCopies(count, "\"\""));
    return EMPTY.replace("\"changed\":[]", "\"changed\":[" + list + "]");
  }

  private static Seal compared(String seal) throws IOException {
    return compare(new SealReader(), seal);
  }

  private static Seal compare(SealReader reader, String seal) throws IOException {
    return reader.compare(
        Forge.ID, new ByteArrayInputStream(seal.getBytes(StandardCharsets.UTF_8)));
  }

  private static Seal described(String seal) throws IOException {
    try (JsonParser parser = Json.MAPPER.createParser(seal)) {
      parser.nextToken();
      return new SealReader().describe(parser);
    }
  }

  private static void assertReason(ArchiveException.Reason reason, String seal) {
    assertThatThrownBy(() -> compared(seal))
        .isInstanceOfSatisfying(
            ArchiveException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
