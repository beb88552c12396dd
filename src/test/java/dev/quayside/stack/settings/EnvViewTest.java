package dev.quayside.stack.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.catalogue.EnvReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is shown of a file: its settings, its problems, and what it is. */
class EnvViewTest extends EnvEditingFixture {

  @Test
  void aViewMasksSecretsAndTellsProblems() throws Exception {
    write("A=plain\nAPI_KEY=changeme\nURL=postgres://u:zzpass@db/x\nB='1'\nB=2\nC=\"$MISSING\"\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    EnvView view = editing.view(EnvWorld.target(file));
    assertThat(view.settings())
        .extracting(EnvView.Setting::shown)
        .containsExactly("plain", EnvDiff.MASK, EnvDiff.MASK, "2", "$MISSING");
    assertThat(view.problems())
        .extracting(EnvProblem::kind)
        .containsExactly(
            EnvProblem.Kind.MODE,
            EnvProblem.Kind.KNOWN_VALUE,
            EnvProblem.Kind.DUPLICATE,
            EnvProblem.Kind.INTERPOLATED,
            EnvProblem.Kind.UNDEFINED);
  }

  @Test
  void brokenAndCarriageReturnsAreTold() throws Exception {
    write("A=1\r\nB=a b\nno assignment!\n");
    EnvView view = editing.view(EnvWorld.target(file));
    assertThat(view.problems())
        .extracting(EnvProblem::kind)
        .containsExactly(
            EnvProblem.Kind.CRLF, EnvProblem.Kind.READ_DIFFERENTLY, EnvProblem.Kind.BROKEN);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        ".env.prod,prod",
        ".env.Prod,Prod",
        ".env.gold,gold",
        ".env.newyork,newyork",
        ".env.household,household",
        ".env.defaults-eu,-",
        ".env.example,-",
        ".env.EXAMPLE,-",
        ".env.prod-old,-",
        ".env.bak2,-",
        ".env.old_1,-",
        ".env,-",
        "x.env.prod,-",
      })
  void aSetIsKnownByItsName(String name, String set) {
    assertThat(EnvFiles.setName(Path.of("/x", name))).isEqualTo(set);
  }

  @Test
  void everyReaderOfTheFileIsHeldAgainstCompose() throws Exception {
    write("A=x # why\nB='two words'\nC=plain\nD=$C\nE = x\n");
    EnvTarget usual = EnvWorld.target(file);
    EnvTarget target =
        new EnvTarget(
            usual.stack(),
            file,
            usual.name(),
            usual.role(),
            EnumSet.of(EnvReader.COMPOSE, EnvReader.SIMPLE, EnvReader.SYSTEMD));
    assertThat(editing.view(target).problems())
        .filteredOn(problem -> problem.kind() == EnvProblem.Kind.READ_DIFFERENTLY)
        .extracting(EnvProblem::line, EnvProblem::name)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1, "A"),
            org.assertj.core.groups.Tuple.tuple(2, "B"),
            org.assertj.core.groups.Tuple.tuple(5, "E"));
    assertThat(editing.view(target).problems().getFirst().text())
        .contains("own tools", "systemd")
        .doesNotContain("shell");
    assertThat(editing.view(usual).problems())
        .filteredOn(problem -> problem.kind() == EnvProblem.Kind.READ_DIFFERENTLY)
        .extracting(EnvProblem::name)
        .containsExactly("E");
  }
}
