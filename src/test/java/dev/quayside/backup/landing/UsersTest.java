package dev.quayside.backup.landing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.backup.PartStaging.Refusal;
import dev.quayside.backup.Places;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One folder has several paths as soon as there are links. */
class UsersTest {

  @TempDir private Path folder;

  @Test
  void whoHasTheFolderByItsOwnNameIsStoppedToo() throws Exception {
    Path real = Files.createDirectory(folder.resolve("real")).toRealPath();
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    Consumers one = mounting("shop", "one", link);
    Consumers other = mounting("shop", "other", real);
    Consumers around = mounting("shop", "around", folder.toRealPath());

    for (Path live : List.of(link, real)) {
      assertThat(users(List.of(one, other, around), List.of(live), List.of()).consumers())
          .containsExactly("around", "one", "other");
      assertThat(
              users(List.of(one, other, around), List.of(), List.of(live.toString())).consumers())
          .as("a folder that is not ours")
          .containsExactly("around", "one", "other");
    }
    assertThatThrownBy(
            () -> users(List.of(one, mounting("", "else", real)), List.of(link), List.of()))
        .isInstanceOf(Refusal.class);
  }

  private static Users users(List<Consumers> running, List<Path> folders, List<String> sources)
      throws Refusal {
    return Users.of("shop", running, folders, sources, Set.of());
  }

  private static List<Path> binds(Path folder) {
    return Consumers.binds(Played.mounting("one", folder.toString()), new Places(Map.of()));
  }

  private static Consumers mounting(String stack, String service, Path folder) {
    return new Consumers(
        stack, service, binds(folder), Set.of(), "sha256:" + service, Set.of(), Set.of());
  }
}
