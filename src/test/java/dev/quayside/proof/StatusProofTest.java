package dev.quayside.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.quayside.bed.Bed;
import dev.quayside.bed.BedStack;
import dev.quayside.cli.Schemas;
import dev.quayside.exposure.status.InspectedRows;
import dev.quayside.proof.Operator.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compares every row that {@code quayside status --json} prints with {@code docker inspect} and
 * with the control group files, as this user and as uid 12345 in group {@code docker}, who then
 * adopts the stack and starts it as its owner does.
 */
@Tag("bed")
class StatusProofTest {

  private static final long SLACK_BYTES = 8L << 20;

  // Two sweeps are a second apart; a late one only makes the true figure smaller.
  private static final double SHORTEST_SWEEP_SECONDS = 0.4;

  @TempDir private Path folder;
  @TempDir private Path home;
  @TempDir private Path shared;
  private final Bed bed = Bed.required();

  /**
   * Starting a fixture takes longer than looking at it, so all that needs it started is here. The
   * starts that take minutes are repeated in the family {@code adoption} alone.
   */
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  @ParameterizedTest
  @CsvSource({"sample, false", "a, true", "b1, false", "b2, false", "c, true"})
  void everyRowEqualsInspectAndTheKernelAndOurStartEqualsTheOwners(String fixture, boolean again)
      throws Exception {
    try (BedStack stack = bed.fixture(fixture, folder).up()) {
      Operator user = Operator.unprivileged(bed, shared);
      List<String> containers = stack.containers();
      assertThat(containers).isNotEmpty();
      equalsTheEngine(Operator.here(bed, home), true);
      equalsTheEngine(user, false);
      InspectedRows.ofAll(bed, containers);
      if (again) {
        user.own(folder);
        new OwnStart(bed, user).repeated(stack, 0);
      }
    }
  }

  /** Compose leaves an unnamed volume when it makes a container anew for a changed file. */
  @AfterAll
  static void removeWhatComposeLeaves() throws Exception {
    Bed.required().docker("volume", "prune", "-f");
  }

  @Test
  void theShareOfABusyContainerIsItsOwnAndAContainerWithoutComposeHasARow() throws Exception {
    String id =
        bed.docker(
                "run",
                "-d",
                "--name",
                "proof-busy",
                "--cpus",
                "0.2",
                "-m",
                "48m",
                "quayside-bed/base:1",
                "sh",
                "-c",
                "while :; do :; done")
            .strip();
    try {
      Kernel kernel = Kernel.of(bed, id);
      double before = kernel.processorSeconds();
      long began = System.nanoTime();
      JsonNode row = rows(status(Operator.here(bed, home))).get(id);
      double used = kernel.processorSeconds() - before;
      double mean = used / ((System.nanoTime() - began) / 1e9);
      assertThat(row.get("cpuCores").asDouble()).isBetween(mean / 4, mean * 4);
      assertThat(row.get("cpuShareOfLimit").asDouble())
          .isCloseTo(row.get("cpuCores").asDouble() / 0.2, within(1e-9));
      assertThat(row.get("memoryLimitBytes").asLong()).isEqualTo(48L << 20);
    } finally {
      bed.docker("rm", "-f", "proof-busy");
    }
  }

  private void equalsTheEngine(Operator operator, boolean privileged) throws Exception {
    Map<String, Inspected> before = Inspected.all(bed);
    Map<String, Figures> figures = figures(before);
    JsonNode document = status(operator);
    Map<String, Inspected> after = Inspected.all(bed);
    assertThat(document.get("complete").asBoolean()).isTrue();
    assertThat(document.at("/engine/state").asString()).isEqualTo("connected");
    Map<String, JsonNode> rows = rows(document);
    assertThat(rows.keySet())
        .containsExactlyInAnyOrderElementsOf(
            bed.docker("ps", "-aq", "--no-trunc").lines().toList());
    for (Inspected now : after.values()) {
      JsonNode row = rows.get(now.id());
      equalsInspection(row, before.get(now.id()), now);
      portsEqual(row, now, after, privileged);
      if (figures.containsKey(now.id()) && now.live() && !flaps(now)) {
        equalsKernel(row, figures.get(now.id()), figures(now));
      }
      if (!now.live()) {
        assertThat(row.get("cpuCores").isNull()).as(now + " uses nothing known").isTrue();
        assertThat(row.get("memoryBytes").isNull()).as(now + " uses nothing known").isTrue();
      }
    }
  }

  private static void equalsInspection(JsonNode row, Inspected before, Inspected now) {
    assertThat(row.get("name").asString()).isEqualTo(now.name());
    assertThat(row.get("stack").asString()).as(now + " stack").isEqualTo(now.project());
    assertThat(row.get("service").asString()).as(now + " service").isEqualTo(now.service());
    assertThat(row.get("image").asString()).as(now + " image").isEqualTo(now.image());
    assertThat(row.get("imageId").asString()).as(now + " image id").isEqualTo(now.imageId());
    Set<String> states =
        flaps(now)
            ? Set.of("running", "restarting")
            : Stream.of(before.state(), now.state()).collect(Collectors.toSet());
    assertThat(row.get("state").asString()).as(now + " state").isIn(states);
    assertThat(row.get("health").asString())
        .as(now + " health")
        .isIn(before.health(), now.health());
    assertThat(row.get("restarts").asInt())
        .as(now + " restarts")
        .isBetween(before.restarts(), now.restarts());
    List<String> networks = new ArrayList<>();
    row.get("networks").forEach(network -> networks.add(network.asString()));
    assertThat(networks).as(now + " networks").containsExactlyInAnyOrderElementsOf(now.networks());
    assertThat(row.get("cpuLimitCores").asDouble(0))
        .as(now + " limit")
        .isCloseTo(now.cpuLimit(), within(1e-9));
  }

