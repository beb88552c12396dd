package dev.quayside.engine.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumeDefaultsTest {

  @TempDir private Path folder;

  @Test
  void onlyOperatorsInShortVolumesLoseTheirColon() {
    assertThat(
            VolumeDefaults.rewritten(
                """
                services:
                  a:
                    image: ${IMAGE:-x}
                    ports:
                      - "${PORT:-80}:80"
                    volumes:
                      - ${DATA:-./data}:/data:ro
                      - "${A:?must}/b:/c"
                      - plain:/plain
                """))
        .isEqualTo(
            """
            services:
              a:
                image: ${IMAGE:-x}
                ports:
                  - "${PORT:-80}:80"
                volumes:
                  - ${DATA-./data}:/data:ro
                  - "${A?must}/b:/c"
                  - plain:/plain
            """);
  }

  @Test
  void theCopiesAreOursAloneAndGoWhenClosed() throws Exception {
    Path file = folder.resolve("compose.yml");
    Files.writeString(file, "services:\n  a:\n    volumes:\n      - ${D:-./d}:/d:ro\n");
    Path copy;
    try (VolumeDefaults copies = VolumeDefaults.of(call(List.of()))) {
      copy = copies.invocation().files().getFirst();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
          .isEqualTo("rw-------");
      assertThat(copies.invocation().directory()).isEqualTo(folder);
      assertThat(copy).content().contains("${D-./d}:/d:ro");
    }
    assertThat(copy.getParent()).doesNotExist();
  }

  @Test
  void whereNothingWouldChangeThereAreNoCopies() throws Exception {
    Files.writeString(folder.resolve("compose.yml"), "services:\n  a:\n    image: ${X:-y}\n");
    assertThat(VolumeDefaults.of(call(List.of()))).isNull();
    assertThat(VolumeDefaults.of(call(List.of(folder.resolve("gone.yml"))))).isNull();
  }

  private ComposeInvocation call(List<Path> files) {
    return new ComposeInvocation("p", folder, files, List.of(), List.of());
  }

  @Test
  void copiesOfAKilledProcessAreRemovedAndThoseOfALivingOneAreNot() throws Exception {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    Path left = Files.createTempDirectory("quayside-compose-4194305-1000-");
    Files.writeString(left.resolve("0-compose.yaml"), "password: made-up");
    Path compose = Files.writeString(folder.resolve("compose.yaml"), WITH_DEFAULT);
    ComposeInvocation invocation =
        new ComposeInvocation("p", folder, List.of(compose), List.of(), List.of());

    try (VolumeDefaults first = VolumeDefaults.of(invocation);
        VolumeDefaults second = VolumeDefaults.of(invocation)) {
      assertThat(left).doesNotExist();
      assertThat(first.invocation().files()).allMatch(Files::exists);
      assertThat(second.invocation().files()).allMatch(Files::exists);
    }
    try (var mine =
        Files.newDirectoryStream(
            temporary, "quayside-compose-" + ProcessHandle.current().pid() + "-*")) {
      assertThat(mine).isEmpty();
    }
  }

  private static final String WITH_DEFAULT =
      """
      services:
        a:
          image: x
          volumes:
            - ${DATA:-./data}:/data:ro
      """;
}
