package dev.quayside.cli;

import static org.assertj.core.api.Assertions.assertThat;

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

  private static ProbeFinding finding(Guard guard) {
    return new ProbeFinding(
        "web",
        80,
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
            .document("shop", NOW, table, findings, ExposureVerb.code(table, findings)));
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

  @ParameterizedTest
  @CsvSource({
    "GUARDED, PROVEN",
    "GUARDED_UNCONFIRMED, PROVEN",
    "OPEN, FINDINGS",
    "KEY_IGNORED, FINDINGS",
    "KEY_REFUSED, FINDINGS",
    "SILENT, ATTENTION",
    "UNKNOWN, ATTENTION"
  })
  void theCodeFollowsTheVerdict(Guard guard, ExitCode code) {
    assertThat(ExposureVerb.code(table(row(Exposure.LOOPBACK)), List.of(finding(guard))))
        .isEqualTo(code);
  }

  @Test
  void theCodeFollowsTheTable() {
    assertThat(ExposureVerb.code(table(row(Exposure.LOOPBACK)), null)).isEqualTo(ExitCode.PROVEN);
    assertThat(ExposureVerb.code(table(row(Exposure.UNKNOWN)), null)).isEqualTo(ExitCode.ATTENTION);
    assertThat(
            ExposureVerb.code(
                table(row(Exposure.UNKNOWN), row(Exposure.LAN, Mark.BEYOND_LOOPBACK)), null))
        .isEqualTo(ExitCode.FINDINGS);
  }
}
