package dev.quayside.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.common.Home;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.CreateRequest;
import dev.quayside.engine.EngineControl;
import dev.quayside.engine.ExecRequest;
import dev.quayside.engine.ExecResult;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournaledEngineTest {

  private static final ContainerId ID = new ContainerId("c");

  @TempDir private Path folder;
  private final List<String> calls = new ArrayList<>();
  private ExecResult answer = new ExecResult(0, "", false);
  private @Nullable ProblemException failure;
  private @Nullable Error error;
  private Journal journal;
  private Intent intent;
  private JournaledEngine engine;

  @Test
  void aStepNamesTheProgramAndItsArgumentsButNoScript() throws Exception {
    assertThat(recorded("python3", "-c", "import socket\nprint(1)\n", "gateway", "4000"))
        .isEqualTo("python3 -c … gateway 4000");
    assertThat(recorded("psql", "--username=n8n", "--command=select " + "x".repeat(200)))
        .isEqualTo("psql --username=n8n --command=…");
    assertThat(recorded("pg_dump", "--format=custom")).isEqualTo("pg_dump --format=custom");
  }

  @Test
  void aCommandThatFailedIsNotRecordedAsOk() throws Exception {
    answer = new ExecResult(3, "", false);
    exec("false");
    assertThat(newest().details()).containsEntry("result", "exit 3");
    answer = new ExecResult(0, "", false);
    exec("true");
    assertThat(newest().details()).containsEntry("result", "ok");
  }

  @Test
  void aJournalThatCannotBeWrittenDoesNotHideWhyTheCallFailed() throws Exception {
    start();
    failure = new ProblemException(new Problem("GONE", "gone", "", "", "", null, ""));
    breakJournal();

    assertThatThrownBy(() -> exec("true"))
        .isSameAs(failure)
        .satisfies(thrown ->
            assertThat(thrown.getSuppressed())
                .singleElement()
                .isInstanceOf(ProblemException.class));
  }

  @Test
  void aCallThatCannotBeRecordedTellsHowItEnded() throws Exception {
    start();
    answer = new ExecResult(3, "", false);
    breakJournal();

    assertThatThrownBy(() -> exec("false"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            thrown -> assertThat(thrown.problem().detail()).isEqualTo("exec: exit 3"));
  }

  @Test
  void aContainerWhoseMakingCannotBeRecordedIsRemovedAgain() throws Exception {
    start();
    breakJournal();

    assertThatThrownBy(() ->
            engine.create(
                intent, new CreateRequest("name", "image", List.of(), List.of(), Map.of())))
        .isInstanceOf(ProblemException.class);

    assertThat(calls).containsExactly("create", "remove");
  }

  @Test
  void anErrorInACallIsRecordedAndGoesOn() throws Exception {
    error = new StackOverflowError();
    assertThatThrownBy(() -> exec("true")).isSameAs(error);
    assertThat(newest().details()).containsEntry("result", "StackOverflowError");
  }

  private void start() throws Exception {
    Home home =
        new Home(folder.resolve("config"), folder.resolve("state"), folder.resolve("cache"));
    home.create();
    journal = Journal.open(home, () -> Instant.EPOCH);
    intent = journal.begin("test", "stack", Map.of());
    EngineControl control =
        (EngineControl)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {EngineControl.class},
                (proxy, method, arguments) -> call(method.getName()));
    engine = new JournaledEngine(control);
  }

  private @Nullable Object call(String name) throws ProblemException {
    calls.add(name);
    if (failure != null) {
      throw failure;
    }
    if (error != null) {
      throw error;
    }
    return switch (name) {
      case "exec" -> answer;
      case "create" -> ID;
      default -> null;
    };
  }

  private void exec(String... command) throws Exception {
    if (journal == null) {
      start();
    }
    engine.exec(
        intent,
        new ExecRequest(
            ID,
            List.of(command),
            Map.of(),
            null,
            null,
            OutputStream.nullOutputStream(),
            Duration.ofSeconds(1)));
  }

  private String recorded(String... command) throws Exception {
    exec(command);
    return newest().details().get("command");
  }

  private JournalEntry newest() throws Exception {
    return journal.entries().getLast();
  }

  private void breakJournal() throws Exception {
    Path lock = journal.path().resolveSibling("journal.lock");
    Files.delete(lock);
    Files.createDirectory(lock);
  }
}
