package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The list beside an archive is read whole or not at all. */
class ManifestReaderTest {

  private final Map<String, String> parts = new LinkedHashMap<>();

  @BeforeEach
  void setUp() throws Exception {
    ByteArrayOutputStream seal = new ByteArrayOutputStream();
    Ledger ledger = new Ledger();
    ledger.changed("files/a");
    ledger.write(Forge.ID, seal);
    parts.put("format", "1");
    parts.put(
        "archive",
        "{\"id\":\"%s\",\"bytes\":7,\"sha256\":\"aa\",\"headSha256\":\"bb\"}".formatted(Forge.ID));
    parts.put("plan", new String(ArchivePlans.write(Forge.plan(9, 9)), StandardCharsets.UTF_8));
    parts.put(
        "secrets", "{\"salt\":\"cc\",\"fingerprints\":[{\"name\":\"n\",\"hmacSha256\":\"dd\"}]}");
    parts.put("seal", seal.toString(StandardCharsets.UTF_8));
  }

  @Test
  void everythingComesBackAndWhatIsNotKnownIsPassedOver() throws Exception {
    parts.put("newer", "[{\"archive\":null}]");
    Manifest manifest = read(text());
    assertThat(manifest.archive()).isEqualTo(new Manifest.FileFactsOf(Forge.ID, 7, "aa", "bb"));
    assertThat(manifest.plan()).isEqualTo(Forge.plan(9, 9));
    assertThat(manifest.secrets().salt()).isEqualTo("cc");
    assertThat(manifest.secrets().fingerprints()).containsExactly(new SecretFingerprint("n", "dd"));
    assertThat(manifest.seal().changed()).containsExactly("files/a");
  }

  @Test
  void noPartMayBeMissing() {
    for (String name : List.copyOf(parts.keySet())) {
      String kept = parts.remove(name);
      assertBad(text());
      parts.put(name, kept);
    }
  }

  @Test
  void itsPartsBelongTogetherAndToThisFormat() {
    String seal = parts.get("seal");
    parts.put("seal", seal.replace("11111111", "21111111"));
    assertBad(text());
    parts.put("seal", seal);
    parts.put("format", "2");
    assertBad(text());
  }

  @Test
  void nothingElseIsAManifest() {
    assertBad("");
    assertBad("[]");
    assertBad("[" + text() + "]");
    assertBad(text() + "{}");
    assertBad(text().substring(0, text().length() - 1));
    parts.put("seal", "[]");
    assertBad(text());
  }

  @Test
  void troubleBelowIsNoBadManifest() {
    IOException trouble = new IOException("disk");
    InputStream failing =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw trouble;
          }
        };
    String begun = text().substring(0, 40);
    assertThatThrownBy(() ->
            ManifestReader.read(
                new SequenceInputStream(
                    new ByteArrayInputStream(begun.getBytes(StandardCharsets.UTF_8)), failing)))
        .isSameAs(trouble);
  }

  private String text() {
    List<String> texts = new ArrayList<>();
    parts.forEach((name, value) -> texts.add("\"" + name + "\":" + value));
    return "{" + String.join(",", texts) + "}";
  }

  private static Manifest read(String text) throws IOException {
    return ManifestReader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static void assertBad(String text) {
    assertThatThrownBy(() -> read(text))
        .as(text)
        .isInstanceOfSatisfying(
            ArchiveException.class,
            e ->
                assertThat(e.reason())
                    .isIn(ArchiveException.Reason.BAD_SEAL, ArchiveException.Reason.BAD_PLAN));
  }
}
