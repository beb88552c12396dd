package dev.quayside.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.bed.Bed;
import dev.quayside.bed.BedStack;
import dev.quayside.exposure.status.InspectedRows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * Takes every fixture as its owner starts it, with the health checks its owner wrote, and has uid
 * 12345 in group {@code docker} adopt it, start it, edit its settings and make services anew.
 */
@Tag("full")
@Tag("full-adoption")
class AdoptionFamilyTest {

  private final Bed bed = Bed.required().unhurried();
  @TempDir private Path folder;
  @TempDir private Path shared;

  @ParameterizedTest
  @CsvSource({
    "sample, 4, GATEWAY_KEY, internal, 3",
    "a, 0, ROUTER_API_KEY, postgres, 0",
    "b1, 0, TIMEZONE, token-spy-db, 3",
    "b15, 0, TIMEZONE, n8n, 3",
    "b2, 0, TIMEZONE, n8n, 3",
    "c, 0, ADMIN_EMAIL, mongodb, 3",
  })
  void aPlainUserDoesEverythingWithIt(
      String name, int started, String setting, String anew, int exposed) throws Exception {
    Operator user = Operator.unprivileged(bed, shared);
    try (BedStack fixture = bed.fixture(name, folder).up()) {
      user.own(folder);
      String stack =
          new OwnStart(bed, user).repeated(fixture, started).at("/receipt/stack").asString();
      InspectedRows.ofAll(bed, fixture.containers());
      user.document(exposed, "", "exposure", stack);

      Map<String, String> made = containers(stack);
      JsonNode saved = user.document(0, "zz-the-new-value\n", "env", "set", stack, setting);
      assertThat(reasons(user.document(0, "", "env", "history", stack)))
          .as("beside the copies that the stack itself made")
          .filteredOn(reason -> !reason.equals("foreign"))
          .containsExactly("edit");
      assertThat(containers(stack)).as("saving touches no container").isEqualTo(made);
      TreeSet<String> told = new TreeSet<>();
      saved.at("/receipt/impact/recreated").forEach(service -> told.add(service.asString()));
      assertThat(told).isNotEmpty();
      user.document(0, "", "env", "apply", stack);
      assertThat(changed(made, containers(stack))).isEqualTo(told);

      made = containers(stack);
      user.document(0, "", "recreate", stack, anew);
      assertThat(changed(made, containers(stack))).containsExactly(anew);

      made = containers(stack);
      user.document(0, "", "stack", "forget", stack);
      assertThat(containers(stack)).isEqualTo(made);
      user.document(0, "", "journal", "verify");
    }
  }

  private static List<String> reasons(JsonNode history) {
    List<String> reasons = new ArrayList<>();
    history.get("versions").forEach(version -> reasons.add(version.get("reason").asString()));
    return reasons;
  }

  /** Returns the services whose containers are not the same. */
  private static TreeSet<String> changed(Map<String, String> before, Map<String, String> now) {
    assertThat(now.keySet()).isEqualTo(before.keySet());
    TreeSet<String> changed = new TreeSet<>();
    now.forEach((service, id) -> {
      if (!id.equals(before.get(service))) {
        changed.add(service);
      }
    });
    return changed;
  }

  private Map<String, String> containers(String project) throws Exception {
    Map<String, String> ids = new TreeMap<>();
    String label = "label=com.docker.compose.project=" + project;
    String format = "{{.Label \"com.docker.compose.service\"}} {{.ID}}";
    bed.docker("ps", "-a", "--no-trunc", "--filter", label, "--format", format)
        .lines()
        .forEach(line -> ids.put(line.split(" ")[0], line.split(" ")[1]));
    return ids;
  }
}
