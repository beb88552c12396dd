package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.backup.tar.TarEntry;
import org.junit.jupiter.api.Test;

/** As much is listed as a reader takes, of whatever kind, and what was written is counted. */
class LedgerTest {

  /** With what each takes besides its text, 4,096 of them are the most there may be. */
  private static final String PATH = "p".repeat(4096 - Ledger.LISTED_EACH);

  private static final int MOST = (int) (Ledger.MOST_LISTED / 4096);

  private final Ledger ledger = new Ledger();

  private interface Listing {
    void one();
  }

  @Test
  void whatChangedIsListedUpToTheLimit() {
    assertLimited(() -> ledger.changed(PATH));
  }

  @Test
  void whatIsSkippedIsListedUpToTheLimit() {
    assertLimited(() -> ledger.skipped(PATH));
  }

  @Test
  void whatCannotBeReadIsListedUpToTheLimitWithItsReason() {
    assertLimited(() -> ledger.unread(PATH.substring(100), PATH.substring(0, 100)));
  }

  private void assertLimited(Listing listing) {
    for (int i = 0; i < MOST; i++) {
      listing.one();
    }
    assertThat(ledger.full()).isFalse();
    listing.one();
    assertThat(ledger.full()).isTrue();
  }

  @Test
  void whatWasWrittenIsCounted() {
    ledger.add(TarEntry.folder("files", Forge.TIME), null);
    ledger.add(TarEntry.plain("files/a", 7, Forge.TIME), Sha256.of(new byte[7]));
    assertThat(ledger.entries()).isEqualTo(2);
    assertThat(ledger.bytes()).isEqualTo(7);
  }
}
