package dev.quayside.backup.foreign;

import static dev.quayside.backup.foreign.SqlRefusal.Reason;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Lets through the SQL of one database, read as {@code psql} reads it, and refuses everything else:
 * commands to {@code psql} itself, other databases, files and programs. Where two versions of
 * {@code psql} might read the same text differently, it is refused too. Statements on owners and
 * rights are left out.
 *
 * <p>Text is taken as bytes: all that mean something here are ASCII, and encodings in which an
 * ASCII byte can be half a letter are refused.
 */
public final class SqlGate extends OutputStream {

  /** How much of a statement is kept until it is judged; longer ones are judged by their words. */
  private static final int MOST_KEPT = 1 << 20;

  private static final int MOST_WORDS = 1 << 16;
  private static final int MOST_TAG = 64;
  private static final Pattern OWN_COMMANDS =
      Pattern.compile("\\\\(?:un)?restrict [A-Za-z0-9]{1,128}\\r?");
  private static final String END = "\\.";
  private static final String END_WITH_RETURN = "\\.\r";
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private enum State {
    PLAIN,
    DASH,
    SLASH,
    LINE_COMMENT,
    BLOCK_COMMENT,
    STRING,
    STRING_QUOTED,
    IDENTIFIER,
    TAG,
    DOLLAR,
    COMMAND,
    AFTER_COPY,
    ROWS
  }

  private final OutputStream target;
  private final StringBuilder words = new StringBuilder();
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private final ByteArrayOutputStream raw = new ByteArrayOutputStream();
  private final StringBuilder word = new StringBuilder();
  private final StringBuilder aside = new StringBuilder();
  private String tag = "";
  private State state = State.PLAIN;
  private boolean escapes;
  private boolean escaped;
  private boolean afterEscapes;
  private boolean sent;
  private int depth;
  private int parentheses;
  private int before;
  private boolean lineBegins = true;
  private long line = 1;
  private long position;
  private long statements;
  private long leftOut;
  private long tables;

  /** Writes what is let through to {@code target}, which is not closed. */
  public SqlGate(OutputStream target) {
    this.target = target;
  }

  /** Returns how many statements were let through. */
  public long statements() {
    return statements;
  }

  /** Returns how many statements on owners and rights were left out. */
  public long leftOut() {
    return leftOut;
  }

  /** Returns into how many tables rows are copied. */
  public long tables() {
    return tables;
  }

  @Override
  public void write(int single) throws IOException {
    write(new byte[] {(byte) single}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) {
      take(source[i] & 0xFF);
    }
  }

  /** Ends the text; nothing may be left open. */
  public void end() throws IOException {
    if (state == State.COMMAND) {
      command();
      state = State.PLAIN;
    }
    if (state != State.PLAIN && state != State.LINE_COMMENT) {
      throw refusal(Reason.CUT_SHORT, "the end");
    }
    endWord();
    if (!words.isEmpty() || parentheses > 0) {
      throw refusal(Reason.CUT_SHORT, "the end");
    }
    flushRaw();
    target.flush();
  }

  private void take(int c) throws IOException {
    if (c == 0) {
      throw refusal(Reason.NO_TEXT, "a NUL");
    }
    if (position < MARK.length && c == (MARK[(int) position] & 0xFF)) {
      position++; // the mark at the beginning of a text in UTF-8
      return;
    }
    if (position > 0 && position < MARK.length) {
      throw refusal(Reason.NO_TEXT, "half a mark");
    }
    position = MARK.length;
    boolean again = true;
    while (again) {
      again = !step(c);
    }
    lineBegins = c == '\n';
    if (c == '\n') {
      line++;
    }
  }

