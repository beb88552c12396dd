package dev.quayside.exposure.probe;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** Listens on this machine's loopback, counts who connects and lets a script talk to each. */
final class ScriptedServer implements AutoCloseable {

  /** Talks to one connection. */
  @FunctionalInterface
  interface Script {
    void talk(InputStream in, OutputStream out) throws IOException;
  }

  private final AtomicInteger connections = new AtomicInteger();
  private final ServerSocket socket;

  ScriptedServer(Script script) throws IOException {
    socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread.ofVirtual()
        .start(() -> {
          while (!socket.isClosed()) {
            accept(script);
          }
        });
  }

  private void accept(Script script) {
    try {
      Socket peer = socket.accept();
      connections.incrementAndGet();
      Thread.ofVirtual()
          .start(() -> {
            try (peer) {
              script.talk(new BufferedInputStream(peer.getInputStream()), peer.getOutputStream());
            } catch (IOException gone) {
              // Whoever asked has gone.
            }
          });
    } catch (IOException closed) {
      // The test is over.
    }
  }

  int port() {
    return socket.getLocalPort();
  }

  /** Returns how often somebody came. */
  int connections() {
    return connections.get();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
