package dev.quayside.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantitiesTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1 KiB",
    "1024, 1 KiB",
    "1536, 1.5 KiB",
    "1181116006, 1.1 GiB",
    "68719476736, 64 GiB"
  })
  void memoryIsWrittenInBinaryUnits(long bytes, String text) {
    assertThat(Quantities.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0 B/s", "999.7, 1 kB/s", "12000, 12 kB/s", "1250000, 1.25 MB/s"})
  void ratesAreWrittenInDecimalUnits(double rate, String text) {
    assertThat(Quantities.rate(rate)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0.0 %", "0.042, 4.2 %", "0.0996, 10 %", "0.88, 88 %", "2.5, 250 %"})
  void sharesAreWrittenInPercent(double share, String text) {
    assertThat(Quantities.percent(share)).isEqualTo(text);
  }

  @Test
  void durationsShowTheirLargestUnits() {
    assertThat(Quantities.duration(Duration.ofSeconds(40))).isEqualTo("40 s");
    assertThat(Quantities.duration(Duration.ofMinutes(125))).isEqualTo("2 h 5 min");
    assertThat(Quantities.duration(Duration.ofDays(3).plusHours(5))).isEqualTo("3 d");
  }

  @Property
  void noQuantityIsWiderThanTheTableColumn(@ForAll @LongRange(min = 0) long bytes) {
    assertThat(Quantities.bytes(bytes).length()).isLessThanOrEqualTo(8);
  }

  @Property
  void noRateIsWiderThanTheTableColumn(@ForAll @DoubleRange(min = 0, max = 1e15) double rate) {
    assertThat(Quantities.rate(rate).length()).isLessThanOrEqualTo(9);
  }
}
