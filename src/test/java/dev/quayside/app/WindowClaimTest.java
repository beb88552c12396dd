package dev.quayside.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowClaimTest {

  @TempDir Path folder;

  @Test
  void onlyTheFirstWindowOfAHomeIsAlone() {
    Home home = Home.locate(folder, Map.of(), folder);
    try (WindowClaim first = WindowClaim.take(home)) {
      assertThat(first.alone()).isTrue();
      try (WindowClaim second = WindowClaim.take(home)) {
        assertThat(second.alone()).isFalse();
      }
      try (WindowClaim third = WindowClaim.take(home)) {
        assertThat(third.alone()).isFalse();
      }
    }
    try (WindowClaim afterwards = WindowClaim.take(home)) {
      assertThat(afterwards.alone()).isTrue();
    }
  }

  @Test
  void aHomeThatCannotBeUsedTellsOfNoOtherWindow() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    try (WindowClaim claim = WindowClaim.take(Home.locate(file, Map.of(), folder))) {
      assertThat(claim.alone()).isTrue();
    }
  }
}
