package dev.quayside.stack.env;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.exposure.probe.PlayedEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A container that has mounted the single file is found, by whatever name it was given. */
class EnvFileWriterTest {

  @TempDir private Path folder;

  private boolean inPlace(Path file, Path mounted) throws Exception {
    return EnvFileWriter.inPlace(PlayedEngine.with("web", mounted.toString(), true), "demo", file);
  }

  @Test
  void aMountThroughALinkIsTheSameFile() throws Exception {
    Path real = Files.createDirectory(folder.resolve("real"));
    Path file = Files.createFile(real.resolve(".env"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);

    assertThat(inPlace(file, link.resolve(".env"))).isTrue();
    assertThat(inPlace(file, file)).isTrue();
    assertThat(inPlace(file, Files.createFile(folder.resolve("other")))).isFalse();
    assertThat(inPlace(file, folder.resolve("not/there"))).isFalse();
    assertThat(inPlace(file, real)).isFalse();
  }

  @Test
  void whoseTheContainerIsDoesNotMatter() throws Exception {
    Path file = Files.createFile(folder.resolve(".env")).toRealPath();
    assertThat(
            EnvFileWriter.inPlace(
                PlayedEngine.with("web", file.toString(), true), "another project", file))
        .isTrue();
  }

  private static boolean mixture(String present, String one, String other) {
    boolean same = EnvFileWriter.mixture(present.getBytes(US_ASCII), bytes(one), bytes(other));
    assertThat(EnvFileWriter.mixture(present.getBytes(US_ASCII), bytes(other), bytes(one)))
        .as("either may be the older")
        .isEqualTo(same);
    return same;
  }

  private static byte[] bytes(String text) {
    return text == null ? null : text.getBytes(US_ASCII);
  }

  @Test
  void aMixtureIsWhatACutOffWriteLeaves() {
    assertThat(mixture("bbbaaa", "aaaaaa", "bbbbbb")).isTrue();
    assertThat(mixture("aabbaa", "aaaaaa", "bbbbbb")).as("put back in part").isTrue();
    assertThat(mixture("aaaaaa", "aaaaaa", "bbbbbb")).isTrue();
    assertThat(mixture("bbbbaa", "aaaaaa", "bbbb")).as("not cut yet").isTrue();
    assertThat(mixture("bbbb", "aa", "bbbbbb")).as("longer already").isTrue();
    assertThat(mixture("", "", "bb")).isTrue();

    assertThat(mixture("ababab", "aaaaaa", "bbbbbb")).as("an edit").isFalse();
    assertThat(mixture("aabbab", "aaaaaa", "bbbbbb")).as("an edit").isFalse();
    assertThat(mixture("bbbcaa", "aaaaaa", "bbbbbb")).isFalse();
    assertThat(mixture("a", "aa", "bbb")).as("too short").isFalse();
    assertThat(mixture("aabb", "aa", "bbb")).as("too long").isFalse();
    assertThat(mixture("bba", "aa", "bbb")).isFalse();
    assertThat(mixture("a", "a", null)).isFalse();
    assertThat(mixture("a", null, null)).isFalse();
  }

  @Test
  void afterALossOfPowerEachPageMayBeFromEither() {
    int page = 4096;
    String old = "a".repeat(6 * page + 10);
    String fresh = "b".repeat(6 * page + 10);
    StringBuilder present = new StringBuilder();
    for (int i = 0; i < 7; i++) {
      int end = Math.min((i + 1) * page, old.length());
      present.append(i % 2 == 0 ? old : fresh, i * page, end);
    }
    assertThat(mixture(present.toString(), old, fresh)).isTrue();
    present.setCharAt(page + 5, 'a');
    assertThat(mixture(present.toString(), old, fresh)).isFalse();
  }
}
