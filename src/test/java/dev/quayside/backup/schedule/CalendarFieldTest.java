package dev.quayside.backup.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.common.ProblemException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A plan's numbers at their edges, where nobody asks systemd for its opinion. */
class CalendarFieldTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "*~1 2 3 4 5 6 7",
        "1~1",
        "7~7",
        "1..7~1 2 3 4 5 6 7",
        "3..3~3",
        "1/3~1 4 7",
        "2/3~2 5",
        "7/1~7",
        "2..6/2~2 4 6",
        "7,1..2~1 2 7"
      })
  void aFieldNamesItsValues(String text, String values) {
    String found =
        CalendarField.of(text, 1, 7).stream()
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(" "));
    assertThat(found).isEqualTo(values);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "8", "1..8", "0..7", "3..2", "1/0", "8/1", "1,", "", "x", "100"})
  void aFieldThatNamesNothingIsRefused(String text) {
    assertThatThrownBy(() -> CalendarField.of(text, 1, 7))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theMomentItselfIsOver() throws ProblemException {
    OnCalendar calendar = OnCalendar.parse("0..23:0..59");
    Instant moment = Instant.parse("2026-11-28T23:59:00Z");
    assertThat(calendar.next(moment, ZoneOffset.UTC)).isEqualTo(moment.plusSeconds(60));
    assertThat(calendar.next(moment.minusMillis(1), ZoneOffset.UTC)).isEqualTo(moment);
  }

  @Test
  void aLeapDayOnAWeekdayComesHoweverLongItTakes() throws ProblemException {
    // 2100 is no leap year, so that after 2072 a Monday comes first in 2112.
    assertThat(
            OnCalendar.parse("Mon 2-29 04:00")
                .next(Instant.parse("2072-02-29T04:00:00Z"), ZoneOffset.UTC))
        .isEqualTo(Instant.parse("2112-02-29T04:00:00Z"));
  }

  @Test
  void anExpressionHasALength() throws ProblemException {
    String most = "Mon" + ",Mon".repeat(48) + " 02:30";
    assertThat(most).hasSize(201);
    assertThatThrownBy(() -> OnCalendar.parse(most)).isInstanceOf(ProblemException.class);
    String shorter = most.replace(" 02:30", " 2:30");
    assertThat(OnCalendar.parse(" " + shorter + " ").expression()).isEqualTo(shorter).hasSize(200);
  }

  @Test
  void expressionsAreTheSameIfTheirWordsAre() throws ProblemException {
    OnCalendar one = OnCalendar.parse("Mon 02:30");
    assertThat(one).isEqualTo(OnCalendar.parse(" Mon 02:30")).hasToString("Mon 02:30");
    assertThat(one).hasSameHashCodeAs(OnCalendar.parse("Mon 02:30"));
    assertThat(one).isNotEqualTo(OnCalendar.parse("Tue 02:30"));
  }

  @Test
  void aRuleKeepsFromNoneToTenThousand() {
    assertThatCode(() -> new Retention(10_000, 0, 0, 10_000)).doesNotThrowAnyException();
    for (int wrong : List.of(-1, 10_001)) {
      assertThatThrownBy(() -> new Retention(wrong, 0, 0, 0)).hasMessageContaining(wrong + " ");
      assertThatThrownBy(() -> new Retention(0, 0, 0, wrong)).hasMessageContaining(wrong + " ");
    }
    assertThat(new Retention(0, 0, 0, 0).keepsAll()).isTrue();
    assertThat(new Retention(0, 0, 0, 1).keepsAll()).isFalse();
  }
}
