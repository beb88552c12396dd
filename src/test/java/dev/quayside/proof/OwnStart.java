package dev.quayside.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.bed.Bed;
import dev.quayside.bed.BedStack;
import dev.quayside.bed.TreeHash;
import dev.quayside.catalogue.Catalogue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Adopts a stack that its owner has started, takes its containers away, and lets Quayside start it:
 * both starts have to end with the same containers, and adopting must not change a byte.
 */
final class OwnStart {

  private final Bed bed;
  private final Operator operator;

  OwnStart(Bed bed, Operator operator) {
    this.bed = bed;
    this.operator = operator;
  }

  /**
   * Returns what {@code up} reports.
   *
   * @param fixture a running one whose files the operator may read
   * @param exitCode what {@code up} ends with
   */
  JsonNode repeated(BedStack fixture, int exitCode) throws Exception {
    // What runs writes into the folder.
    docker("stop -t 0", containers(projectOf(fixture)).keySet());
    String before = TreeHash.of(fixture.directory());
    JsonNode added = operator.document(0, "", "stack", "add", fixture.directory().toString());
    String name = added.get("name").asString();
    Map<String, String> own = containers(name);
    JsonNode shown = operator.document(0, "", "stack", "show", name);
    assertThat(TreeHash.of(fixture.directory())).isEqualTo(before);
    assertThat(shown.get("differences"))
        .as("only the overlays of the bed are not the owner's")
        .allSatisfy(one -> assertThat(one.asString()).containsPattern("/(bed|quick)\\.yml"));
    List<String> seen = new ArrayList<>();
    for (JsonNode service : shown.get("services")) {
      service.get("containers").forEach(container -> seen.add(container.asString()));
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(own.keySet());
    docker("rm -f", own.keySet());

    JsonNode up = operator.document(exitCode, "", "up", name);

    // Models are made, and not started, in a step of its own, as their owner does it too.
    Map<String, String> ours = containers(name);
    TreeSet<String> models = new TreeSet<>(own.keySet());
    models.removeAll(ours.keySet());
    assertThat(
            Catalogue.load()
                .kind(added.get("kind").asString(), added.get("era").asString(""))
                .keptStopped())
        .containsAll(models);
    own.keySet().removeAll(models);
    assertThat(ours).as(up.toString()).isEqualTo(own);
    return up;
  }

  private void docker(String verb, Collection<String> containers) throws Exception {
    List<String> words = new ArrayList<>(List.of(verb.split(" ")));
    words.addAll(containers);
    bed.docker(words.toArray(String[]::new));
  }

  private String projectOf(BedStack fixture) throws Exception {
    return bed.docker(
            "inspect",
            "-f",
            "{{index .Config.Labels \"com.docker.compose.project\"}}",
            fixture.containers().getFirst())
        .strip();
  }

  /** Returns each container with what Compose made it from. */
  private Map<String, String> containers(String project) throws Exception {
    Map<String, String> containers = new TreeMap<>();
    String format =
        "{{.Names}}\t{{.Image}} {{.Label \"com.docker.compose.service\"}} {{.Label"
            + " \"com.docker.compose.config-hash\"}} {{.Label"
            + " \"com.docker.compose.project.config_files\"}}";
    String label = "label=com.docker.compose.project=" + project;
    for (String line :
        bed.docker("ps", "-a", "--filter", label, "--format", format).lines().toList()) {
      containers.put(line.substring(0, line.indexOf('\t')), line.substring(line.indexOf('\t') + 1));
    }
    return containers;
  }
}
