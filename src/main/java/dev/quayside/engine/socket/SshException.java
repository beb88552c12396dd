package dev.quayside.engine.socket;

import java.io.IOException;

/** Tells that ssh gave up before a connection came about; its message is what ssh said. */
final class SshException extends IOException {

  private static final long serialVersionUID = 1L;

  SshException(String words) {
    super(words);
  }
}
