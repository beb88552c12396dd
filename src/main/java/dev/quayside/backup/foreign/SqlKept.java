package dev.quayside.backup.foreign;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Keeps one statement until it is judged: its bytes, its text without comments, and its words. */
final class SqlKept {

  /** How much of a statement is kept; longer ones are sent before their end is seen. */
  private static final int MOST_KEPT = 1 << 20;

  private static final int MOST_WORDS = 1 << 16;

  /** What of a long text is looked at twice, so that no word is cut in two. */
  private static final int OVERLAP = 64;

  private static final String ROWS = "insert into ";

  private final OutputStream target;
  private final StringBuilder word = new StringBuilder();
  private final StringBuilder words = new StringBuilder();
  private final SqlNames names = new SqlNames();
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private final ByteArrayOutputStream raw = new ByteArrayOutputStream();
  private boolean sent;
  private boolean tooLong;

  SqlKept(OutputStream target) {
    this.target = target;
  }

  /** Takes a byte that the statement is judged by. */
  void take(int c) throws IOException {
    beside(c);
    if (text.size() >= MOST_KEPT) {
      byte[] all = text.toByteArray();
      judge(0);
      text.reset();
      text.writeBytes(Arrays.copyOfRange(all, all.length - OVERLAP, all.length));
    }
    text.write(c);
  }

  void take(String ascii) throws IOException {
    for (int i = 0; i < ascii.length(); i++) {
      take(ascii.charAt(i));
    }
  }

  /** Takes a byte that says nothing, as of a comment. */
  void beside(int c) throws IOException {
    raw.write(c);
    if (raw.size() >= MOST_KEPT) {
      sent |= !blank();
      flush();
    }
  }

  void beside(String ascii) throws IOException {
    for (int i = 0; i < ascii.length(); i++) {
      beside(ascii.charAt(i));
    }
  }

  /** Takes rows, which are no statement. */
  void rows(byte[] source, int from, int end) throws IOException {
    raw.write(source, from, end - from);
    if (raw.size() >= MOST_KEPT) {
      flush();
    }
  }

  /** Takes a letter of a name or a number. */
  void letter(int c) throws IOException {
    if (word.length() <= MOST_WORDS) {
      word.append((char) c); // a longer one is refused where it ends
    }
    take(c);
  }

  /** Takes a byte between the quotes of a name. */
  void inQuotes(int c) throws IOException {
    names.inQuotes(c);
    take(c);
  }

  /** Ends a name in quotes. */
  void endQuotes() throws IOException {
    take('"');
    names.endQuotes();
    word("\"\"");
  }

  /** Adds to the words what is no name: a sign, or what stands for something in quotes. */
  void word(String what) {
    words.append(what);
  }

  /** Adds a blank between words. */
  void space() {
    if (!words.isEmpty() && words.charAt(words.length() - 1) != ' ') {
      words.append(' ');
    }
  }

  /** Ends a name or a number; returns whether there was one. */
  boolean endWord() {
    boolean there = !word.isEmpty();
    if (there) {
      names.bare(word);
    }
    words.append(word);
    word.setLength(0);
    if (words.length() > MOST_WORDS) {
      // Of rows only the names count; of all else every word does, and it is refused.
      tooLong |= !words.substring(0, ROWS.length()).equalsIgnoreCase(ROWS);
      words.setLength(MOST_WORDS / 2);
    }
    return there;
  }

  /** Returns whether a statement was too long to be judged. */
  boolean tooLong() {
    return tooLong;
  }

  /** Returns whether no name or number is open. */
  boolean unworded() {
    return word.isEmpty();
  }

  /** Returns whether the open word is this letter alone, small or large. */
  boolean wordIs(char letter) {
    return word.length() == 1 && Character.toLowerCase(word.charAt(0)) == letter;
  }

  /** Returns whether {@code &} now begins a string or a name with escapes in it. */
  boolean wordBeginsEscapes() {
    return wordIs('u')
        || (wordIsNumber() && Character.toLowerCase(word.charAt(word.length() - 1)) == 'u');
  }

  boolean wordIsNumber() {
    return !word.isEmpty() && Character.isDigit(word.charAt(0));
  }

  /** Returns whether nothing of a statement has come. */
  boolean blank() {
    return words.isEmpty() && word.isEmpty();
  }

  /** Returns whether some of it is sent already. */
  boolean partlySent() {
    return sent;
  }

  SqlStatement.Verdict judge(long line) throws SqlRefusal {
    return SqlStatement.judge(
        words.toString().strip(), text.toString(StandardCharsets.ISO_8859_1), names, line);
  }

  /** Sends what is kept. */
  void flush() throws IOException {
    raw.writeTo(target);
    raw.reset();
  }

  /** Forgets what is kept. */
  void drop() {
    raw.reset();
  }

  /** Begins a new statement. */
  void reset() {
    words.setLength(0);
    names.reset();
    text.reset();
    sent = false;
  }

  /** Sends the rest. */
  void end() throws IOException {
    flush();
    target.flush();
  }
}
