package dev.quayside.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.bed.Bed;
import dev.quayside.cli.Schemas;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Backs up a running stack while everything in it is written to, restores the archive into an empty
 * folder, drills it, and compares with what had been committed.
 */
final class StormProof {

  private static final Pattern KEYS = Pattern.compile("([0-9]+) keys");

  private final Bed bed;
  private final Operator operator;
  private final Path folder;

  /**
   * Proves as {@code operator}.
   *
   * @param folder of the operator's; takes archive and restored files
   */
  StormProof(Bed bed, Operator operator, Path folder) {
    this.bed = bed;
    this.operator = operator;
    this.folder = folder;
  }

  /** Does all of it with {@code project} and returns how many stores of each kind were compared. */
  Map<Storm.Kind, Integer> of(String project) throws Exception {
    String words = Files.writeString(folder.resolve("words"), "open sesame\n").toString();
    Path target = Files.createDirectory(folder.resolve("target"));
    if (!Files.getAttribute(folder, "unix:uid").equals(0)) {
      operator.own(folder);
    }
    try (Storm storm = Storm.over(bed, project)) {
      storm.note();
      JsonNode made =
          operator.document(
              0,
              "",
              "backup",
              "create",
              project,
              "--to",
              target.toString(),
              "--passphrase-file",
              words);
      assertThat(made.at("/receipt/complete").asBoolean()).as(made.toString()).isTrue();
      String archive = made.at("/receipt/archive").asString();
      JsonNode plan =
          operator
              .document(0, "", "backup", "preview", archive, "--passphrase-file", words)
              .get("plan");
      Path restored = target.resolve("restored");
      Operator.Answer answer =
          operator.run(
              "backup",
              "restore",
              archive,
              "--to",
              restored.toString(),
              "--passphrase-file",
              words);
      // Only root may give files away, which is then said.
      assertThat(answer.exitCode()).as(answer.errors()).isIn(0, 4);
      Map<Storm.Kind, Integer> compared = new EnumMap<>(Storm.Kind.class);
      for (Storm.Store store : storm.stores()) {
        List<String> places = places(store, plan);
        if (places.isEmpty()) {
          assertThat(leftOut(plan)).as(store.toString()).anyMatch(store.source()::startsWith);
          continue;
        }
        for (String place : places) {
          storm.compare(store, restored.resolve(place));
        }
        compared.merge(store.kind(), 1, Integer::sum);
      }
      drill(storm, archive, words);
      return compared;
    }
  }

  /** Returns every place in which a store is saved: folders may lie in one another. */
  private static List<String> places(Storm.Store store, JsonNode plan) {
    String source =
        store.kind() == Storm.Kind.POSTGRES
            ? store.service() + "/" + store.place().split(" ", -1)[1]
            : store.source();
    List<String> places = new ArrayList<>();
    for (JsonNode part : plan.get("parts")) {
      String from = part.get("source").asString();
      String path = part.get("path").asString();
      if (source.equals(from)) {
        places.add(path);
      } else if (source.startsWith(from + "/") && part.get("kind").asString().equals("folder")) {
        places.add(path + source.substring(from.length()));
      }
    }
    return places;
  }

  private static List<String> leftOut(JsonNode plan) {
    return plan.get("leftOut").valueStream().map(one -> one.get("what").asString()).toList();
  }

  private void drill(Storm storm, String archive, String words) throws Exception {
    Operator.Answer answer =
        operator.run("backup", "drill", archive, "--passphrase-file", words, "--json");
    assertThat(answer.exitCode()).as(answer.output() + answer.errors()).isIn(0, 4);
    assertThat(Schemas.faults(answer.output())).isEmpty();
    Map<String, JsonNode> services = new TreeMap<>();
    tools.jackson.databind.json.JsonMapper.shared()
        .readTree(answer.output())
        .at("/receipt/services")
        .forEach(one -> services.put(one.get("service").asString(), one));
    for (Storm.Store store : storm.stores()) {
      if (store.kind() == Storm.Kind.FILE) {
        continue;
      }
      JsonNode service = drilled(store.service(), services);
      assertThat(service.get("verdict").asString()).as(service.toString()).isEqualTo("proven");
      if (store.kind() == Storm.Kind.REDIS) {
        Matcher keys = KEYS.matcher(service.get("evidence").toString());
        assertThat(keys.find()).as(service.toString()).isTrue();
        assertThat(Long.parseLong(keys.group(1))).isGreaterThanOrEqualTo(storm.committed(store));
      }
    }
  }

  /** A folder that several services write to is drilled once, under all their names. */
  private static JsonNode drilled(String service, Map<String, JsonNode> services) {
    return services.entrySet().stream()
        .filter(one -> List.of(one.getKey().split(",", -1)).contains(service))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> new AssertionError(service + " is not in " + services.keySet()));
  }
}
