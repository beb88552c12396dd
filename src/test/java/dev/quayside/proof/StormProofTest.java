package dev.quayside.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.bed.Bed;
import dev.quayside.bed.BedStack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Saves a stack as uid 12345 in group {@code docker} while every store in it is written to: nothing
 * that was committed before the backup began is missing in it. {@link StormFamilyTest} does the
 * same with the fixtures.
 */
@Tag("bed")
class StormProofTest {

  private static final String COMPOSE =
      """
      services:
        db:
          image: postgres:15
          environment: {POSTGRES_USER: owner, POSTGRES_PASSWORD: made-up, POSTGRES_DB: shop}
          volumes: [./pgdata:/var/lib/postgresql/data]
        cache:
          image: redis:7-alpine
          command: ["redis-server", "--appendonly", "yes"]
          volumes: [cache:/data]
        chat:
          image: ghcr.io/open-webui/open-webui:v0.7.2
          volumes: [./chat:/app/backend/data]
      volumes: {cache: {}}
      """;

  @TempDir private Path folder;
  @TempDir private Path shared;

  @Test
  void nothingThatWasCommittedIsMissing() throws Exception {
    Bed bed = Bed.required();
    Operator operator = Operator.unprivileged(bed, shared);
    try (BedStack stack = bed.stack(COMPOSE, folder)) {
      Files.createDirectory(stack.directory().resolve("chat"));
      stack.up();
      String project = stack.directory().getFileName().toString();
      Bed.await(
          "the database of the chat",
          java.time.Duration.ofSeconds(60),
          () -> Files.exists(stack.directory().resolve("chat/webui.db")));

      Path proof = Files.createDirectory(folder.resolve("proof"));
      operator.own(proof);

      Map<Storm.Kind, Integer> compared = new StormProof(bed, operator, proof).of(project);

      assertThat(compared)
          .containsOnlyKeys(
              Storm.Kind.POSTGRES, Storm.Kind.REDIS, Storm.Kind.SQLITE, Storm.Kind.FILE);
    }
  }
}
