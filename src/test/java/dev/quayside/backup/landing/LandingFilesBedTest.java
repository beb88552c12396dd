package dev.quayside.backup.landing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.backup.BackupReceipt;
import dev.quayside.bed.Bed;
import dev.quayside.bed.BedProgram;
import dev.quayside.common.Outcome;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders in which others wrote, or mounted something, are exchanged without touching theirs. */
@Tag("bed")
class LandingFilesBedTest {

  @TempDir Path folder;
  @TempDir Path shared;

  @Test
  void whatOnlyRootMayRemoveIsToldAndKeepsNothingElseUp() throws Exception {
    Bed bed = Bed.required();
    Path root = folder.resolve("world");
    LandingWorld world = new LandingWorld(root, StepBoundary.none());
    world.fill("saved");
    done("chown", "-R", "12345:12345", folder.toString());
    Path archive = ((Outcome.Done<BackupReceipt>) world.backUp()).receipt().archive();
    done("chown", "-R", "12345:12345", folder.toString());
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path cache = Files.createDirectory(world.data.resolve("of-root"));
    Files.writeString(cache.resolve("x"), "of root");
    Files.createDirectory(world.data.resolve("empty-of-root"));
    BedProgram program = new BedProgram(bed, shared, LandingWorld.class);

    assertThat(ended(program, root, "land", archive.toString())).isZero();
    assertThat(ended(program, root, "accept")).as("it says what is left").isEqualTo(1);

    try (var names = Files.list(root.resolve("stack"))) {
      Path kept =
          names
              .filter(one -> one.getFileName().toString().startsWith("data.before-"))
              .findFirst()
              .orElseThrow();
      try (var left = Files.walk(kept)) {
        assertThat(left.map(one -> kept.relativize(one).toString()))
            .containsExactlyInAnyOrder("", "of-root", "of-root/x");
      }
    }
    assertThat(new LandingRecords(world.home).all()).isEmpty();
    assertThat(ended(program, root, "land", archive.toString())).isZero();
    Files.writeString(
        Files.createDirectory(world.data.resolve("new-of-root")).resolve("x"), "of root");
    assertThat(ended(program, root, "undo")).as("it says what is left").isEqualTo(1);
    assertThat(new LandingRecords(world.home).all()).isEmpty();
    assertThat(world.data.resolve("new-of-root")).doesNotExist();
  }

  @Test
  void whatIsMountedInsideIsNeitherMovedNorEmptied() throws Exception {
    Bed.required();
    LandingWorld world = new LandingWorld(folder.resolve("world"), StepBoundary.none());
    Path archive = world.archive("saved");
    Path photos = Files.createDirectory(folder.resolve("photos"));
    Files.writeString(photos.resolve("one"), "one");
    Path inside = Files.createDirectory(world.data.resolve("photos"));

    mount(photos, inside);
    try {
      assertThat(world.land(world.request(archive), Progress.none()))
          .isInstanceOfSatisfying(
              Outcome.Refused.class,
              no -> assertThat(no.problem().code()).isEqualTo("LANDING-MOUNT-POINT"));
    } finally {
      unmount(inside);
    }
    assertThat(world.land(world.request(archive), Progress.none()))
        .isInstanceOf(Outcome.Done.class);
    Path kept;
    try (var names = Files.list(folder.resolve("world/stack"))) {
      kept =
          names
              .filter(one -> one.getFileName().toString().startsWith("data.before-"))
              .findFirst()
              .orElseThrow();
    }
    mount(photos, kept.resolve("photos"));
    try {
      assertThat(world.restore().accept("demo")).isInstanceOf(Outcome.Attention.class);
      assertThat(photos.resolve("one")).hasContent("one");
      assertThat(kept.resolve("file")).as("nothing was removed").exists();
    } finally {
      unmount(kept.resolve("photos"));
    }
    assertThat(world.recovery().sweep())
        .extracting(LandingRecovery.Recovered::fate)
        .containsExactly(LandingRecovery.Fate.ACCEPTED);
    assertThat(kept).doesNotExist();
    assertThat(photos.resolve("one")).hasContent("one");
  }

  private static int ended(BedProgram program, Path root, String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of(root.toString()));
    all.addAll(List.of(words));
    Process process = program.start(false, null, all.toArray(String[]::new));
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private static void mount(Path what, Path where) throws Exception {
    done("mount", "--bind", what.toString(), where.toString());
  }

  private static void unmount(Path where) throws Exception {
    done("umount", where.toString());
  }

  private static void done(String... command) throws Exception {
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(String.join(" ", command)).isZero();
  }
}
