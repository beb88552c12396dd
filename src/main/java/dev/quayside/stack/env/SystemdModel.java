package dev.quayside.stack.env;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads as systemd reads an {@code EnvironmentFile=}, made from its source and never tried here
 * against the real one.
 */
final class SystemdModel {

  private enum State {
    BEFORE_NAME,
    NAME,
    BEFORE_VALUE,
    VALUE,
    VALUE_ESCAPE,
    SINGLE,
    DOUBLE,
    DOUBLE_ESCAPE,
    COMMENT,
    COMMENT_ESCAPE
  }

  private final byte[] bytes;
  private final ReadValues reading = new ReadValues();
  private final Bytes name = new Bytes();
  private final Bytes value = new Bytes();
  private int blanksFrom = -1;

  SystemdModel(byte[] bytes) {
    this.bytes = bytes;
  }

  ReadValues read() {
    State state = State.BEFORE_NAME;
    for (byte b : bytes) {
      if (b == 0) {
        reading.lose();
        break;
      }
      state = next(state, b);
    }
    switch (state) {
      case BEFORE_VALUE, VALUE, VALUE_ESCAPE, SINGLE, DOUBLE, DOUBLE_ESCAPE ->
          push(state == State.VALUE);
      case BEFORE_NAME, NAME, COMMENT, COMMENT_ESCAPE -> {
        // Nothing is open.
      }
    }
    name.close();
    value.close();
    return reading;
  }

  private State next(State state, byte b) {
    boolean newline = b == '\n' || b == '\r';
    return switch (state) {
      case BEFORE_NAME -> beforeName(b);
      case NAME -> name(b, newline);
      case BEFORE_VALUE -> beforeValue(b, newline);
      case VALUE -> value(b, newline);
      case VALUE_ESCAPE -> {
        if (!newline) {
          value.add(b);
        }
        yield State.VALUE;
      }
      case SINGLE -> b == '\'' ? State.BEFORE_VALUE : added(State.SINGLE, b);
      case DOUBLE ->
          b == '"' ? State.BEFORE_VALUE : b == '\\' ? State.DOUBLE_ESCAPE : added(State.DOUBLE, b);
      case DOUBLE_ESCAPE -> {
        if (b == '"' || b == '\\' || b == '`' || b == '$') {
          value.add(b);
        } else if (b != '\n') {
          value.add((byte) '\\');
          value.add(b);
        }
        yield State.DOUBLE;
      }
      case COMMENT ->
          b == '\\' ? State.COMMENT_ESCAPE : newline ? State.BEFORE_NAME : State.COMMENT;
      // Versions before 254 take the next line for a part of the comment.
      case COMMENT_ESCAPE -> {
        if (newline) {
          reading.lose();
        }
        yield newline ? State.BEFORE_NAME : State.COMMENT;
      }
    };
  }

  private State beforeName(byte b) {
    if (b == '#' || b == ';') {
      return State.COMMENT;
    }
    if (isBlank(b)) {
      return State.BEFORE_NAME;
    }
    name.add(b);
    return State.NAME;
  }

  private State name(byte b, boolean newline) {
    if (newline) {
      name.cut(0);
      return State.BEFORE_NAME;
    }
    if (b == '=') {
      blanksFrom = -1;
      return State.BEFORE_VALUE;
    }
    name.add(b);
    return State.NAME;
  }

  private State beforeValue(byte b, boolean newline) {
    if (newline) {
      push(false);
      return State.BEFORE_NAME;
    }
    if (b == '\'' || b == '"') {
      return b == '"' ? State.DOUBLE : State.SINGLE;
    }
    if (b == '\\') {
      return State.VALUE_ESCAPE;
    }
    return isBlank(b) ? State.BEFORE_VALUE : added(State.VALUE, b);
  }

  private State value(byte b, boolean newline) {
    if (newline) {
      push(true);
      return State.BEFORE_NAME;
    }
    if (b == '\\') {
      blanksFrom = -1;
      return State.VALUE_ESCAPE;
    }
    if (!isBlank(b)) {
      blanksFrom = -1;
    } else if (blanksFrom < 0) {
      blanksFrom = value.length();
    }
    return added(State.VALUE, b);
  }

  private State added(State state, byte b) {
    value.add(b);
    return state;
  }

  private void push(boolean withoutLastBlanks) {
    if (withoutLastBlanks && blanksFrom >= 0) {
      value.cut(blanksFrom);
    }
    byte[] written = value.exact();
    String called = new String(name.exact(), StandardCharsets.ISO_8859_1).strip();
    // What is no name of a variable is passed over with a warning.
    if (called.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      reading.put(called, written, true);
    }
    Arrays.fill(written, (byte) 0);
    name.cut(0);
    value.cut(0);
    blanksFrom = -1;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\n' || b == '\r';
  }
}
