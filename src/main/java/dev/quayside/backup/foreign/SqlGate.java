package dev.quayside.backup.foreign;

import static dev.quayside.backup.foreign.SqlRefusal.Reason;

import java.io.IOException;
import java.io.OutputStream;
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

  private static final int MOST_TAG = 64;
  private static final Pattern OWN_COMMANDS =
      Pattern.compile("\\\\(?:un)?restrict [A-Za-z0-9]{1,128}\\r?");
  private static final String END = "\\.";
  private static final String END_WITH_RETURN = "\\.\r";

  /** Stands for the {@code &} of {@code U&} as what came before. */
  private static final int ESCAPES_FOLLOW = 0x100 + '&';

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

  private final SqlKept kept;
  private final StringBuilder aside = new StringBuilder();
  private String tag = "";
  private State state = State.PLAIN;
  private boolean escapes;
  private boolean escaped;
  private boolean afterEscapes;
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
    this.kept = new SqlKept(target);
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
    int at = offset;
    int end = offset + length;
    while (at < end) {
      if (state == State.ROWS) {
        at = rows(source, at, end);
      } else {
        take(source[at++] & 0xFF);
      }
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
    if (!kept.blank() || parentheses > 0) {
      throw refusal(Reason.CUT_SHORT, "the end");
    }
    kept.end();
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
          kept.beside("--");
          state = State.LINE_COMMENT;
          return true;
        }
        state = State.PLAIN;
        symbol('-');
        return false;
      }
      case SLASH -> {
        if (c == '*') {
          kept.beside("/*");
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
        kept.beside(c);
        if (c == '\n' || c == '\r') {
          kept.space();
          before = 0;
          state = State.PLAIN;
        }
      }
      case BLOCK_COMMENT -> comment(c);
      case STRING -> {
        kept.take(c);
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
          kept.take(c);
          state = State.STRING; // a quote in it, written twice
          return true;
        }
        kept.word("''");
        afterEscapes = escapes;
        state = State.PLAIN;
        return false;
      }
      case IDENTIFIER -> {
        if (c == '"') {
          kept.endQuotes();
          state = State.PLAIN;
        } else {
          kept.inQuotes(c);
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
        kept.beside(c);
        if (c == '\n') {
          kept.flush();
          aside.setLength(0);
          state = State.ROWS;
        } else if (c != ' ' && c != '\t' && c != '\r') {
          throw refusal(Reason.COMMAND, "more on the line after COPY");
        }
      }
      case ROWS -> throw new IllegalStateException("rows are read apart");
    }
    return true;
  }

  private void plain(int c) throws IOException {
    boolean name = name(c);
    if (!name) {
      if (c == '\'' || c == '$') {
        requireClear(c);
      }
      escapes = kept.wordIs('e');
    }
    switch (c) {
      case '\'' -> {
        if (afterEscapes && kept.unworded()) {
          throw refusal(Reason.COMMAND, "two strings in a row"); // psql may take them for one
        }
        endWord();
        kept.take(c);
        state = State.STRING;
      }
      case '"' -> {
        requireNoVariable();
        if (kept.unworded() && before == ESCAPES_FOLLOW) {
          throw refusal(Reason.SESSION, "a name with escapes"); // it may be any name
        }
        endWord();
        afterEscapes = false;
        kept.take(c);
        state = State.IDENTIFIER;
      }
      case '$' -> {
        if (kept.unworded()) {
          aside.setLength(0);
          state = State.TAG;
        } else {
          kept.letter(c);
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
        if (!kept.blank() || !lineBegins) {
          throw refusal(Reason.COMMAND, "a backslash outside of quotes");
        }
        kept.flush();
        aside.setLength(0);
        aside.append('\\');
        state = State.COMMAND;
      }
      case ';' -> {
        endWord();
        kept.beside(c);
        semicolon();
      }
      case ' ', '\t', '\n', '\r', '\f', 0x0B -> {
        endWord();
        before = 0;
        kept.take(c);
        kept.space();
      }
      default -> {
        if (name) {
          if (c < '0' || c > '9') { // as in [1:2]; no variable of psql's own begins with a digit
            requireNoVariable();
          }
          kept.letter(c);
        } else {
          symbol(c);
        }
      }
    }
  }

  /** Some versions of psql take what follows a number for the beginning of something else. */
  private void requireClear(int c) throws SqlRefusal {
    requireNoVariable();
    if (kept.wordIsNumber()) {
      throw refusal(Reason.COMMAND, "a number before " + (char) c);
    }
  }

  /** A colon before a quote or a name is a variable of psql. */
  private void requireNoVariable() throws SqlRefusal {
    if (kept.unworded() && before == ':') {
      throw refusal(Reason.COMMAND, "a variable");
    }
  }

  private void symbol(int c) throws IOException {
    boolean escapesFollow = c == '&' && kept.wordBeginsEscapes();
    endWord();
    afterEscapes = false;
    if (c == '(') {
      parentheses++;
    } else if (c == ')') {
      parentheses = Math.max(0, parentheses - 1);
    } else if (c == '{' && before == ':') {
      throw refusal(Reason.COMMAND, "a variable");
    }
    kept.word(String.valueOf((char) c));
    kept.take(c);
    if (escapesFollow) {
      before = ESCAPES_FOLLOW;
    } else {
      before = c == ':' && before == ':' ? 0 : c; // two are a cast
    }
  }

  private static boolean name(int c) {
    return c >= 0x80
        || c == '_'
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9');
  }

  private void endWord() throws SqlRefusal {
    if (kept.endWord()) {
      afterEscapes = false;
      before = 0;
    }
    if (kept.tooLong()) {
      throw refusal(Reason.COMMAND, "a statement that is too long");
    }
  }

  private void comment(int c) throws IOException {
    kept.beside(c);
    if (before == '*' && c == '/') {
      depth--;
      before = 0;
      if (depth == 0) {
        kept.space();
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
      kept.take(tag);
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
    kept.take("$");
    kept.word("$");
    state = State.PLAIN;
    return false;
  }

  private void dollar(int c) throws IOException {
    kept.take(c);
    if (c == '$') {
      if (tag.contentEquals(aside + "$")) {
        kept.word("''");
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
    if (kept.blank()) {
      kept.flush();
      reset();
      return;
    }
    switch (kept.judge(line)) {
      case SENT -> {
        statements++;
        kept.flush();
      }
      case LEFT_OUT -> {
        if (kept.partlySent()) {
          throw refusal(Reason.SERVER, "a statement on owners that is too long");
        }
        leftOut++;
        kept.drop();
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
    kept.reset();
    afterEscapes = false;
    before = 0;
  }

  /** Takes rows up to the end of a line, or of what has come; returns where to go on. */
  private int rows(byte[] source, int from, int end) throws IOException {
    int at = from;
    while (at < end && source[at] != '\n' && source[at] != 0) {
      at++;
    }
    if (at < end && source[at] == 0) {
      throw refusal(Reason.NO_TEXT, "a NUL");
    }
    for (int i = from; i < at && aside.length() <= END_WITH_RETURN.length(); i++) {
      aside.append((char) (source[i] & 0xFF));
    }
    if (at == end) {
      kept.rows(source, from, at);
      return at;
    }
    kept.rows(source, from, at + 1);
    line++;
    lineBegins = true;
    boolean ended = END.contentEquals(aside) || END_WITH_RETURN.contentEquals(aside);
    aside.setLength(0);
    if (ended) {
      kept.flush();
      state = State.PLAIN;
    }
    return at + 1;
  }

  private SqlRefusal refusal(Reason reason, String what) {
    return new SqlRefusal(reason, line, what);
  }
}
