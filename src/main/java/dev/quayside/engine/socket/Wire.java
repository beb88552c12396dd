package dev.quayside.engine.socket;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Carries bytes both ways. One thread may read while another writes; closing from a third ends both
 * at once, with an exception.
 */
interface Wire extends Closeable {

  InputStream input();

  OutputStream output();

  /** Tells the other side that nothing more will come, while it may still send. */
  void closeOutput() throws IOException;

  @Override
  void close();
}
