package dev.quayside.stack.env;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Compose refuses to put variables into is known beforehand. */
class ComposeTemplateTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "$",
        "a$",
        "$$",
        "$$$",
        "$a",
        "$1",
        "$ {",
        "$${",
        "a}b{",
        "${A}",
        "${_a9}x",
        "${A}}",
        "${A-}",
        "${A:-}",
        "${A:-x}",
        "${A-x}",
        "${A+x}",
        "${A:+x}",
        "${A?x}",
        "${A:?x}",
        "${A:-x y}",
        "${A}${B}",
        "${A:-{}",
        "$a${B}",
        "{",
        "${z}",
        "${Z}",
        "${a:-\u00e9}"
      })
  void whatComposeReads(String text) {
    assertThat(ComposeTemplate.broken(text.getBytes(UTF_8))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${",
        "a${",
        "${}",
        "${1}",
        "${A",
        "${A b}",
        "${A:}",
        "${A:x}",
        "${A=x}",
        "${A:-x",
        "${A-",
        "${A:",
        "$${${",
        "${A}${",
        "${A:-\n}",
        "$a${",
        "${-}",
        "${ A}",
        "${\u00e9}",
        "${A.b}",
        "$$${",
        "${A:-x}${1"
      })
  void whatComposeRefuses(String text) {
    assertThat(ComposeTemplate.broken(text.getBytes(UTF_8))).isTrue();
  }
}
