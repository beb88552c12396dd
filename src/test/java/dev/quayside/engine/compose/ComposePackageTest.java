package dev.quayside.engine.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Problem;
import dev.quayside.engine.EngineFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What to do about a missing Compose, by what the machine's packages offer. */
class ComposePackageTest {

  private static final Problem MISSING = EngineFault.COMPOSE_MISSING.problem("");

  @Test
  void debian12OffersOnlyOneThatIsTooOldSoWordsAreGivenAndNoCommand() {
    Problem advised = advised("docker-compose", "1.29.2-3");

    assertThat(advised.command()).isNull();
    assertThat(advised.nextStep()).contains("~/.docker/cli-plugins");
    assertThat(advised.code()).isEqualTo(MISSING.code());
  }

  @ParameterizedTest
  @CsvSource({
    "docker-compose-plugin, 5:2.29.7-1~debian.12~bookworm",
    "docker-compose-v2, 2.24.6+ds1-0ubuntu1~22.04.1",
    "docker-compose, 2.26.1-4"
  })
  void thePackageThatIsThereAndNewEnoughIsTheOneToInstall(String name, String version) {
    Problem advised = advised(name, version);

    assertThat(advised.command()).startsWith("sudo apt-get install").endsWith(" " + name);
    assertThat(advised.nextStep()).isEqualTo(MISSING.nextStep());
  }

  @ParameterizedTest
  @CsvSource({"docker-compose-plugin, (none)", "docker-compose-v2, 2.20.0", "other, 2.40.0"})
  void aPackageThatCannotBeInstalledOrIsTooOldIsNotAdvised(String name, String version) {
    assertThat(advised(name, version).command()).isNull();
  }

  @Test
  void eachPackageIsJudgedByItsOwnLinesOfTheOneAnswer() {
    String policies =
        policy("docker-compose-plugin", "(none)")
            + policy("docker-compose-v2", "2.20.0")
            + policy("docker-compose", "2.26.1-4");

    assertThat(ComposePackage.advised(MISSING, policies).command()).endsWith(" docker-compose");
  }

  @Test
  void theFirstOfSeveralThatFitIsTaken() {
    String policies =
        policy("docker-compose", "2.26.1-4") + policy("docker-compose-v2", "2.24.6+ds1");

    assertThat(ComposePackage.advised(MISSING, policies).command()).endsWith(" docker-compose-v2");
  }

  private static Problem advised(String known, String version) {
    return ComposePackage.advised(MISSING, policy(known, version));
  }

  private static String policy(String name, String version) {
    return name
        + ":\n  Installed: (none)\n  Candidate: "
        + version
        + "\n  Version table:\n     "
        + version
        + " 500\n";
  }
}
