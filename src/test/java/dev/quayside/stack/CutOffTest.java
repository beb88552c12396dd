package dev.quayside.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Home;
import dev.quayside.journal.Intent;
import dev.quayside.journal.Journal;
import dev.quayside.stack.layer.LayerRecovery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CutOffTest {

  private static final String DEAD = "1 1970-01-01T00:00:00Z";

  @TempDir Path folder;
  private Home home;
  private Journal journal;

  @BeforeEach
  void start() throws Exception {
    home = Home.locate(folder, Map.of(), folder);
    journal = Journal.open(home, InstantSource.system());
  }

  @Test
  void whatAKilledProcessAnnouncedIsEndedAndToldOnce() throws Exception {
    Intent killed = journal.begin("restart", "shop", Map.of(CutOff.PROCESS, DEAD));

    assertThat(CutOff.end(home, journal, Set.of()))
        .containsExactly(new LayerRecovery("shop", LayerRecovery.Ended.BROKEN_OFF, null));

    assertThat(journal.ended(killed.id())).isTrue();
    assertThat(CutOff.end(home, journal, Set.of())).isEmpty();
  }

  @Test
  void stopsAndStartsOfARestoreThatWasPutInOrderAreEndedAndNotTold() throws Exception {
    Intent stop = journal.begin("stop", "shop", Map.of(CutOff.PROCESS, DEAD));
    Intent start = journal.begin("start", "shop", Map.of(CutOff.PROCESS, DEAD));
    journal.begin("recreate", "shop", Map.of(CutOff.PROCESS, DEAD));
    journal.begin("stop", "other", Map.of(CutOff.PROCESS, DEAD));

    assertThat(CutOff.end(home, journal, Set.of("shop")))
        .extracting(LayerRecovery::stack)
        .containsExactlyInAnyOrder("shop", "other");

    assertThat(journal.ended(stop.id())).isTrue();
    assertThat(journal.ended(start.id())).isTrue();
  }

  @Test
  void whatALivingProcessIsAboutAndWhatARecordWaitsForIsLeftAlone() throws Exception {
    Intent living = journal.begin("up", "shop", Map.of(CutOff.PROCESS, CutOff.thisProcess()));
    Intent waiting = journal.begin("up", "shop", Map.of(CutOff.PROCESS, DEAD));
    Files.createDirectories(home.state().resolve("layers").resolve(waiting.id()));
    Intent older = journal.begin("stop", "shop", Map.of());

    assertThat(CutOff.end(home, journal, Set.of())).isEmpty();

    for (Intent one : new Intent[] {living, waiting, older}) {
      assertThat(journal.ended(one.id())).isFalse();
    }
  }
}
