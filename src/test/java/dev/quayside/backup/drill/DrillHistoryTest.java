package dev.quayside.backup.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.backup.drill.DrilledService.Verdict;
import dev.quayside.common.Home;
import dev.quayside.common.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrillHistoryTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:20:30Z");

  @TempDir private Path folder;

  @Test
  void everyDrillIsKeptNewestFirst() throws Exception {
    Home home = Home.locate(folder, Map.of(), folder);
    home.create();
    DrillHistory history = new DrillHistory(home);
    DrillReceipt older = receipt("a", NOW, true, Verdict.PROVEN, Verdict.UNKNOWN);
    DrillReceipt newer = receipt("b", NOW.plusSeconds(60), true, Verdict.PROVEN);
    history.add(older);
    history.add(newer);

    assertThat(history.list()).containsExactly(newer, older);
    assertThat(history.has("a")).isTrue();
    assertThat(history.has("c")).isFalse();

    Files.writeString(home.state().resolve("backup/drills/c.json"), "{");
    assertThatThrownBy(history::list)
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().code()).isEqualTo("DRILL-HISTORY-UNREADABLE"));
  }

  @Test
  void provenTakesEveryServiceAndAWholeSet() {
    assertThat(receipt("a", NOW, true, Verdict.PROVEN, Verdict.PROVEN).proven()).isTrue();
    assertThat(receipt("a", NOW, false, Verdict.PROVEN).proven()).isFalse();
    assertThat(receipt("a", NOW, true, Verdict.PROVEN, Verdict.UNKNOWN).proven()).isFalse();
    assertThat(receipt("a", NOW, true).proven()).isFalse();
    assertThat(receipt("a", NOW, true, Verdict.FAILED, Verdict.UNKNOWN).proof().reasons())
        .containsExactly("db: why", "db: why");
  }

  private DrillReceipt receipt(String id, Instant at, boolean complete, Verdict... verdicts) {
    List<DrilledService> services =
        List.of(verdicts).stream()
            .map(one ->
                new DrilledService(
                    "db", null, one, List.of("seen"), one == Verdict.PROVEN ? "" : "why"))
            .toList();
    return new DrillReceipt(
        id,
        folder.resolve("größe.tar.zst.gpg"),
        "id",
        "shop",
        at,
        Duration.ofMillis(1500),
        complete,
        services,
        null);
  }
}
