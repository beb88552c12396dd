package dev.quayside.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSignsTest {

  @TempDir private Path root;

  @Test
  void aCommentIsNoSign() throws Exception {
    Files.createDirectories(root.resolve("extensions/services"));
    Path file = root.resolve("docker-compose.base.yml");
    Files.writeString(file, "# was container_name: ods-web\nimage: x # container_name: ods-web\n");
    assertThat(Catalogue.load().kindOfFolder(root).id()).isEqualTo("generic");
    Files.writeString(file, "    container_name: ods-web # ours\n");
    assertThat(Catalogue.load().kindOfFolder(root).era()).isEqualTo("ods");
  }
}
