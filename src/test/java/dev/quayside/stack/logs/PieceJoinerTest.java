package dev.quayside.stack.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.engine.LogChunk;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PieceJoinerTest {

  private static final Instant FIRST = Instant.parse("2026-11-22T10:00:00Z");

  private record Line(Instant at, String text, long cut) {}

  private static List<Line> read(List<LogChunk> chunks) {
    List<Line> lines = new ArrayList<>();
    PieceJoiner joiner = new PieceJoiner((at, text, cut) -> lines.add(new Line(at, text, cut)));
    chunks.forEach(joiner::accept);
    joiner.end();
    return lines;
  }

  private static LogChunk chunk(int nano, String text, boolean endsLine) {
    return new LogChunk(LogChunk.Source.OUTPUT, FIRST.plusNanos(nano), text, endsLine);
  }

  @Provide
  Arbitrary<List<String>> texts() {
    Arbitrary<String> brief = Arbitraries.strings().withChars(" abü…0123\"").ofMaxLength(60);
    Arbitrary<String> huge =
        Arbitraries.integers()
            .between(PieceJoiner.LONGEST_LINE - 2, PieceJoiner.LONGEST_LINE * 3)
            .map(length -> "x".repeat(length));
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(9, brief), net.jqwik.api.Tuple.of(1, huge))
        .list()
        .ofMaxSize(12);
  }

  @Property(tries = 300)
  void linesAreTheSameHoweverTheyAreTorn(
      @ForAll("texts") List<String> texts, @ForAll @IntRange(min = 1, max = 30_000) int piece) {
    List<LogChunk> chunks = new ArrayList<>();
    int stamp = 0;
    List<Integer> firstStamps = new ArrayList<>();
    for (String text : texts) {
      firstStamps.add(stamp);
      for (int from = 0; from < text.length(); from += piece) {
        chunks.add(
            chunk(stamp++, text.substring(from, Math.min(text.length(), from + piece)), false));
      }
      chunks.add(chunk(stamp++, "", true));
    }

    List<Line> lines = read(chunks);

    assertThat(lines).hasSameSizeAs(texts);
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      int kept = Math.min(text.length(), PieceJoiner.LONGEST_LINE);
      assertThat(lines.get(i))
          .isEqualTo(
              new Line(
                  FIRST.plusNanos(firstStamps.get(i)),
                  text.substring(0, kept),
                  text.length() - kept));
    }
  }

  @Test
  void aLineWithoutAnEndIsGivenOutWhenTheStreamEnds() {
    assertThat(read(List.of(chunk(0, "ha", false), chunk(1, "lf", false))))
        .containsExactly(new Line(FIRST, "half", 0));
  }

  @Test
  void anEmptyLineIsALineAndNothingIsNone() {
    assertThat(read(List.of(chunk(0, "", true)))).containsExactly(new Line(FIRST, "", 0));
    assertThat(read(List.of())).isEmpty();
  }

  @Test
  void theCarriageReturnBeforeALineEndIsDropped() {
    assertThat(read(List.of(chunk(0, "dos\r", true)))).containsExactly(new Line(FIRST, "dos", 0));
  }
}
