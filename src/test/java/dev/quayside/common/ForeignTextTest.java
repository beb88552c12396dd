package dev.quayside.common;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ForeignTextTest {

  @Test
  void controlCharactersBecomeVisible() {
    assertThat(ForeignText.line("web\u001b[2J\r\n", 40)).isEqualTo("web\\x1b[2J\\x0d\\x0a");
  }

  @Test
  void directionOverridesCannotReorderTheRow() {
    assertThat(ForeignText.line("a\u202eb", 40)).isEqualTo("a\\u{202e}b");
  }

  @Test
  void longTextIsCutWithAnEllipsis() {
    assertThat(ForeignText.line("abcdefgh", 4)).isEqualTo("abc…");
  }

  @Test
  void ordinaryTextIsLeftAlone() {
    assertThat(ForeignText.line("grüße-日本-1", 40)).isEqualTo("grüße-日本-1");
  }

  @Property
  void whateverComesInIsOneBoundedLineWithoutControls(
      @ForAll String text, @ForAll @IntRange(min = 1, max = 200) int longest) {
    String safe = ForeignText.line(text, longest);
    assertThat(safe.length()).isLessThanOrEqualTo(longest);
    assertThat(safe.chars().noneMatch(Character::isISOControl)).isTrue();
  }
}
