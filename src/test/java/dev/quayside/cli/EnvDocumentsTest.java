package dev.quayside.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.stack.settings.EnvDifference;
import dev.quayside.stack.settings.EnvReceipt;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What became of a file is said as it is. */
class EnvDocumentsTest {

  private static String text(EnvReceipt.Result result, String version) {
    EnvReceipt receipt =
        new EnvReceipt(
            "1",
            "shop",
            Path.of("/srv/shop/.env"),
            result,
            List.of(new EnvDifference(EnvDifference.Kind.CHANGED, "A", 1, 1, "1", "2")),
            "old",
            "new",
            false,
            version,
            "");
    return EnvDocuments.text(receipt, null);
  }

  @Test
  void whatWasNotSavedIsNotSaidToBe() {
    assertThat(text(EnvReceipt.Result.NOT_SAVED, ""))
        .startsWith("Not saved: /srv/shop/.env")
        .doesNotContain("becomes", "Made", "Saved");
  }

  @Test
  void onlyANewFileIsSaidToBeMade() {
    assertThat(text(EnvReceipt.Result.MADE, "")).contains("becomes", "Made /srv/shop/.env");
    assertThat(text(EnvReceipt.Result.SAVED, "00000001")).contains("is version 00000001");
    assertThat(text(EnvReceipt.Result.SAVED, ""))
        .contains("Saved /srv/shop/.env", "not in the history yet")
        .doesNotContain("Made");
  }
}
