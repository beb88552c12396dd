package dev.quayside.stack.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class LineAssemblerTest {

  private static final Instant FIRST = Instant.parse("2026-11-22T10:00:00.000000001Z");

  private record Line(Instant at, String text, long cut) {}

  private static List<Line> read(byte[] stream, List<Integer> cuts) {
    List<Line> lines = new ArrayList<>();
    LineAssembler assembler = new LineAssembler((at, text, cut) -> lines.add(new Line(at, text, cut)));
    int from = 0;
    for (int cut : cuts) {
      int to = Math.clamp(cut, from, stream.length);
      assembler.accept(Arrays.copyOfRange(stream, from, to));
      from = to;
    }
    assembler.accept(Arrays.copyOfRange(stream, from, stream.length));
    assembler.end();
    return lines;
  }

  /** Writes lines the way the engine does: a stamp each, torn every 16 KiB with a stamp for each part. */
  private static byte[] engineWrites(List<String> texts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long nano = 0;
    for (String text : texts) {
      byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
      for (int from = 0; from < bytes.length; from += LineAssembler.PART) {
        out.writeBytes((FIRST.plusNanos(nano++) + " ").getBytes(StandardCharsets.US_ASCII));
        out.write(bytes, from, Math.min(LineAssembler.PART, bytes.length - from));
      }
    }
    return out.toByteArray();
  }

  @Provide
  Arbitrary<List<String>> texts() {
    Arbitrary<String> brief =
        Arbitraries.strings().withChars(" abcü…0123:-.TZ{}\"").ofMaxLength(60);
    Arbitrary<String> torn =
        Arbitraries.integers()
            .between(LineAssembler.PART - 3, LineAssembler.PART * 2 + 3)
            .map(length -> "x".repeat(length));
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(9, brief), net.jqwik.api.Tuple.of(1, torn))
        .list()
        .ofMaxSize(12);
  }

  @Provide
  Arbitrary<List<Integer>> cuts() {
    return Arbitraries.integers()
        .between(0, 40_000)
        .list()
        .ofMaxSize(30)
        .map(list -> list.stream().sorted().collect(Collectors.toList()));
  }

  @Property(tries = 300)
  void linesAreTheSameHoweverTheBytesAreTorn(
      @ForAll("texts") List<String> texts, @ForAll("cuts") List<Integer> cuts) {
    List<Line> lines = read(engineWrites(texts), cuts);

    assertThat(lines).hasSameSizeAs(texts);
    for (int i = 0; i < texts.size(); i++) {
      byte[] whole = texts.get(i).getBytes(StandardCharsets.UTF_8);
      int kept = Math.min(whole.length, LineAssembler.LONGEST_LINE);
      assertThat(lines.get(i).text()).isEqualTo(new String(whole, 0, kept, StandardCharsets.UTF_8));
      assertThat(lines.get(i).cut()).isEqualTo(whole.length - kept);
      assertThat(lines.get(i).at()).isBetween(FIRST, FIRST.plusSeconds(1));
    }
  }

  @Property(tries = 500)
  void anyBytesAreReadWithoutFailingAndWithoutLoss(@ForAll byte[] bytes) {
    List<Line> lines = read(bytes, List.of(1, 2, 5));
    long newlines = 0;
    for (byte b : bytes) {
      newlines += b == '\n' ? 1 : 0;
    }
    assertThat((long) lines.size()).isBetween(newlines, newlines + 1);
  }

  @Test
  void aLineWithoutAnEndIsGivenOutWhenTheStreamEnds() {
    assertThat(read((FIRST + " half").getBytes(StandardCharsets.UTF_8), List.of()))
        .containsExactly(new Line(FIRST, "half", 0));
  }

  @Test
  void anEmptyLineIsALine() {
    assertThat(read((FIRST + " \n").getBytes(StandardCharsets.UTF_8), List.of()))
        .containsExactly(new Line(FIRST, "", 0));
  }

  @Test
  void aLineWithoutAStampKeepsItsText() {
    assertThat(read("no stamp here\n2026-11 x\n".getBytes(StandardCharsets.UTF_8), List.of()))
        .containsExactly(new Line(null, "no stamp here", 0), new Line(null, "2026-11 x", 0));
  }

  @Test
  void whatIsBeyondTheLongestLineIsCountedAndNotKept() {
    byte[] huge = engineWrites(List.of("y".repeat(3_000_000), "after"));
    List<Line> lines = read(huge, List.of());
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0).text()).hasSize(LineAssembler.LONGEST_LINE);
    assertThat(lines.get(0).cut()).isEqualTo(3_000_000 - LineAssembler.LONGEST_LINE);
    assertThat(lines.get(1).text()).isEqualTo("after");
  }

  @Test
  void theCarriageReturnBeforeALineEndIsDropped() {
    assertThat(read((FIRST + " dos\r\n").getBytes(StandardCharsets.UTF_8), List.of()))
        .containsExactly(new Line(FIRST, "dos", 0));
  }
}
