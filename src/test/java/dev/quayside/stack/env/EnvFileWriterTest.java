package dev.quayside.stack.env;

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
}
