package dev.quayside.engine.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class ComposeCommandLineTest {

  @Test
  void allOfTheInvocationIsThereAndPathsInsideTheFolderAreShort() {
    Path folder = Path.of("/srv/my stack");
    assertThat(
            ComposeCommandLine.text(
                new ComposeInvocation(
                    "shop",
                    folder,
                    List.of(folder.resolve("base.yml"), Path.of("/etc/over lay.yml")),
                    List.of(folder.resolve(".env.prod")),
                    List.of("gpu"))))
        .isEqualTo(
            "docker compose -p shop -f base.yml -f '/etc/over lay.yml' --env-file .env.prod"
                + " --profile gpu");
  }

  @Test
  void theProjectDirectoryIsSaidWhereComposeWouldTakeAnother() {
    Path folder = Path.of("/srv/shop");
    assertThat(
            ComposeCommandLine.text(
                new ComposeInvocation(
                    "shop",
                    folder,
                    List.of(folder.resolve("deploy/base.yml")),
                    List.of(),
                    List.of())))
        .isEqualTo("docker compose -p shop --project-directory . -f deploy/base.yml");
  }

  @Property(tries = 40)
  void aShellTakesAQuotedWordForOneWord(
      @ForAll @StringLength(max = 20) @CharRange(from = ' ', to = '~') String word)
      throws Exception {
    Process shell =
        new ProcessBuilder("sh", "-c", "printf %s " + ComposeCommandLine.quoted(word)).start();
    assertThat(new String(shell.getInputStream().readAllBytes())).isEqualTo(word);
    assertThat(shell.waitFor()).isZero();
  }
}
