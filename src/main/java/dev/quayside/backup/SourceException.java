package dev.quayside.backup;

import java.io.IOException;

/** Tells that the archive file itself could not be read: a bad disk, a device that went away. */
final class SourceException extends IOException {

  private static final long serialVersionUID = 1L;

  SourceException(IOException cause) {
    super(cause.toString(), cause);
  }
}
