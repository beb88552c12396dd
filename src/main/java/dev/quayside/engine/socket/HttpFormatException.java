package dev.quayside.engine.socket;

import java.io.IOException;

/**
 * Tells that the other side sent what no engine sends: broken HTTP, broken JSON, or more than we
 * are ready to take.
 */
final class HttpFormatException extends IOException {

  private static final long serialVersionUID = 1L;

  HttpFormatException(String message) {
    super(message);
  }
}
