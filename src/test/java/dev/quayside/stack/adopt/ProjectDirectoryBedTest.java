package dev.quayside.stack.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.bed.Bed;
import dev.quayside.catalogue.Catalogue;
import dev.quayside.engine.Endpoint;
import dev.quayside.engine.compose.Compose;
import dev.quayside.engine.compose.ComposeInvocation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares what we make of a folder with what Compose makes of it when its owner calls it there.
 */
@Tag("bed")
class ProjectDirectoryBedTest {

  private final Bed bed = Bed.required();
  private final Compose compose = Compose.on(new Endpoint.Unix(bed.socket()), bed.environment());
  private final StackDetector detector = new StackDetector(Catalogue.load(), compose);
  @TempDir private Path folder;

  @Test
  void filesBelowTheFolderAreReadAsTheirOwnerReadsThem() throws Exception {
    Path root = Files.createDirectories(folder.resolve("outer/deploy")).getParent();
    Files.writeString(
        root.resolve("deploy/compose.yml"),
        """
        services:
          web:
            image: quayside-bed/plain:1
            environment: {WHICH: "${WHICH}"}
            volumes: ["./data:/data"]
        """);
    Files.writeString(root.resolve("deploy/.env"), "WHICH=below\n");
    Files.writeString(root.resolve(".env"), "WHICH=above\n");

    Wishes named = new Wishes("", "", List.of(Path.of("deploy/compose.yml")), List.of(), List.of());
    FoundStack found = detector.look(root, named);
    assertThat(found.invocation().directory()).isEqualTo(root.resolve("deploy"));
    assertThat(found.invocation().project()).isEqualTo("deploy");
    assertThat(asWeCallIt(found.invocation()))
        .isEqualTo(asItsOwner(root, "-f", "deploy/compose.yml"))
        .contains("WHICH: below", root.resolve("deploy/data").toString());

    Files.writeString(root.resolve(".env"), "WHICH=above\nCOMPOSE_FILE=deploy/compose.yml\n");
    FoundStack listed = detector.look(root, Wishes.NONE);
    assertThat(listed.origin()).isEqualTo(FoundStack.Origin.VARIABLE);
    assertThat(asWeCallIt(listed.invocation()))
        .isEqualTo(asItsOwner(root))
        .contains("WHICH: above", root.resolve("deploy/data").toString());
  }

  private String asItsOwner(Path folder, String... words) throws Exception {
    return config(folder, List.of(words));
  }

  private String asWeCallIt(ComposeInvocation invocation) throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of(
                "--project-name",
                invocation.project(),
                "--project-directory",
                invocation.directory().toString()));
    invocation.files().forEach(file -> words.addAll(List.of("-f", file.toString())));
    invocation.envFiles().forEach(file -> words.addAll(List.of("--env-file", file.toString())));
    return config(folder, words);
  }

  private String config(Path where, List<String> words) throws Exception {
    List<String> command = new ArrayList<>(List.of("docker", "compose"));
    command.addAll(words);
    command.add("config");
    ProcessBuilder builder = new ProcessBuilder(command).directory(where.toFile());
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(bed.environment());
    Process process = builder.redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    return text;
  }
}
