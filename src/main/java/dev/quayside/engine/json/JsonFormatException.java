package dev.quayside.engine.json;

import java.io.IOException;

/** Tells that a text is no JSON, and where; its message never quotes the text. */
public final class JsonFormatException extends IOException {

  private static final long serialVersionUID = 1L;

  JsonFormatException(String message) {
    super(message);
  }
}
