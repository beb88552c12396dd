package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.engine.ContainerInspection;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a container shows of a folder that only the engine may read. */
class SightingsTest extends ScopesFixture {

  private final Sightings sightings = new Sightings();

  @Test
  void aFolderThatIsMountedAgainAtItsOwnPlaceIsAPartOfTheLargerOne() throws Exception {
    Path outer = Files.createDirectories(project.resolve("data"));
    Path inner = Files.createDirectories(outer.resolve("static"));
    Path link = Files.createSymbolicLink(project.resolve("link"), inner);
    mount("bind", outer.toString(), "/data");
    mount("bind", link.toString(), "/data/static");
    look();

    assertThat(sightings.best())
        .singleElement()
        .satisfies(one -> assertThat(one.nested()).as("its own files are no other's").isEmpty());
    assertThat(sightings.hidden()).isEmpty();
    assertThat(sightings.shows(inner)).isTrue();
    assertThat(sightings.shows(link)).isTrue();
    assertThat(sightings.shows(outer)).as("itself").isFalse();
    assertThat(sightings.shows(project.resolve("data2"))).isFalse();
  }

  @Test
  void whatAnotherMountHidesIsNoPartOfTheLargerOne() throws Exception {
    Path outer = Files.createDirectories(project.resolve("data"));
    mount("bind", outer.toString(), "/data");
    mount("tmpfs", "", "/data/static");
    look();

    assertThat(sightings.shows(outer.resolve("static"))).isFalse();
    assertThat(sightings.shows(outer.resolve("static/deep"))).isFalse();
    assertThat(sightings.shows(outer.resolve("static2"))).isTrue();

    mounts.set(1, new ContainerInspection.Mount("tmpfs", "", "/data/app/cache", true));
    Sightings below = new Sightings();
    below.add(mounts.getFirst(), outer.toString(), web().id(), engine(web()).inspect(web().id()));
    assertThat(below.shows(outer.resolve("app"))).as("a part of it is hidden").isFalse();
    assertThat(below.shows(outer.resolve("app2"))).isTrue();
    assertThat(sightings.best())
        .singleElement()
        .satisfies(one -> assertThat(one.nested()).containsExactly("/data/static"));
  }

  private void look() throws Exception {
    ContainerInspection seen = engine(web()).inspect(web().id());
    ContainerInspection.Mount first = mounts.getFirst();
    sightings.add(first, first.source(), web().id(), seen);
  }
}
