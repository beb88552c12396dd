package dev.quayside.stack.logs;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SafeTextTest {

  @Provide
  Arbitrary<String> hostile() {
    return Arbitraries.strings()
        .withChars(
            "\u001b\u009b\u009d\u009c\u0007[]0;31mKHJ\\ab\t\r\b\u007f\u202e\u2066\u200b\ufeffPü漢")
        .ofMaxLength(80);
  }

  @Property(tries = 3_000)
  void nothingThatActsIsLeft(@ForAll("hostile") String text) {
    assertThat(SafeText.of(text).chars())
        .noneMatch(c ->
            Character.getType(c) == Character.CONTROL || Character.getType(c) == Character.FORMAT);
  }

  @Property(tries = 1_000)
  void safeTextStaysAsItIs(@ForAll("hostile") String text) {
    String once = SafeText.of(text);
    assertThat(SafeText.of(once)).isEqualTo(once);
  }

  @Property(tries = 1_000)
  void anyTextIsSafeAfterwards(@ForAll String text) {
    assertThat(SafeText.of(text).chars()).noneMatch(Character::isISOControl);
  }

  @Test
  void coloursAndCursorMovesAreRemoved() {
    assertThat(SafeText.of("\u001b[1;31mred\u001b[0m plain\u001b[2K \u009b32mgreen"))
        .isEqualTo("red plain green");
  }

  @Test
  void aTitleCommandIsRemovedAndALinkKeepsItsText() {
    assertThat(
            SafeText.of("\u001b]0;owned\u0007a \u001b]8;;http://x/\u001b\\link\u001b]8;;\u001b\\"))
        .isEqualTo("a link");
  }

  @Test
  void aSequenceThatNeverEndsHidesNothing() {
    assertThat(SafeText.of("\u001b]0;the rest of the line"))
        .isEqualTo("\\x1b]0;the rest of the line");
    assertThat(SafeText.of("\u001b[31")).isEqualTo("\\x1b[31");
    assertThat(SafeText.of("end\u001b")).isEqualTo("end\\x1b");
  }

  @Test
  void anOverwritingCarriageReturnIsShown() {
    assertThat(SafeText.of("secret\rpublic")).isEqualTo("secret\\x0dpublic");
  }

  @Test
  void aTextDirectionOverrideIsShown() {
    assertThat(SafeText.of("a\u202eb")).isEqualTo("a\\u{202e}b");
  }

  @Test
  void ordinaryTextOfAnyScriptIsKept() {
    assertThat(SafeText.of("Grüße 漢字 😀 שלום")).isEqualTo("Grüße 漢字 😀 שלום");
  }
}
