package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.quayside.backup.tar.RawPath;
import dev.quayside.backup.tar.TarEntry;
import dev.quayside.common.Progress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What somebody hostile puts into an authentic archive is refused, each by its own problem, and
 * nothing is written outside.
 */
class HostileArchiveTest {

  @TempDir private Path folder;

  @BeforeEach
  void setUp() throws IOException {
    Files.createDirectory(folder.resolve("staging"));
  }

  @Test
  void theForgeItselfMakesGoodArchives() {
    assertThatCode(() ->
            read(
                Forge.begun()
                    .file("files/data/a", "a")
                    .hardLink("files/data/b", "files/data/a")
                    .symbolicLink("files/data/c", "a")
                    .finished()))
        .doesNotThrowAnyException();
  }

  @TestFactory
  Stream<DynamicTest> eachIsRefusedWithItsOwnProblem() {
    return HostileCases.all().stream()
        .map(each ->
            DynamicTest.dynamicTest(
                each.name(),
                () -> {
                  StagingFolder.remove(folder.resolve("staging"));
                  Files.createDirectory(folder.resolve("staging"));
                  IOException refusal =
                      catchThrowableOfType(IOException.class, () -> read(each.forging().forge()));
                  assertThat(refusal).as("refusal").isNotNull();
                  assertThat(ArchiveProblems.of(refusal, Path.of("x")).code())
                      .isEqualTo(each.code());
                  assertThat(Workbench.names(folder)).containsExactly("staging");
                  assertThat(Path.of("/tmp/evil")).doesNotExist();
                }));
  }

  @Test
  void namesAreKeptByteByByteAlsoWhenTheyAreNoText() throws Exception {
    byte[] name = "files/data/".getBytes(StandardCharsets.US_ASCII);
    byte[] strange = Arrays.copyOf(name, name.length + 3);
    strange[name.length] = (byte) 0xFF;
    strange[name.length + 1] = '%';
    strange[name.length + 2] = (byte) 0x80;
    read(Forge.begun().file(RawPath.of(strange), new byte[] {7}).finished());
    assertThat(Workbench.describe(folder.resolve("staging/files/data"))).hasSize(1);
    FolderWalk.walk(
        folder.resolve("staging/files/data"),
        new FolderWalk.Visitor() {
          @Override
          public void found(Path path, RawPath relative, FileFacts facts) {
            assertThat(relative.bytes()).containsExactly(0xFF, '%', 0x80);
          }

          @Override
          public void unreadable(Path path, IOException why) throws IOException {
            throw why;
          }
        });
  }

  @Test
  void linksThatLeadOutAreLeftOutWhenTheOriginIsUnknown() throws Exception {
    String chain = "d/".repeat(20) + "../".repeat(20) + "etc/shadow";
    byte[] archive =
        Forge.begun()
            .symbolicLink("files/data/out", "/etc/passwd")
            .symbolicLink("files/data/up", "../../../x")
            .symbolicLink("files/data/in", "sub/x")
            .symbolicLink("files/data/around", "sub/../x")
            .symbolicLink("files/data/d", ".")
            .symbolicLink("files/data/chain", chain)
            .finished();
    Extraction extraction = read(archive, false);
    assertThat(extraction.outsideLinks())
        .containsExactly(
            "files/data/out -> /etc/passwd",
            "files/data/up -> ../../../x",
            "files/data/around -> sub/../x",
            "files/data/chain -> " + chain);
    assertThat(Workbench.names(folder.resolve("staging/files/data"))).containsExactly("d", "in");
  }

  @Test
  void aHeaderOfTheWholeStreamIsPassedOver() throws Exception {
    Forge forge = Forge.begun().header('g', "20 comment=nothing1\n");

    assertThat(read(forge.entry(HostileCases.late(5), new byte[0]).finished())).isNotNull();
  }

  @Test
  void aSealMayHoldMoreThanWeKnow() throws Exception {
    Forge forge = Forge.begun().file("files/data/a", "x");
    String seal = forge.sealText().replaceFirst("\\{", "{\"new\":[[{\"deep\":1}]],");

    assertThat(read(forge.unsealed("seal.json", seal).end().compressed())).isNotNull();
  }

  @Test
  void aProgramThatRunsAsItsOwnerIsNotTakenFromStrangers() throws Exception {
    int us = (int) Files.getAttribute(folder, "unix:uid");
    int group = (int) Files.getAttribute(folder, "unix:gid");
    TarEntry program =
        new TarEntry(
            RawPath.of("files/data/su"), TarEntry.Type.FILE, 1, 04755, us, group, Forge.TIME, null);
    byte[] archive = Forge.begun().entry(program, new byte[] {1}).finished();
    Path restored = folder.resolve("staging/files/data/su");

    read(archive, true);
    assertThat(FileFacts.of(restored).mode()).isEqualTo(04755);
    StagingFolder.remove(folder.resolve("staging"));
    Files.createDirectory(folder.resolve("staging"));
    read(archive, false);
    assertThat(FileFacts.of(restored).mode()).isEqualTo(0755);
  }

  private Extraction read(byte[] archive) throws IOException {
    return read(archive, true);
  }

  private Extraction read(byte[] archive, boolean trusted) throws IOException {
    Path staging = folder.resolve("staging");
    RestoreRoom room = new RestoreRoom(staging, Progress.none(), () -> Long.MAX_VALUE);
    Extraction extraction = new Extraction(staging, room, () -> {});
    new ArchiveReader(new ByteArrayInputStream(archive), extraction).read();
    // As a restore does, so that what should have been refused would do its harm here.
    extraction.complete(trusted);
    return extraction;
  }
}
