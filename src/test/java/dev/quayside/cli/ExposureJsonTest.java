package dev.quayside.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.catalogue.KnownService.Authentication;
import dev.quayside.common.Problem;
import dev.quayside.exposure.Exposure;
import dev.quayside.exposure.PortTruth;
import dev.quayside.exposure.PortTruth.Listens;
import dev.quayside.exposure.PortTruth.Mark;
import dev.quayside.exposure.StackExposure;
import dev.quayside.exposure.probe.Guard;
import dev.quayside.exposure.probe.ProbeAnswer;
import dev.quayside.exposure.probe.ProbeAnswer.Credential;
import dev.quayside.exposure.probe.ProbeAnswer.Verdict;
import dev.quayside.exposure.probe.ProbeFinding;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The document of the verb and the code it ends with. */
class ExposureJsonTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private static PortTruth row(Exposure exposure, Mark... marks) {
    return new PortTruth(
        "web\u001b[2J",
        "shop-web-1",
        80,
        "tcp",
        List.of("*:80"),
        List.of("0.0.0.0:80"),
        List.of("[::]:80"),
        Listens.YES,
        false,
        exposure,
        Exposure.LOOPBACK,
        Set.of(marks),
        "");
  }

  private static StackExposure.Table table(PortTruth... rows) {
    return new StackExposure.Table(List.of(rows), null);
  }

  private static PortTruth declaredOnly(Exposure expected, String... declared) {
    return declaredOnly("", expected, declared);
  }

  private static PortTruth declaredOnly(String container, Exposure expected, String... declared) {
    return new PortTruth(
        "web",
        container,
        80,
        "tcp",
        List.of(declared),
        List.of(),
        List.of(),
        Listens.NO,
        false,
        Exposure.NONE,
        expected,
        Set.of(),
        "");
  }

  @ParameterizedTest
  @CsvSource({
    "LOOPBACK, *:8080, ATTENTION",
    "LOOPBACK, 0.0.0.0:8080, ATTENTION",
    "LOOPBACK, '[::]:8080', ATTENTION",
    "LOOPBACK, 127.0.0.1:8080, PROVEN",
    "LOOPBACK, '[::1]:8080', PROVEN",
    "LAN, *:8080, PROVEN",
  })
  void whatWouldBeOpenOnceStartedIsNotProven(Exposure expected, String declared, ExitCode code) {
    ExposureVerdict verdict =
        ExposureVerdict.of(table(declaredOnly(expected, declared)), true, null);

    assertThat(verdict.code()).isEqualTo(code);
    assertThat(String.join("", verdict.reasons()).contains("web:80 is not up"))
        .isEqualTo(code == ExitCode.ATTENTION);
  }

  @Test
  void besideWhatIsUpAServiceThatIsOffIsNoReason() {
    StackExposure.Table table =
        table(row(Exposure.LOOPBACK), declaredOnly(Exposure.LOOPBACK, "*:81"));

    assertThat(ExposureVerdict.of(table, true, null).code()).isEqualTo(ExitCode.PROVEN);
  }

  @Test
  void aStoppedContainerThatWouldOpenMoreThanExpectedIsAReason() {
    StackExposure.Table table =
        table(row(Exposure.LOOPBACK), declaredOnly("shop-web-2", Exposure.LOOPBACK, "0.0.0.0:81"));

    assertThat(ExposureVerdict.of(table, true, null).code()).isEqualTo(ExitCode.ATTENTION);
  }

  private static ProbeFinding finding(Guard guard) {
    return finding(guard, null);
  }

  private static ProbeFinding finding(Guard guard, Authentication expects) {
    return new ProbeFinding(
        "web\u001b[2J",
        "shop-web-1",
        80,
        expects,
        guard,
        List.of(
            new ProbeAnswer(
                Credential.NONE, "web", "GET /", "this host", "web:80", 0, Verdict.UNCLEAR)),
        NOW);
  }

  private static String document(StackExposure.Table table, List<ProbeFinding> findings) {
    Json json = new Json();
    return json.line(
        new ExposureJson(json)
            .document("shop", NOW, table, findings, ExposureVerdict.of(table, true, findings)));
  }

  @Test
  void everyDocumentIsValid() {
    PortTruth untold =
        new PortTruth(
            "x",
            "",
            0,
            "",
            null,
            List.of(),
            List.of(),
            Listens.UNKNOWN,
            true,
            Exposure.UNKNOWN,
            null,
            Set.of(),
            "why");
    StackExposure.Table table = table(row(Exposure.LAN, Mark.values()), untold);
    assertThat(Schemas.faults(document(table, null))).isEmpty();
    Problem problem = new Problem("X", "t", "h", "u", "n", null, "");
    StackExposure.Table undeclared = new StackExposure.Table(List.of(), problem);
    assertThat(Schemas.faults(document(undeclared, List.of()))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Guard.class)
  void everyVerdictIsValid(Guard guard) {
    String document = document(table(row(Exposure.LOOPBACK)), List.of(finding(guard)));
    assertThat(Schemas.faults(document)).isEmpty();
    assertThat(document).doesNotContain("\u001b");
  }

  private static ExitCode code(StackExposure.Table table, List<ProbeFinding> findings) {
    ExposureVerdict verdict = ExposureVerdict.of(table, true, findings);
    if (verdict.code() == ExitCode.ATTENTION) {
      assertThat(verdict.reasons()).isNotEmpty();
    }
    return verdict.code();
  }

  @ParameterizedTest
  @CsvSource({
    "GUARDED, PROVEN",
    "GUARDED_UNCONFIRMED, ATTENTION",
    "OPEN, FINDINGS",
    "KEY_IGNORED, FINDINGS",
    "KEY_REFUSED, FINDINGS",
    "HARMLESS, ATTENTION",
    "NOT_ASKED, ATTENTION",
    "SILENT, ATTENTION",
    "UNKNOWN, ATTENTION"
  })
  void theCodeFollowsTheVerdict(Guard guard, ExitCode code) {
    assertThat(code(table(row(Exposure.LOOPBACK)), List.of(finding(guard)))).isEqualTo(code);
    assertThat(code(table(row(Exposure.LOOPBACK)), List.of(finding(guard, Authentication.KEY))))
        .isEqualTo(code);
  }

  /** What asks nobody for a key is as safe as its port. */
  @ParameterizedTest
  @CsvSource({
    "OPEN, INTERNAL, PROVEN",
    "OPEN, LOOPBACK, PROVEN",
    "OPEN, LAN, FINDINGS",
    "OPEN, UNKNOWN, ATTENTION",
    "HARMLESS, LOOPBACK, PROVEN",
    "HARMLESS, LAN, ATTENTION",
    "NOT_ASKED, LOOPBACK, PROVEN",
    "SILENT, LOOPBACK, ATTENTION"
  })
  void whatNeedsNoKeyIsJudgedByItsReach(Guard guard, Exposure reach, ExitCode code) {
    assertThat(code(table(row(reach)), List.of(finding(guard, Authentication.NONE))))
        .isEqualTo(code);
  }

  @Test
  void theCodeFollowsTheTable() {
    assertThat(code(table(row(Exposure.LOOPBACK)), null)).isEqualTo(ExitCode.PROVEN);
    assertThat(code(table(row(Exposure.UNKNOWN)), null)).isEqualTo(ExitCode.ATTENTION);
    assertThat(code(table(row(Exposure.UNKNOWN), row(Exposure.LAN, Mark.BEYOND_LOOPBACK)), null))
        .isEqualTo(ExitCode.FINDINGS);
  }

  @Test
  void whatWasNotSeenIsNotProven() {
    StackExposure.Table table = table(row(Exposure.LOOPBACK));
    assertThat(ExposureVerdict.of(table, false, null).code()).isEqualTo(ExitCode.ATTENTION);
    assertThat(code(table, List.of())).as("nobody was asked").isEqualTo(ExitCode.ATTENTION);
    Problem unread = new Problem("X", "t", "h", "u", "n", null, "");
    assertThat(code(new StackExposure.Table(table.rows(), unread), null))
        .as("who else listens was not looked for")
        .isEqualTo(ExitCode.ATTENTION);
    assertThat(code(table(), null)).as("nothing runs").isEqualTo(ExitCode.PROVEN);
  }
}
