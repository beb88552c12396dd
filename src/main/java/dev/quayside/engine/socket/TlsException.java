package dev.quayside.engine.socket;

import java.io.IOException;

/**
 * Tells that the TLS material of an endpoint cannot be used. Its message names files, never their
 * content.
 */
final class TlsException extends IOException {

  private static final long serialVersionUID = 1L;

  TlsException(String message, Throwable cause) {
    super(message, cause);
  }

  TlsException(String message) {
    super(message);
  }
}
