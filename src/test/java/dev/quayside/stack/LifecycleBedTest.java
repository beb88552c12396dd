package dev.quayside.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.Progress;
import dev.quayside.journal.JournalEntry;
import dev.quayside.stack.LifecycleRequest.Action;
import dev.quayside.stack.ServiceResult.Reached;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class LifecycleBedTest extends LifecycleFixture {

  @Test
  void allServicesAreRestartedAndContainersKeptStoppedAreLeftAlone() throws Exception {
    Map<String, String> before = ids();
    LifecycleReceipt receipt = done(run(Action.RESTART));
    assertThat(states(receipt))
        .containsEntry("checked", Reached.HEALTHY)
        .containsEntry("plain", Reached.RUNNING)
        .containsEntry("gated", Reached.RUNNING)
        .containsEntry("kept", Reached.LEFT_ALONE);
    assertThat(ids()).as("a restart keeps the containers").isEqualTo(before);
  }

  @Test
  void stopAndStartConcernOnlyTheNamedService() throws Exception {
    assertThat(states(done(run(Action.STOP, "plain")))).isEqualTo(Map.of("plain", Reached.STOPPED));
    assertThat(running()).contains("checked", "gated").doesNotContain("plain", "kept");
    assertThat(states(done(run(Action.START, "plain"))))
        .isEqualTo(Map.of("plain", Reached.RUNNING));
    assertThat(running()).contains("plain");
  }

  @Test
  void stoppingAllNeverRemovesAContainer() throws Exception {
    Map<String, String> before = ids();
    done(run(Action.STOP));
    assertThat(running()).isEmpty();
    assertThat(ids()).isEqualTo(before);
    done(run(Action.START));
    assertThat(running())
        .as("the profile of gated was on, that of kept was not")
        .containsExactlyInAnyOrder("checked", "plain", "gated");
  }

  @Test
  void aProfiledServiceIsRecreatedWithoutItsProfileBeingNamed() throws Exception {
    Map<String, String> before = ids();
    assertThat(states(done(run(Action.RECREATE, "gated"))))
        .isEqualTo(Map.of("gated", Reached.RUNNING));
    Map<String, String> after = ids();
    assertThat(after.get("gated")).isNotEqualTo(before.get("gated"));
    after.remove("gated");
    before.remove("gated");
    assertThat(after).isEqualTo(before);
  }

  @Test
  void upMakesWhatIsMissing() throws Exception {
    bed.docker("rm", "-f", container("plain"));
    LifecycleReceipt receipt = done(run(Action.UP));
    assertThat(states(receipt))
        .containsEntry("plain", Reached.RUNNING)
        .containsEntry("kept", Reached.LEFT_ALONE);
    assertThat(running()).contains("plain").doesNotContain("kept");
  }

  @Test
  void dataInTheWritableLayerIsRefusedWithTheListAndARestartKeepsIt() throws Exception {
    bed.docker(
        "exec",
        container("plain"),
        "sh",
        "-c",
        "mkdir -p /srv/own; echo 1 >/srv/own/data.db; echo 1 >/tmp/x");
    String before = container("plain");

    Outcome<LifecycleReceipt> outcome = run(Action.RECREATE, "plain");

    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    Problem problem = ((Outcome.Refused<LifecycleReceipt>) outcome).problem();
    assertThat(problem.code()).isEqualTo("LAYER-DATA");
    assertThat(problem.happened()).contains("plain: /srv/own/data.db").doesNotContain("/tmp/x");
    assertThat(container("plain")).isEqualTo(before);
    done(run(Action.UP, "plain"));
    assertThat(container("plain")).isEqualTo(before);
    bed.docker("rm", "-f", before);
  }

  @Test
  void aServiceThatEndsIsReportedWithItsExitCode() throws Exception {
    Outcome<LifecycleReceipt> outcome = run(Action.UP, "ends");
    assertThat(outcome).isInstanceOf(Outcome.Attention.class);
    LifecycleReceipt receipt = ((Outcome.Attention<LifecycleReceipt>) outcome).receipt();
    assertThat(receipt.services().getFirst().state()).isEqualTo(Reached.EXITED);
    assertThat(receipt.services().getFirst().text()).contains("3");
    bed.docker("rm", "-f", container("ends"));
  }

  @Test
  void aServiceThatRunsToItsEndNeedsAttentionUnlessAnotherOneWaitsForThat() throws Exception {
    Outcome<LifecycleReceipt> outcome = run(Action.UP, "once");
    assertThat(outcome).isInstanceOf(Outcome.Attention.class);
    assertThat(states(((Outcome.Attention<LifecycleReceipt>) outcome).receipt()))
        .isEqualTo(Map.of("once", Reached.EXITED));

    assertThat(states(done(run(Action.START, "once"))))
        .as("it had ended before")
        .isEqualTo(Map.of("once", Reached.STOPPED));

    bed.docker("rm", "-f", container("once"));
    assertThat(states(done(run(Action.UP, "once", "awaits"))))
        .isEqualTo(Map.of("once", Reached.STOPPED, "awaits", Reached.RUNNING));
    bed.docker("rm", "-f", container("once"), container("awaits"));
  }

  @Test
  void aWishToStopDoesNotCutComposeOffAndIsAnsweredAfterIt() throws Exception {
    String before = container("plain");
    CancelledOnceComposeMakes progress = new CancelledOnceComposeMakes();

    Outcome<LifecycleReceipt> outcome =
        lifecycle.run(new LifecycleRequest(Action.RECREATE, seen(), List.of("plain")), progress);

    assertThat(progress.lines).isNotEmpty();
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Attention.class,
            attention -> assertThat(attention.problem().code()).isEqualTo("CHANGE-STOPPED"));
    assertThat(states(((Outcome.Attention<LifecycleReceipt>) outcome).receipt()))
        .isEqualTo(Map.of("plain", Reached.NOT_AWAITED));
    assertThat(container("plain")).isNotEqualTo(before);
    assertThat(running()).contains("plain");
  }

  @Test
  void aWishToStopBeforeComposeBeginsChangesNothing() throws Exception {
    String before = container("plain");

    Outcome<LifecycleReceipt> outcome =
        lifecycle.run(
            new LifecycleRequest(Action.RECREATE, seen(), List.of("plain")),
            new ReadinessTest.Cancelled());

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.problem().code()).isEqualTo("CHANGE-NOT-BEGUN"));
    assertThat(container("plain")).isEqualTo(before);
  }

  @Test
  void aSecretOfTheEnvFileDoesNotShowInWhatComposeSays() throws Exception {
    String secret = "bed-" + project + "-9f3a1c";
    Path env = stack.directory().resolve(".env");
    Files.writeString(env, "API_KEY=" + secret + "\n");
    CancelledOnceComposeMakes progress = new CancelledOnceComposeMakes();
    try {
      lifecycle.run(new LifecycleRequest(Action.UP, seen(), List.of("named")), progress);
      assertThat(container("named")).isNotNull();
      assertThat(progress.lines).isNotEmpty().noneMatch(line -> line.contains(secret));
    } finally {
      bed.docker("rm", "-f", container("named"));
      Files.delete(env);
    }
  }

  @Test
  void aMissingComposeFileIsNamedAndRestartWorksWithoutIt() throws Exception {
    Path file = stack.directory().resolve("docker-compose.yml");
    Stack seen = seen();
    Files.move(file, file.resolveSibling("away"));
    try {
      Outcome<LifecycleReceipt> outcome =
          lifecycle.run(
              new LifecycleRequest(Action.RECREATE, seen, List.of("plain")), Progress.none());
      assertThat(outcome).isInstanceOf(Outcome.Failed.class);
      assertThat(((Outcome.Failed<LifecycleReceipt>) outcome).problem().happened())
          .contains(file.toString());
      done(
          lifecycle.run(
              new LifecycleRequest(Action.RESTART, seen, List.of("plain")), Progress.none()));
    } finally {
      Files.move(file.resolveSibling("away"), file);
    }
  }

  @Test
  void aContainerWithoutComposeCanBeStoppedAndStartedButNotRecreated() throws Exception {
    String name = "solo-" + project;
    bed.docker("run", "-d", "--name", name, "quayside-bed/plain:1");
    try {
      Stack others = others();
      assertThat(
              states(
                  done(
                      lifecycle.run(
                          new LifecycleRequest(Action.STOP, others, List.of(name)),
                          Progress.none()))))
          .isEqualTo(Map.of(name, Reached.STOPPED));
      assertThat(
              states(
                  done(
                      lifecycle.run(
                          new LifecycleRequest(Action.START, others, List.of(name)),
                          Progress.none()))))
          .isEqualTo(Map.of(name, Reached.RUNNING));
      assertThat(
              lifecycle.run(
                  new LifecycleRequest(Action.RECREATE, others, List.of(name)), Progress.none()))
          .isInstanceOf(Outcome.Refused.class);
    } finally {
      bed.docker("rm", "-f", name);
    }
  }

  @Test
  void eachChangeIsAnnouncedBeforeAndConcludedAfter() throws Exception {
    LifecycleReceipt receipt = done(run(Action.RESTART, "checked"));
    List<JournalEntry> entries = journal.entries();
    String id = entries.getLast().intent();
    assertThat(
            entries.stream()
                .filter(entry -> entry.intent().equals(id))
                .map(entry -> entry.kind().name()))
        .containsExactly("INTENT", "STEP", "DONE");
    assertThat(receipt.journalHead()).isEqualTo(entries.getLast().hash());
  }

  @Test
  void anUnknownServiceChangesNothing() throws Exception {
    assertThat(run(Action.RESTART, "nobody")).isInstanceOf(Outcome.Failed.class);
  }

  /** Wishes to stop from the first line on, and keeps all lines. */
  /** A pull before it may be cut off, and is something else. */
  private static final class CancelledOnceComposeMakes implements Progress {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void step(int number, int total, String text) {}

    @Override
    public void bytes(long done, long total) {}

    @Override
    public void line(String text) {
      lines.add(text);
    }

    @Override
    public boolean cancelled() {
      return lines.stream().anyMatch(line -> line.contains("Container "));
    }
  }
}
