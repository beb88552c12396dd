package dev.quayside.telemetry.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmiValueTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[N/A]",
        "N/A",
        "[Not Supported]",
        "[Insufficient Permissions]",
        "[Unknown Error]",
        "ERR!",
        "-",
        "",
        "[Requested functionality has been deprecated]",
        "[Function Not Found]",
        "NaN",
        "Infinity",
        "1e5",
        "0x10",
        "1.2.3",
        "٣",
        "12,5",
        " 3",
        "999999999999999999999"
      })
  void whatIsNoNumberIsNotAvailable(String text) {
    assertThat(SmiValue.number(text)).isEmpty();
    assertThat(SmiValue.share(text)).isEmpty();
    assertThat(SmiValue.mebibytes(text)).isEmpty();
    assertThat(SmiValue.whole(text)).isEmpty();
  }

  @Property(tries = 200)
  void numbersAreReadWhateverTheLanguageOfTheSession(
      @ForAll @DoubleRange(min = 0, max = 10_000) double watts) {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      String text = String.format(Locale.ROOT, "%.2f", watts);
      assertThat(SmiValue.positive(text)).hasValue(Double.parseDouble(text));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Property(tries = 200)
  void mebibytesBecomeBytesWithAndWithoutTheirUnit(
      @ForAll @LongRange(min = 0, max = 1_000_000) long mebibytes) {
    assertThat(SmiValue.mebibytes(String.valueOf(mebibytes))).hasValue(mebibytes << 20);
    assertThat(SmiValue.mebibytes(mebibytes + " MiB")).hasValue(mebibytes << 20);
  }

  @Property(tries = 200)
  void bitsAreReadAsTheToolWritesThem(@ForAll long bits) {
    assertThat(SmiValue.bits("0x%016X".formatted(bits))).isEqualTo(bits);
  }

  @Property(tries = 500)
  void noLineMakesAReaderFail(@ForAll String line) {
    List<String> values = SmiValue.split(line, 4);
    assertThat(values == null || values.size() == 4).isTrue();
    ProcessRow row = ProcessRow.read(line);
    assertThat(row == null || row.pid() > 0).isTrue();
    SmiValue.bits(line);
    ProcessOwners.ids(line);
  }
}
