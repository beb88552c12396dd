package dev.quayside.engine.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.engine.LogChunk;
import dev.quayside.engine.LogChunk.Source;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogLinesTest {

  private static final String STAMP = "2026-11-22T12:00:00.123456789Z ";
  private static final Instant AT = Instant.parse("2026-11-22T12:00:00.123456789Z");

  private final List<LogChunk> chunks = new ArrayList<>();
  private final LogLines lines = new LogLines(Source.ERROR, chunks::add);

  private void frame(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    lines.accept(bytes, bytes.length, true);
  }

  private void raw(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    lines.accept(bytes, bytes.length, false);
  }

  @Test
  void takesTheStampOffALine() {
    frame(STAMP + "hello world\r\n");

    assertThat(chunks).containsExactly(new LogChunk(Source.ERROR, AT, "hello world", true));
  }

  @Test
  void joinsALineThatTheEngineStoredInParts() {
    frame(STAMP + "first ");
    frame(STAMP + "second\n");

    assertThat(chunks).extracting(LogChunk::text).containsExactly("first second");
  }

  @Test
  void keepsAnEmptyLine() {
    frame(STAMP + "\n");

    assertThat(chunks).containsExactly(new LogChunk(Source.ERROR, AT, "", true));
  }

  @Test
  void takesALineWithoutStampAsItIs() {
    frame("no stamp here\n");
    frame("word\n");

    assertThat(chunks).extracting(LogChunk::text).containsExactly("no stamp here", "word");
    assertThat(chunks).extracting(LogChunk::at).containsOnlyNulls();
  }

  @Test
  void findsLinesInAStreamWithoutFramesWhereverItIsCut() {
    for (char letter : (STAMP + "one\r\n" + STAMP + "two\r\n" + STAMP + "rest").toCharArray()) {
      raw(String.valueOf(letter));
    }
    lines.end();

    assertThat(chunks).extracting(LogChunk::text).containsExactly("one", "two", "rest");
    assertThat(chunks).extracting(LogChunk::at).containsOnly(AT);
  }

  @Test
  void handsOnALineWithoutEndInPieces() {
    frame(STAMP + "x".repeat(64 * 1024) + "yy\n");

    assertThat(chunks).hasSize(2);
    assertThat(chunks.getFirst().endsLine()).isFalse();
    assertThat(chunks.getLast()).isEqualTo(new LogChunk(Source.ERROR, AT, "yy", true));
  }

  @Test
  void replacesBytesThatAreNoText() {
    lines.accept(new byte[] {'a', (byte) 0xff, 'b', '\n'}, 4, true);

    assertThat(chunks.getFirst().text()).isEqualTo("a\ufffdb");
  }
}
