package dev.quayside.engine.socket;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** Carries bytes over TCP, with or without TLS. */
final class TcpWire implements Wire {

  private final Socket socket;
  private final Socket underlying;
  private final InputStream input;
  private final OutputStream output;

  /**
   * Wraps a connected socket.
   *
   * @param socket what is read and written
   * @param underlying the plain socket below TLS, or the same one: closing it does not wait for a
   *     last TLS record
   */
  TcpWire(Socket socket, Socket underlying) throws IOException {
    this.socket = socket;
    this.underlying = underlying;
    this.input = socket.getInputStream();
    this.output = socket.getOutputStream();
  }

  @Override
  public InputStream input() {
    return input;
  }

  @Override
  public OutputStream output() {
    return output;
  }

  @Override
  public void closeOutput() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void close() {
    try {
      underlying.close();
    } catch (IOException e) {
      // The connection is given up either way.
    }
  }
}
