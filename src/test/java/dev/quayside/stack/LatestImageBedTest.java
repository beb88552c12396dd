package dev.quayside.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.bed.Bed;
import dev.quayside.bed.BedStack;
import dev.quayside.common.Outcome;
import dev.quayside.common.StepBoundary;
import dev.quayside.stack.LifecycleRequest.Action;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Makes a service anew whose image has a name that says nothing of its version. */
@Tag("bed")
class LatestImageBedTest {

  private static final String IMAGE = "quayside-bed/try-latest:latest";

  @TempDir Path folder;

  @Test
  void anImageThatIsThereIsNotFetchedAgainToMakeAServiceAnew() throws Exception {
    Bed bed = Bed.required();
    bed.docker("tag", "quayside-bed/plain:1", IMAGE);
    String compose = "services:\n  web: {image: \"" + IMAGE + "\"}\n";
    try (BedStack stack = bed.stack(compose, folder).up()) {
      String name = stack.containers().getFirst();
      String before = bed.docker("inspect", "-f", "{{.Id}}", name);
      String project = stack.directory().getFileName().toString();
      LayerWorld world =
          new LayerWorld(folder.resolve("home"), StepBoundary.none(), bed.environment());

      assertThat(world.run(Action.RECREATE, project, "web")).isInstanceOf(Outcome.Done.class);

      assertThat(bed.docker("inspect", "-f", "{{.Id}}", name)).isNotEqualTo(before);
    } finally {
      bed.docker("rmi", IMAGE);
    }
  }
}
