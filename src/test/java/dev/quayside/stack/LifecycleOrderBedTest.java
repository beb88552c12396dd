package dev.quayside.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Outcome;
import dev.quayside.stack.LifecycleRequest.Action;
import dev.quayside.stack.ServiceResult.Reached;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Services wait for those they depend on, and go along with those they live with. */
class LifecycleOrderBedTest extends LifecycleFixture {

  @Test
  void aDependantStartsOnlyAfterWhatItDependsOnIsHealthy() throws Exception {
    stack.compose("--profile", "gates", "up", "--no-start", "slow", "behind");
    try {
      assertThat(states(done(run(Action.START, "behind", "slow"))))
          .isEqualTo(Map.of("slow", Reached.HEALTHY, "behind", Reached.RUNNING));
      // It takes three seconds to answer.
      assertThat(moment("behind", "StartedAt")).isAfter(moment("slow", "StartedAt").plusSeconds(3));

      assertThat(states(done(run(Action.RESTART, "behind", "slow"))))
          .isEqualTo(Map.of("slow", Reached.HEALTHY, "behind", Reached.RUNNING));
      assertThat(moment("behind", "StartedAt")).isAfter(moment("slow", "StartedAt").plusSeconds(3));

      done(run(Action.STOP, "slow", "behind"));
      assertThat(moment("slow", "FinishedAt"))
          .as("stopped in reverse")
          .isAfter(moment("behind", "FinishedAt"));
    } finally {
      bed.docker("rm", "-f", container("slow"), container("behind"));
    }
  }

  @Test
  void aGateThatDoesNotOpenIsNamedWithItsReasonAndHoldsBackAllBehindIt() throws Exception {
    stack.compose("--profile", "sick", "up", "--no-start", "sick", "after-sick", "last");
    try {
      Outcome<LifecycleReceipt> outcome = run(Action.START, "sick", "after-sick", "last");

      assertThat(outcome).isInstanceOf(Outcome.Attention.class);
      LifecycleReceipt receipt = ((Outcome.Attention<LifecycleReceipt>) outcome).receipt();
      assertThat(states(receipt))
          .isEqualTo(
              Map.of(
                  "sick", Reached.UNHEALTHY,
                  "after-sick", Reached.TIMED_OUT,
                  "last", Reached.TIMED_OUT));
      assertThat(running()).contains("sick").doesNotContain("after-sick", "last");
      assertThat(((Outcome.Attention<LifecycleReceipt>) outcome).problem().happened())
          .contains("depends on sick, which is not healthy after")
          .contains("depends on after-sick, which was not started either");

      assertThat(run(Action.START, "last")).isInstanceOf(Outcome.Attention.class);
      assertThat(running()).as("what it depends on does not run").doesNotContain("last");
    } finally {
      bed.docker("rm", "-f", container("sick"), container("after-sick"), container("last"));
    }
  }

  @Test
  void severalServicesAreRecreatedInTheOrderOfDependence() throws Exception {
    stack.compose("--profile", "gates", "up", "-d", "slow", "behind");
    try {
      done(run(Action.RECREATE, "behind", "slow"));
      assertThat(moment("behind", "StartedAt")).isAfter(moment("slow", "StartedAt").plusSeconds(3));
    } finally {
      bed.docker("rm", "-f", container("slow"), container("behind"));
    }
  }

  @Test
  void whatLivesInTheNetworkOfARecreatedContainerIsRecreatedWithIt() throws Exception {
    stack.compose("--profile", "shared", "up", "-d", "owner", "sharer");
    try {
      String before = container("sharer");

      assertThat(states(done(run(Action.RECREATE, "owner"))))
          .isEqualTo(Map.of("owner", Reached.RUNNING, "sharer", Reached.RUNNING));

      assertThat(container("sharer")).isNotEqualTo(before);
      assertThat(
              bed.docker("inspect", "-f", "{{.HostConfig.NetworkMode}}", container("sharer"))
                  .strip())
          .isEqualTo("container:" + container("owner"));
    } finally {
      bed.docker("rm", "-f", container("sharer"), container("owner"));
    }
  }

  private Instant moment(String service, String of) throws Exception {
    return Instant.parse(
        bed.docker("inspect", "-f", "{{.State." + of + "}}", container(service)).strip());
  }
}
