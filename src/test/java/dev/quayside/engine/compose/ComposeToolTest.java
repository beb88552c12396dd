package dev.quayside.engine.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComposeToolTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;

  private List<String> program(String name, String script) throws IOException {
    Path program = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return List.of(program.toString());
  }

  private static ComposeTool find(Duration patience, List<List<String>> candidates)
      throws ProblemException {
    return ComposeTool.find(candidates, Map.of("PATH", "/usr/bin:/bin"), patience);
  }

  private static Problem problem(ThrowingCallable call) {
    CompletableFuture<Problem> found = new CompletableFuture<>();
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(ProblemException.class, e -> found.complete(e.problem()));
    return found.join();
  }

  @Test
  void whatIsNotThereIsMissingAndTheNextIsTaken() throws Exception {
    List<String> nowhere = List.of(folder.resolve("nowhere").toString());

    assertThat(problem(() -> find(LONG, List.of(nowhere))).code()).isEqualTo("COMPOSE-MISSING");
    List<String> other = program("other", "echo 2.29.7");
    assertThat(find(LONG, List.of(nowhere, other)).command()).isEqualTo(other);
  }

  @Test
  void whatIsThereAndCannotBeStartedIsNotCalledMissing() throws Exception {
    Path locked = Files.writeString(folder.resolve("locked"), "no program");

    Problem problem = problem(() -> find(LONG, List.of(List.of(locked.toString()))));

    assertThat(problem.code()).isEqualTo("COMPOSE-NOT-STARTED");
    assertThat(problem.happened()).contains(locked.toString());
  }

  @Test
  void whatDoesNotAnswerIsNotCalledMissing() throws Exception {
    List<String> hangs = program("hangs", "exec sleep 1000");

    assertThat(problem(() -> find(Duration.ofMillis(300), List.of(hangs))).code())
        .isEqualTo("COMPOSE-TIMEOUT");
  }

  @Test
  void aFolderThatIsGoneIsNotAComposeThatIsGone() {
    ComposeTool tool =
        new ComposeTool(List.of("/bin/true"), new ComposeVersion(2, 29, 7, "2.29.7"));
    ComposeInvocation invocation =
        new ComposeInvocation("p", folder.resolve("gone"), List.of(), List.of(), List.of());

    Problem problem =
        problem(() ->
            new Compose(Map.of(), tool)
                .run(invocation, List.of("up"), List.of(), LONG, Progress.none()));

    assertThat(problem.code()).isEqualTo("COMPOSE-NOT-STARTED");
    assertThat(problem.happened()).contains("gone");
  }
}
