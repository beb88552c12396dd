package dev.quayside.stack.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.common.ProblemException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineSearchTest {

  @Test
  void findsWithoutRegardToCaseUnlessAsked() throws Exception {
    assertThat(LineSearch.of("ERRor", false).found("an error")).isTrue();
    assertThat(LineSearch.of("ERRor", true).found("an error")).isFalse();
  }

  @Test
  void namesThePlaceOfTheMistake() {
    assertThatThrownBy(() -> LineSearch.of("a(b", false))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().code()).isEqualTo("LOGS-EXPRESSION");
              assertThat(e.problem().title()).contains("Unclosed group").contains("at character 4");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a+)+$", "(x+x+)+y", "(a|aa)+$", "(.*a){20}$", "(a|b|ab)*c"})
  void anExpressionThatBacktracksWithoutEndIsGivenUpOn(String expression) throws Exception {
    LineSearch search = LineSearch.of(expression, true);
    String line = ("a".repeat(4_000) + "x".repeat(4_000) + "!").repeat(2);
    assertThatThrownBy(() -> search.found(line)).isInstanceOf(LineSearch.TooCostly.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\bERROR\\b.*timeout",
        "user=\\w+",
        "(GET|POST) /v1/.* 5\\d\\d",
        "^\\S+ \\S+ \\[\\w+\\]"
      })
  void ordinaryExpressionsStayWithinTheBudgetOnALongLine(String expression) throws Exception {
    String line = "GET /v1/chat 200 user=x [info] ".repeat(4_000 / 31);
    assertThat(LineSearch.of(expression, false).hits(line, 10)).hasSizeLessThanOrEqualTo(10);
  }

  @Test
  void hitsAreThePlacesOfTheMatches() throws Exception {
    assertThat(LineSearch.of("o\\b|x*", false).hits("foo oo", 5))
        .isEqualTo(List.of(new LineSearch.Hit(2, 3), new LineSearch.Hit(5, 6)));
  }

  @Test
  void aCostlySearchIsSwitchedOffAndHidesNothing() throws Exception {
    LogFilter filter = new LogFilter(null, LineSearch.of("(a+)+$", true), false);
    LogLine line = line("a", "a".repeat(5_000) + "!", Severity.UNKNOWN);
    for (int i = 0; i < 3; i++) {
      assertThat(filter.tooCostly()).isFalse();
      assertThat(filter.test(line)).isTrue();
    }
    assertThat(filter.tooCostly()).isTrue();
    assertThat(filter.test(line("a", "quick", Severity.UNKNOWN))).isTrue();
  }

  @Test
  void theFilterJoinsServiceSeverityAndSearch() throws Exception {
    LogFilter filter = new LogFilter(Set.of("db"), LineSearch.of("disk", false), true);
    assertThat(filter.test(line("db", "disk full", Severity.ERROR))).isTrue();
    assertThat(filter.test(line("web", "disk full", Severity.ERROR))).isFalse();
    assertThat(filter.test(line("db", "disk full", Severity.WARNING))).isFalse();
    assertThat(filter.test(line("db", "memory full", Severity.ERROR))).isFalse();
  }

  private static LogLine line(String service, String text, Severity severity) {
    return new LogLine(
        1,
        java.time.Instant.EPOCH,
        service,
        new dev.quayside.engine.ContainerId("c"),
        false,
        severity,
        text,
        0);
  }
}