  private static boolean flaps(Inspected container) {
    return container.state().equals("restarting") || container.restarts() > 0;
  }

  private void portsEqual(
      JsonNode row, Inspected now, Map<String, Inspected> all, boolean privileged)
      throws Exception {
    List<String> shown = new ArrayList<>();
    for (JsonNode port : row.get("ports")) {
      shown.add(
          String.join(
              " ",
              port.get("container").asString() + "/" + port.get("protocol").asString(),
              port.get("address").asString("null"),
              port.get("host").asString("null"),
              port.get("exposure").asString()));
      assertThat(port.get("hostNetwork").asBoolean()).isEqualTo(now.networkMode().equals("host"));
    }
    shown.sort(null);
    String exposure = row.get("exposure").asString();
    if (now.networkMode().equals("host") && now.live()) {
      if (privileged) {
        List<String> listening = Listeners.of(bed, now.name());
        assertThat(shown).as(now + " sockets").isEqualTo(listening);
        // The tunnel of b2 listens on nothing, the sample's is there to be seen.
        assertThat(shown.isEmpty()).isEqualTo(!now.name().equals("sample-hostnet"));
        assertThat(exposure).as(now + " exposure").isEqualTo(Inspected.widest(listening));
      } else {
        // Whose sockets they are is nobody's business but root's: unknown, and it says why.
        assertThat(shown).as(now + " sockets").isEmpty();
        assertThat(exposure).as(now + " exposure").isEqualTo("unknown");
        assertThat(row.get("exposureReason").asString("")).isNotBlank();
      }
      return;
    }
    Inspected owner =
        now.networkMode().startsWith("container:") && now.live()
            ? all.get(now.networkMode().substring("container:".length()))
            : now;
    assertThat(shown).as(now + " ports").isEqualTo(now.ports());
    assertThat(exposure).as(now + " exposure").isEqualTo(owner.exposure());
  }

  private static void equalsKernel(JsonNode row, Figures before, Figures after) {
    String name = row.get("name").asString();
    assertThat(row.get("memoryLimitBytes").asLong())
        .as(name + " memory limit")
        .isEqualTo(after.memoryLimit());
    double slack = SLACK_BYTES + 0.1 * Math.max(before.memory(), after.memory());
    assertThat(row.get("memoryBytes").asDouble())
        .as(name + " memory")
        .isBetween(
            Math.min(before.memory(), after.memory()) - slack,
            Math.max(before.memory(), after.memory()) + slack);
    assertThat(row.get("cpuCores").isNumber()).as(name + " processor").isTrue();
    assertThat(row.get("cpuCores").asDouble() * SHORTEST_SWEEP_SECONDS)
        .as(name + " used no more than the counter counted")
        .isBetween(0.0, after.processorSeconds() - before.processorSeconds());
  }

  private Map<String, Figures> figures(Map<String, Inspected> containers) throws IOException {
    Map<String, Figures> all = new TreeMap<>();
    for (Inspected container : containers.values()) {
      if (container.live() && !flaps(container)) {
        all.put(container.id(), figures(container));
      }
    }
    return all;
  }

  private Figures figures(Inspected container) throws IOException {
    Kernel kernel = Kernel.of(bed, container.id());
    return new Figures(kernel.memoryLimit(), kernel.memory(), kernel.processorSeconds());
  }

  private static JsonNode status(Operator operator) throws Exception {
    Answer answer = operator.run("status", "--json");
    assertThat(answer.exitCode()).as(answer.errors()).isZero();
    assertThat(answer.errors()).isEmpty();
    assertThat(Schemas.faults(answer.output())).isEmpty();
    return JsonMapper.shared().readTree(answer.output());
  }

  /** Returns the rows by container, each with the name of its stack added. */
  private static Map<String, JsonNode> rows(JsonNode document) {
    Map<String, JsonNode> rows = new LinkedHashMap<>();
    for (JsonNode stack : document.get("stacks")) {
      for (JsonNode service : stack.get("services")) {
        ((ObjectNode) service).put("stack", stack.get("name").asString());
        JsonNode earlier = rows.put(service.get("id").asString(), service);
        assertThat(earlier).as("a second row of " + service.get("name")).isNull();
      }
    }
    return rows;
  }

  /**
   * Holds what the kernel said at one moment.
   *
   * @param memoryLimit bytes
   * @param memory bytes
   * @param processorSeconds since the start
   */
  private record Figures(long memoryLimit, long memory, double processorSeconds) {}
}