  /** Takes one byte; returns whether it is used up. */
  private boolean step(int c) throws IOException {
    switch (state) {
      case PLAIN -> plain(c);
      case DASH -> {
        if (c == '-') {
          keep("--");
          state = State.LINE_COMMENT;
          return true;
        }
        state = State.PLAIN;
        symbol('-');
        return false;
      }
      case SLASH -> {
        if (c == '*') {
          keep("/*");
          depth = 1;
          before = 0;
          state = State.BLOCK_COMMENT;
          return true;
        }
        state = State.PLAIN;
        symbol('/');
        return false;
      }
      case LINE_COMMENT -> {
        keep(c);
        if (c == '\n' || c == '\r') {
          blank();
          before = 0;
          state = State.PLAIN;
        }
      }
      case BLOCK_COMMENT -> comment(c);
      case STRING -> {
        kept(c);
        if (escaped) {
          escaped = false;
        } else if (c == '\\' && escapes) {
          escaped = true;
        } else if (c == '\'') {
          state = State.STRING_QUOTED;
        }
      }
      case STRING_QUOTED -> {
        if (c == '\'') {
          kept(c);
          state = State.STRING; // a quote in it, written twice
          return true;
        }
        words.append("''");
        afterEscapes = escapes;
        state = State.PLAIN;
        return false;
      }
      case IDENTIFIER -> {
        kept(c);
        if (c == '"') {
          words.append("\"\"");
          state = State.PLAIN;
        }
      }
      case TAG -> {
        return tag(c);
      }
      case DOLLAR -> dollar(c);
      case COMMAND -> {
        if (c == '\n') {
          command();
          state = State.PLAIN;
        } else {
          aside.append((char) c);
          if (aside.length() > 2 * MOST_TAG + 40) {
            throw refusal(Reason.COMMAND, aside.substring(0, 40));
          }
        }
      }
      case AFTER_COPY -> {
        keep(c);
        if (c == '\n') {
          flushRaw();
          aside.setLength(0);
          state = State.ROWS;
        } else if (c != ' ' && c != '\t' && c != '\r') {
          throw refusal(Reason.COMMAND, "more on the line after COPY");
        }
      }
      case ROWS -> rows(c);
    }
    return true;
  }

  private void plain(int c) throws IOException {
    boolean name = name(c);
    if (!name) {
      if (c == '\'' || c == '$') {
        requireClear(c);
      }
      escapes = word.length() == 1 && (word.charAt(0) == 'e' || word.charAt(0) == 'E');
    }
    switch (c) {
      case '\'' -> {
        if (afterEscapes && word.isEmpty()) {
          throw refusal(Reason.COMMAND, "two strings in a row"); // psql may take them for one
        }
        endWord();
        kept(c);
        state = State.STRING;
      }
      case '"' -> {
        requireNoVariable();
        endWord();
        afterEscapes = false;
        kept(c);
        state = State.IDENTIFIER;
      }
      case '$' -> {
        if (word.isEmpty()) {
          aside.setLength(0);
          state = State.TAG;
        } else {
          word.append('$');
          kept(c);
        }
      }
      case '-' -> {
        endWord();
        state = State.DASH;
      }
      case '/' -> {
        endWord();
        state = State.SLASH;
      }
      case '\\' -> {
        endWord();
        if (!words.isEmpty() || !lineBegins) {
          throw refusal(Reason.COMMAND, "a backslash outside of quotes");
        }
        flushRaw();
        aside.setLength(0);
        aside.append('\\');
        state = State.COMMAND;
      }
      case ';' -> {
        endWord();
        keep(c);
        semicolon();
      }
      case ' ', '\t', '\n', '\r', '\f', 0x0B -> {
        endWord();
        before = 0;
        kept(c);
        blank();
      }
      default -> {
        if (name) {
          word.append((char) c);
          kept(c);
        } else {
          symbol(c);
        }
      }
    }
  }

  /** Some versions of psql take what follows a number for the beginning of something else. */
  private void requireClear(int c) throws SqlRefusal {
    requireNoVariable();
    if (!word.isEmpty() && Character.isDigit(word.charAt(0))) {
      throw refusal(Reason.COMMAND, "a number before " + (char) c);
    }
  }

  /** A colon before a quote is a variable of psql. */
  private void requireNoVariable() throws SqlRefusal {
    if (word.isEmpty() && before == ':') {
      throw refusal(Reason.COMMAND, "a variable");
    }
  }

  private void symbol(int c) throws IOException {
    endWord();
    afterEscapes = false;
    if (c == '(') {
      parentheses++;
    } else if (c == ')') {
      parentheses = Math.max(0, parentheses - 1);
    } else if (c == '{' && before == ':') {
      throw refusal(Reason.COMMAND, "a variable");
    }
    words.append((char) c);
    kept(c);
    before = c == ':' && before == ':' ? 0 : c; // two are a cast
  }

  private static boolean name(int c) {
    return c >= 0x80
        || c == '_'
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9');
  }

  private void endWord() throws IOException {
    if (!word.isEmpty()) {
      words.append(word);
      word.setLength(0);
      afterEscapes = false;
      before = 0;
    }
    if (words.length() > MOST_WORDS) {
      if (words.substring(0, 6).equalsIgnoreCase("create")) {
        throw refusal(Reason.COMMAND, "a definition that is too long");
      }
      // Its beginning says what it is; what it ends with is not judged of a statement this long.
      words.setLength(MOST_WORDS / 2);
    }
  }

