package dev.quayside.stack.env;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Characters are told from bytes as Go tells them. */
class RunesTest {

  /** Every character that has bytes of its own is read as Java reads it, from both sides. */
  @Test
  void everyCharacterIsReadFromItsBytes() {
    for (int point = 0; point <= Character.MAX_CODE_POINT; point += point < 0x3000 ? 1 : 97) {
      if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
        continue;
      }
      byte[] bytes = ("a" + Character.toString(point) + "b").getBytes(UTF_8);
      int size = bytes.length - 2;
      if (Runes.at(bytes, 1) != point
          || Runes.size(bytes, 1) != size
          || Runes.before(bytes, 1 + size) != 1) {
        throw new AssertionError(Integer.toHexString(point));
      }
    }
    assertThat(Runes.at("\uffff".getBytes(UTF_8), 0)).isEqualTo(0xFFFF);
    assertThat(Runes.at("\udbff\udfff".getBytes(UTF_8), 0)).isEqualTo(0x10FFFF);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80",
        "bf",
        "c0af",
        "c1bf",
        "c3",
        "c328",
        "e0",
        "e09f80",
        "e282",
        "e28228",
        "eda080",
        "f08fbfbf",
        "f09f98",
        "f4908080",
        "f5808080",
        "ff",
        "f0808080",
        "e08080"
      })
  void whatIsNoneCountsAsOneOddCharacter(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertThat(Runes.at(bytes, 0)).isEqualTo(Runes.ODD);
    assertThat(Runes.size(bytes, 0)).isEqualTo(1);
    assertThat(Runes.before(bytes, bytes.length)).isEqualTo(bytes.length - 1);
  }

  @ParameterizedTest
  @CsvSource({
    "9,true,true",
    "10,false,true",
    "11,true,true",
    "12,true,true",
    "13,true,true",
    "32,true,true",
    "133,true,true",
    "160,true,true",
    "5760,false,true",
    "8192,false,true",
    "8202,false,true",
    "8203,false,false",
    "8232,false,true",
    "8233,false,true",
    "8239,false,true",
    "8287,false,true",
    "12288,false,true",
    "8,false,false",
    "14,false,false",
    "31,false,false",
    "33,false,false",
    "65279,false,false",
    "65,false,false",
    "131072,false,false",
    "65696,false,false",
  })
  void spacesAreThoseOfCompose(int point, boolean blank, boolean space) {
    assertThat(Runes.isBlank(point)).isEqualTo(blank);
    assertThat(Runes.isSpace(point)).isEqualTo(space);
  }

  @ParameterizedTest
  @CsvSource({
    "65,true",
    "122,true",
    "95,true",
    "46,true",
    "45,true",
    "91,true",
    "93,true",
    "48,true",
    "220,true",
    "178,true",
    "8544,true",
    "36,false",
    "33,false",
    "43,false",
    "47,false",
    "34,false",
    "65533,false",
    "8364,false",
    "128512,false"
  })
  void namesAreMadeOfLettersAndNumbers(int point, boolean named) {
    assertThat(Runes.isNamed(point)).isEqualTo(named);
  }
}
