package dev.quayside.engine.socket;

import java.io.IOException;

/**
 * Tells that ssh gave up, before a connection came about or on the way; its message is what it
 * said.
 */
final class SshException extends IOException {

  private static final long serialVersionUID = 1L;

  SshException(String words) {
    super(words);
  }
}