  private void blank() {
    if (!words.isEmpty() && words.charAt(words.length() - 1) != ' ') {
      words.append(' ');
    }
  }

  private void comment(int c) throws IOException {
    keep(c);
    if (before == '*' && c == '/') {
      depth--;
      before = 0;
      if (depth == 0) {
        blank();
        state = State.PLAIN;
      }
    } else if (before == '/' && c == '*') {
      depth++;
      before = 0;
    } else {
      before = c;
    }
  }

  private boolean tag(int c) throws IOException {
    boolean first = aside.isEmpty();
    boolean letter = name(c) && !(first && c >= '0' && c <= '9');
    if (c == '$') {
      tag = "$" + aside + "$";
      kept(tag);
      aside.setLength(0);
      state = State.DOLLAR;
      return true;
    }
    if (letter && aside.length() < MOST_TAG) {
      aside.append((char) c);
      return true;
    }
    if (!first) {
      throw refusal(Reason.COMMAND, "a dollar sign");
    }
    // A parameter, which only bodies of functions have; it is no beginning of a quote.
    kept("$");
    words.append('$');
    state = State.PLAIN;
    return false;
  }

  private void dollar(int c) throws IOException {
    kept(c);
    if (c == '$') {
      if (tag.contentEquals(aside + "$")) {
        words.append("''");
        state = State.PLAIN;
        return;
      }
      aside.setLength(0);
    }
    if (aside.length() < tag.length()) {
      aside.append((char) c);
    }
  }

  private void command() throws SqlRefusal {
    if (!OWN_COMMANDS.matcher(aside).matches()) {
      throw refusal(Reason.COMMAND, aside.toString().split(" ", 2)[0]);
    }
  }

  private void semicolon() throws IOException {
    if (parentheses > 0) {
      throw refusal(Reason.COMMAND, "a semicolon inside of parentheses");
    }
    String all = words.toString().strip();
    if (all.isEmpty()) {
      flushRaw();
      reset();
      return;
    }
    switch (SqlStatement.judge(all, text.toString(StandardCharsets.ISO_8859_1), line)) {
      case SENT -> {
        statements++;
        flushRaw();
      }
      case LEFT_OUT -> {
        if (sent) {
          throw refusal(Reason.SERVER, "a statement on owners that is too long");
        }
        leftOut++;
        raw.reset();
      }
      case ROWS_FOLLOW -> {
        statements++;
        tables++;
        reset();
        state = State.AFTER_COPY;
        return;
      }
    }
    reset();
  }

  private void reset() {
    words.setLength(0);
    text.reset();
    sent = false;
    afterEscapes = false;
    before = 0;
  }

  private void rows(int c) throws IOException {
    raw.write(c);
    if (raw.size() >= MOST_KEPT) {
      flushRaw();
    }
    if (c == '\n') {
      boolean ended = END.contentEquals(aside) || END_WITH_RETURN.contentEquals(aside);
      aside.setLength(0);
      if (ended) {
        flushRaw();
        state = State.PLAIN;
      }
    } else if (aside.length() <= END_WITH_RETURN.length()) {
      aside.append((char) c);
    }
  }

  /** Keeps a byte that the statement is judged by. */
  private void kept(int c) throws IOException {
    keep(c);
    if (text.size() >= MOST_KEPT) {
      byte[] all = text.toByteArray();
      SqlStatement.judge(words.toString(), text.toString(StandardCharsets.ISO_8859_1), line);
      text.reset();
      text.writeBytes(Arrays.copyOfRange(all, all.length - MOST_TAG, all.length));
    }
    text.write(c);
  }

  private void kept(String ascii) throws IOException {
    for (int i = 0; i < ascii.length(); i++) {
      kept(ascii.charAt(i));
    }
  }

  private void keep(String ascii) throws IOException {
    for (int i = 0; i < ascii.length(); i++) {
      keep(ascii.charAt(i));
    }
  }

  /** Keeps a byte that is sent if the statement is. */
  private void keep(int c) throws IOException {
    raw.write(c);
    if (raw.size() >= MOST_KEPT) {
      sent |= !words.isEmpty();
      flushRaw();
    }
  }

  private void flushRaw() throws IOException {
    raw.writeTo(target);
    raw.reset();
  }

  private SqlRefusal refusal(Reason reason, String what) {
    return new SqlRefusal(reason, line, what);
  }
}
