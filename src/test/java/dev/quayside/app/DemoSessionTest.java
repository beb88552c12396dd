package dev.quayside.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.common.Home;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.Settings;
import dev.quayside.common.SettingsStore;
import dev.quayside.journal.Journal;
import dev.quayside.stack.LifecycleRequest;
import dev.quayside.ui.services.ServicesBackend;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoSessionTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-22T12:00:00Z"));

  @TempDir Path folder;

  @Test
  void whatHappensInTheDemoIsNotWrittenIntoTheOperatorsJournal() throws Exception {
    Home home = Home.locate(folder, Map.of(), folder);
    try (ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        SettingsStore settings = SettingsStore.open(home, timer)) {
      WindowParts demo = DemoWindow.parts(CLOCK, home, settings, url -> {});
      demo.services()
          .change(
              LifecycleRequest.Action.STOP,
              "llm-infrastructure",
              List.of("postgres"),
              ServicesBackend.Extras.NONE,
              Progress.none());

      assertThat(demo.journal().entries().read()).isNotEmpty();
      demo.end().run();
    }
    assertThat(Journal.open(home, CLOCK).entries()).isEmpty();
  }

  @Test
  void theDemoOfTheCommandLineShowsTheDemosJournal() throws Exception {
    Home home = Home.locate(folder, Map.of(), folder);
    Journal.open(home, CLOCK).begin("real", "subject", Map.of()).done(Map.of());
    try (DemoSession session =
        DemoSession.over(new LiveParts(null, null, folder, _ -> Settings.usual()))) {
      assertThat(session.journal().entries()).isEmpty();
    }
  }

  @Test
  void theDemoRestoresNothing() {
    try (DemoSession session =
        DemoSession.over(new LiveParts(null, null, folder, _ -> Settings.usual()))) {
      assertThatThrownBy(session::restore)
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> assertThat(e.problem().code()).isEqualTo("DEMO-ONLY-LOOKS"));
    }
  }
}
