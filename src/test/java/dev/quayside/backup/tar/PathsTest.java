package dev.quayside.backup.tar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths, links and times at the edges of what is let through. */
class PathsTest {

  private static final String LONGEST_NAME = "n".repeat(PathGuard.LONGEST_NAME);

  private static RawPath ofLength(int length) {
    return RawPath.of(("n/".repeat(length / 2) + "nn").substring(0, length));
  }

  @Test
  void aNameAndAPathAreAsLongAsTheSystemAllows() {
    assertThatCode(() -> PathGuard.requireInside(RawPath.of("a/" + LONGEST_NAME)))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> PathGuard.requireInside(RawPath.of("a/n" + LONGEST_NAME)))
        .hasMessageContaining("256 bytes of name");
    assertThatCode(() -> PathGuard.requireInside(ofLength(4095))).doesNotThrowAnyException();
    assertThatThrownBy(() -> PathGuard.requireInside(RawPath.of("n/".repeat(2047) + "nn")))
        .hasMessageContaining("4096 bytes of path");
  }

  @Test
  void aLinkIsAsLongAsTheSystemAllows() {
    assertThatCode(() -> PathGuard.requireTarget(ofLength(4095))).doesNotThrowAnyException();
    assertThatThrownBy(() -> PathGuard.requireTarget(ofLength(4096)))
        .hasMessageContaining("4096 bytes of link");
    assertThatThrownBy(() -> PathGuard.requireTarget(RawPath.of("")))
        .hasMessageContaining("an empty link");
    for (String nul : new String[] {"\0a", "a\0"}) {
      assertThatThrownBy(() -> PathGuard.requireTarget(RawPath.of(nul)))
          .hasMessageContaining("a NUL in a link");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "./a//b/./c, a/b/c",
    "a/, a",
    "./, ''",
    "., ''",
    "'', ''",
    "/a, /a",
    "a/../b, a/../b",
    "x/.b/c., x/.b/c.",
    "a/b, a/b"
  })
  void partsThatMeanNothingAreTakenOut(String path, String tidied) {
    assertThat(PathGuard.tidied(RawPath.of(path))).isEqualTo(RawPath.of(tidied));
  }

  @ParameterizedTest
  @CsvSource({
    "r/l, .., true",
    "r/l, x, false",
    "r/l, ., false",
    "r/l, ./x, false",
    "r/l, .a, false",
    "r/l, .a/b, false",
    "r/l, ..., false",
    "r/l, a., false",
    "r/l, '', false",
    "r/l, /, true",
    "r/l, /r/x, true",
    "r/d/l, .., false",
    "r/d/l, ../x, false",
    "r/d/l, ../.., true",
    "r/d/l, .././x, false",
    "r/d/l, ..//.., true",
    "r/d/l, ./.., false",
    "r/d/l, x/.., true",
    "r/d/e/l, ../../x, false",
    "r/d/e/l, ../../.., true",
    "r/d/e/l, ../x/.., true"
  })
  void aLinkLeadsOutIfItClimbsAboveItsRoot(String link, String target, boolean out) {
    assertThat(PathGuard.leadsOut(RawPath.of(link), RawPath.of(target), RawPath.of("r")))
        .isEqualTo(out);
  }

  @Test
  void theFolderOfNothingIsTheTop() {
    RawPath top = RawPath.of("");
    assertThat(PathGuard.leadsOut(RawPath.of("l"), RawPath.of("x"), top)).isFalse();
    assertThat(PathGuard.leadsOut(RawPath.of("l"), RawPath.of(".."), top)).isTrue();
    assertThat(PathGuard.leadsOut(RawPath.of("d/l"), RawPath.of(".."), top)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"a/b, a", "a/b/c, a/b", "a, ''", "/a, ''", "a/, a"})
  void aPathLiesInItsFolder(String path, String folder) {
    assertThat(RawPath.of(path).parent()).isEqualTo(RawPath.of(folder));
  }

  @ParameterizedTest
  @CsvSource({"a, a, true", "a/b, a, true", "ab, a, false", "a, a/b, false", "b/a, a, false"})
  void aPathIsWithinWhatItBeginsWith(String path, String folder, boolean within) {
    assertThat(RawPath.of(path).within(RawPath.of(folder))).isEqualTo(within);
  }

  @Test
  void bytesAreComparedAsTheyAre() {
    RawPath low = RawPath.of(new byte[] {0, 127});
    RawPath high = RawPath.of(new byte[] {(byte) 0x80});
    assertThat(low).isLessThan(high).isEqualByComparingTo(RawPath.of(low.bytes()));
    assertThat(high).isGreaterThan(low);
    assertThat(low.ascii()).isTrue();
    assertThat(high.ascii()).isFalse();
    assertThat(low.utf8()).isTrue();
    assertThat(high.utf8()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 37, -(1L << 37)})
  void aTimeEndsWhereFileSystemsEnd(long seconds) throws TarException {
    TarTime last = new TarTime(seconds, 0);
    assertThat(last.checked()).isEqualTo(last);
    long beyond = seconds + Long.signum(seconds);
    assertThatThrownBy(() -> new TarTime(beyond, 0).checked()).isInstanceOf(TarException.class);
    assertThat(TarTime.of(Instant.ofEpochSecond(beyond, 7))).isEqualTo(last);
    assertThat(TarTime.of(Instant.ofEpochSecond(12, 7))).isEqualTo(new TarTime(12, 7));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "0.5, 0, 500000000",
    "5.0000000019, 5, 1",
    "-1, -1, 0",
    "-0.25, -1, 750000000",
    "-2.5, -3, 500000000"
  })
  void aTimeIsReadAsItIsWritten(String text, long seconds, int nanos) throws TarException {
    assertThat(TarTime.parse(text)).isEqualTo(new TarTime(seconds, nanos));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", ".5", "--1", "1.x", "1.-5", "99999999999999999", "1e3"})
  void aTimeThatIsNoneIsRefused(String text) {
    assertThatThrownBy(() -> TarTime.parse(text)).isInstanceOf(TarException.class);
  }
}
