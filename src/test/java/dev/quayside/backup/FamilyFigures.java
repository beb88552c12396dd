package dev.quayside.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.json.JsonMapper;

/** Reads what a long family is started with, and leaves its figures for the evidence. */
final class FamilyFigures {

  private FamilyFigures() {}

  /** Returns chance that the seed of the run determines. */
  static Random random() {
    return new Random(Long.getLong("quayside.seed", 1));
  }

  /** Returns how many of {@code all} are for this shard of the run. */
  static int share(int all) {
    String[] shard = System.getProperty("quayside.shard", "1/1").split("/", -1);
    return all / Integer.parseInt(shard[1]);
  }

  static void write(String family, Map<String, ?> figures) throws IOException {
    Path target = Files.createDirectories(Path.of("target/full"));
    Files.write(
        target.resolve(family + ".json"),
        JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsBytes(figures));
  }
}
