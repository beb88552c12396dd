package dev.quayside.stack.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComplaintPlaceTest {

  @TempDir private Path folder;

  private Path file(String text) throws Exception {
    return Files.writeString(folder.resolve("compose.yaml"), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "include: ['https://git.example/x.git']",
        "include: [\"git@git.example:x/y.git\"]",
        "include: [{path: oci://registry.example/x:1}]",
        "include:\n  - git@git.example:x/y.git#main:sub",
        "include:\n  - path: 'ssh://git@git.example/x.git'",
        "services:\n  web:\n    extends:\n      file: github.com/x/y.git",
        "services:\n  web:\n    extends: {file: 'git://git.example/x.git', service: web}",
      })
  void aFileOfAnotherMachineIsFoundByItsLine(String text) throws Exception {
    Path file = file("# include: what is needed\nname: x\n" + text + "\n");

    ComplaintPlace place = ComplaintPlace.remote(List.of(file));

    int last = 2 + (int) text.lines().count();
    assertThat(place).isEqualTo(new ComplaintPlace(file, last));
  }

  @Test
  void addressesThatAreNoFilesAreNotTakenForOne() throws Exception {
    Path file =
        file(
            """
            include: [sub/compose.yaml]
            services:
              web:
                environment:
                  URL: https://web.example/
                command: [fetch, "https://web.example/x.git"]
            """);

    assertThat(ComplaintPlace.remote(List.of(file))).isEqualTo(ComplaintPlace.UNKNOWN);
  }

  @Test
  void theMemberThatComposeNamesIsFoundByItsIndentation() throws Exception {
    Path file =
        file(
            """
            services:
              web:
                image: x
                ports:
                  - "80:80"
                  - { target: x }
            """);

    assertThat(ComplaintPlace.find("services.web.ports.[1] must be a number", List.of(file)))
        .isEqualTo(new ComplaintPlace(file, 6));
  }
}
