package dev.quayside.backup.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.backup.ArchivePlan.Consistency;
import dev.quayside.backup.ArchivePlan.Part;
import dev.quayside.backup.ArchivePlan.PartKind;
import dev.quayside.common.Home;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.Engine;
import dev.quayside.engine.EngineControl;
import dev.quayside.journal.Intent;
import dev.quayside.journal.Journal;
import dev.quayside.journal.JournaledEngine;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a single file of a service is shows when it is read, and no engine is needed for that. */
class DrillRunTest {

  private static final String DATABASE = "SQLite format 3\0 and what follows";

  @TempDir private Path folder;
  private Home home;
  private Intent intent;

  @BeforeEach
  void setUp() throws Exception {
    home = Home.locate(folder, Map.of(), folder);
    home.create();
    intent = Journal.open(home, InstantSource.system()).begin(Drill.ACTION, "demo", Map.of());
  }

  @Test
  void aFileWithoutAStateMakesNoServiceOfWhatWritesIt() throws Exception {
    assertThat(drilled("settings.yaml", "port: 80")).isEmpty();
  }

  @Test
  void aDatabaseCountsWhateverItIsCalled() throws Exception {
    assertThat(drilled("state", DATABASE))
        .singleElement()
        .satisfies(one -> {
          assertThat(one.service()).isEqualTo("app");
          assertThat(one.verdict()).isEqualTo(DrilledService.Verdict.UNKNOWN);
          assertThat(one.reason()).contains("which image");
        });
  }

  @Test
  void aFileThatIsOnlyCalledADatabaseCountsAndIsUnknown() throws Exception {
    assertThat(drilled("app.db", "torn"))
        .singleElement()
        .satisfies(one -> {
          assertThat(one.verdict()).isEqualTo(DrilledService.Verdict.UNKNOWN);
          assertThat(one.reason()).contains("no database among them");
        });
  }

  private List<DrilledService> drilled(String name, String content) throws Exception {
    String path = "files/shop/" + name;
    Part part = new Part(path, PartKind.FILE, "/srv/" + name, 1, 1, "", "app", Consistency.STILL);
    DrillRun run =
        new DrillRun(
            DrillSubject.of(DrillSubjectTest.plan(part)),
            new N8nCanary(),
            _ -> {
              throw new AssertionError("no server");
            },
            this::files);
    try (OutputStream out = run.take(path, content.length())) {
      assertThat(out).isNotNull();
      out.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return run.results();
  }

  private FilesDrill files(Trial trial) {
    JournaledEngine engine = new JournaledEngine(untouched(EngineControl.class));
    DrillRecords.Entry record =
        new DrillRecords.Entry("drill", "a.gpg", "none", intent.id(), "demo", List.of());
    Throwaways throwaways =
        new Throwaways(
            untouched(Engine.class),
            engine,
            intent,
            new DrillRecords(home),
            record,
            StepBoundary.none());
    return new FilesDrill(trial, throwaways, engine, intent, Progress.none(), StepBoundary.none());
  }

  private static <T> T untouched(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, _) -> {
              throw new AssertionError(method.getName());
            }));
  }
}
