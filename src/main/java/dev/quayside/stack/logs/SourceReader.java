package dev.quayside.stack.logs;

import dev.quayside.engine.Container;
import dev.quayside.engine.LogChunk;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns the log of one container into lines, over several streams in a row: after a restart or a
 * lost connection it goes on after the last line it had. One stream writes at a time.
 */
final class SourceReader {

  private final Container container;
  private final String name;
  private final InstantSource clock;
  private final List<LogLine> fresh = new ArrayList<>();

  private PieceJoiner output = joiner(false);
  private PieceJoiner error = joiner(true);
  private @Nullable Instant last;
  private int atLast;
  private Instant repeatedUntil = Instant.MIN;
  private int repeats;
  private Severity before = Severity.UNKNOWN;

  SourceReader(Container container, String name, InstantSource clock) {
    this.container = container;
    this.name = name;
    this.clock = clock;
  }

  Container container() {
    return container;
  }

  String name() {
    return name;
  }

  /** Returns the stamp of the newest line, null before the first. */
  synchronized @Nullable Instant last() {
    return last;
  }

  /** Prepares for a stream that begins at {@link #last()}: what it repeats is left out. */
  synchronized void begin() {
    output = joiner(false);
    error = joiner(true);
    Instant newest = last;
    repeatedUntil = newest == null ? Instant.MIN : newest;
    repeats = atLast;
  }

  /** Takes a chunk and returns the lines that are whole now. */
  synchronized List<LogLine> accept(LogChunk chunk) {
    switch (chunk.source()) {
      case OUTPUT -> output.accept(chunk);
      case ERROR -> error.accept(chunk);
    }
    return taken();
  }

  /** Ends the stream and returns what was left of it. */
  synchronized List<LogLine> end() {
    output.end();
    error.end();
    return taken();
  }

  private List<LogLine> taken() {
    if (fresh.isEmpty()) {
      return List.of();
    }
    List<LogLine> lines = List.copyOf(fresh);
    fresh.clear();
    return lines;
  }

  private PieceJoiner joiner(boolean standardError) {
    return new PieceJoiner((at, text, cut) -> line(standardError, at, text, cut));
  }

  private void line(boolean standardError, @Nullable Instant stamp, String raw, long cut) {
    Instant at = stamp != null ? stamp : last != null ? last : clock.instant();
    if (repeated(at)) {
      return;
    }
    atLast = at.equals(last) ? atLast + 1 : 1;
    last = last == null || at.isAfter(last) ? at : last;
    String text = SafeText.of(raw);
    Severity severity = severity(text);
    fresh.add(new LogLine(0, at, name, container.id(), standardError, severity, text, cut));
  }

  private boolean repeated(Instant at) {
    if (at.isBefore(repeatedUntil)) {
      return true;
    }
    if (at.equals(repeatedUntil) && repeats > 0) {
      repeats--;
      return true;
    }
    return false;
  }

  private Severity severity(String text) {
    Severity said = SeverityReader.read(text);
    if (said == Severity.UNKNOWN && SeverityReader.continues(text)) {
      said = before;
    }
    before = said;
    return said;
  }
}
