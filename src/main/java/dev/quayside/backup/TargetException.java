package dev.quayside.backup;

import java.io.IOException;

/**
 * Tells that writing failed on our side: a full disk, a missing permission, a device that went
 * away.
 */
final class TargetException extends IOException {

  private static final long serialVersionUID = 1L;

  TargetException(IOException cause) {
    super(cause.toString(), cause);
  }
}
