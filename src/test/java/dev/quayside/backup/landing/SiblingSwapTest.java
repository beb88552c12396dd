package dev.quayside.backup.landing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.StepBoundary;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever somebody else removes between two renames, nothing is said to be back that is not. */
class SiblingSwapTest {

  @TempDir private Path folder;
  private LandingRecord.FolderSwap swap;
  private final SiblingSwap folders = new SiblingSwap(StepBoundary.none());

  @BeforeEach
  void makeBoth() throws Exception {
    swap =
        LandingRecord.FolderSwap.of(
            "files/data", folder.resolve("data"), "00000000-0000-0000-0000-000000000000");
    Files.writeString(Files.createDirectory(swap.livePath()).resolve("which"), "old");
    Files.writeString(Files.createDirectory(swap.stagedPath()).resolve("which"), "new");
  }

  @Test
  void whatIsBackIsBackHoweverOftenItIsAsked() throws Exception {
    assertThat(folders.back(swap)).as("not yet begun").isTrue();
    folders.forward(swap);
    assertThat(swap.livePath().resolve("which")).hasContent("new");
    for (int i = 0; i < 2; i++) {
      assertThat(folders.back(swap)).isTrue();
      assertThat(swap.livePath().resolve("which")).hasContent("old");
      assertThat(swap.stagedPath().resolve("which")).hasContent("new");
    }
  }

  @Test
  void whereTheOldOneWasRemovedInBetweenTheNewOneIsNotLostToo() throws Exception {
    folders.forward(swap);
    Files.move(swap.livePath(), swap.stagedPath()); // withdrawn, and then cut
    Files.move(swap.keptPath(), folder.resolve("elsewhere"));

    assertThat(folders.back(swap)).isFalse();
    assertThat(swap.livePath().resolve("which")).hasContent("new");
    assertThat(swap.stagedPath()).doesNotExist();
  }
}
