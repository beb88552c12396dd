package dev.quayside.engine.socket;

import java.io.IOException;

/** Tells that the engine understood a call and refused it. */
final class StatusException extends IOException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String reason;

  StatusException(int status, String reason) {
    super("status " + status);
    this.status = status;
    this.reason = reason;
  }

  /** Returns the HTTP status. */
  int status() {
    return status;
  }

  /** Returns the engine's own words; foreign text, at most 2000 characters. */
  String reason() {
    return reason;
  }
}
