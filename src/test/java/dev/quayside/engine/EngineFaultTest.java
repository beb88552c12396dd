package dev.quayside.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Problem;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EngineFaultTest {

  @ParameterizedTest
  @EnumSource(EngineFault.class)
  void everyFaultHasAllItsTexts(EngineFault fault) {
    Problem problem = fault.problem("detail", "first", "second");

    assertThat(problem.code()).isEqualTo(fault.name().replace('_', '-'));
    assertThat(problem.title() + problem.happened() + problem.unchanged() + problem.nextStep())
        .doesNotContain("{", "''");
    assertThat(problem.command() != null).isEqualTo(fault.mendable());
  }

  @Test
  void theBundleHoldsNothingBesides() {
    Set<String> wanted = new TreeSet<>();
    for (EngineFault fault : EngineFault.values()) {
      String key = fault.code().toLowerCase(Locale.ROOT);
      for (String part : new String[] {"title", "happened", "unchanged", "next"}) {
        wanted.add(key + "." + part);
      }
      if (fault.mendable()) {
        wanted.add(key + ".command");
      }
    }

    assertThat(ResourceBundle.getBundle("dev.quayside.messages.engine").keySet())
        .containsExactlyInAnyOrderElementsOf(wanted);
  }

  @Test
  void whatComposeSaysIsAllThatIsSaidToHaveHappened() {
    Problem problem = EngineFault.COMPOSE_FAILED.problem("", 14, "no such service: x");
    assertThat(problem.happened()).isEqualTo("no such service: x");
    assertThat(problem.nextStep()).contains("status 14");
  }

  @Test
  void foreignTextInAProblemIsNotTakenForAPattern() {
    assertThat(EngineFault.CONTAINER_GONE.problem("", "no such {0} 'thing'").happened())
        .isEqualTo("The engine said: no such {0} 'thing'");
  }
}
