package dev.quayside.backup.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.common.ChildProcess;
import dev.quayside.common.ProblemException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The built-in timer and systemd mean the same moments. */
class OnCalendarTest {

  private static final DateTimeFormatter SYSTEMD =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Pattern ELAPSE =
      Pattern.compile("(?:Next elapse|Iter\\. #\\d+): \\w+ (\\S+ \\S+) UTC");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "daily",
        "weekly",
        "monthly",
        "hourly",
        "02:30",
        "Sun 03:00",
        "*-*-* 02:30:00",
        "Mon..Fri *-*-* 22:15",
        "Sat,Sun 12:00",
        "*-*-1,15 04:00",
        "*-*-1..7 04:00",
        "Mon *-*-1..7 04:00",
        "*-1/3-1 00:00",
        "*-2-29 00:30",
        "2-29 00:30",
        "*-*-* 0/6:05",
        "*-*-* 8..18/2:00,30",
        "Wednesday",
        "*-*-31 23:59"
      })
  void systemdSeesTheSameMoments(String expression) throws Exception {
    OnCalendar calendar = OnCalendar.parse(expression);
    Instant at = Instant.parse("2026-11-28T12:00:00Z");
    List<String> ours = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      at = java.util.Objects.requireNonNull(calendar.next(at, ZoneOffset.UTC));
      ours.add(SYSTEMD.format(at));
    }
    ChildProcess.Result result =
        ChildProcess.run(
            ChildProcess.Command.of(
                List.of(
                    "systemd-analyze",
                    "calendar",
                    "--base-time=2026-11-28 12:00:00 UTC",
                    "--iterations=8",
                    expression),
                Map.of("PATH", "/usr/bin:/bin", "TZ", "UTC", "LC_ALL", "C")),
            null,
            Duration.ofSeconds(20),
            1 << 16);
    List<String> theirs = new ArrayList<>();
    Matcher elapses = ELAPSE.matcher(result.output().text());
    while (elapses.find()) {
      theirs.add(elapses.group(1));
    }
    assertThat(theirs).isEqualTo(ours);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "soon",
        "25:00",
        "*-13-1",
        "*-2-30 00:00",
        "2026-1-1 00:00",
        "*-*-~1",
        "02:30:15",
        "02:30 UTC",
        "Fri..Mon 02:30",
        "*-*-*/2",
        "5..3:00",
        "0/0:00",
        "02:30\nOnBootSec=1",
        "%h"
      })
  void whatIsNotUnderstoodIsRefused(String expression) {
    assertThatThrownBy(() -> OnCalendar.parse(expression))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refusal -> assertThat(refusal.problem().code()).isEqualTo("SCHEDULE-CALENDAR"));
  }

  @Test
  void aTimeThatTheClockSkipsComesALittleLater() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    OnCalendar night = OnCalendar.daily(LocalTime.of(2, 30));
    // 29 March 2026: 02:00 becomes 03:00.
    Instant before = Instant.parse("2026-03-28T20:00:00Z");
    assertThat(night.next(before, berlin)).isEqualTo(Instant.parse("2026-03-29T01:30:00Z"));
    assertThat(night.next(Instant.parse("2026-03-29T01:30:00Z"), berlin))
        .isEqualTo(Instant.parse("2026-03-30T00:30:00Z"));
  }

  @Test
  void daysAndWeeksAreWordedAsExpressions() {
    assertThat(OnCalendar.daily(LocalTime.of(2, 5)).expression()).isEqualTo("*-*-* 02:05");
    assertThat(OnCalendar.weekly(DayOfWeek.SUNDAY, LocalTime.of(23, 0)).expression())
        .isEqualTo("Sun *-*-* 23:00");
  }
}
