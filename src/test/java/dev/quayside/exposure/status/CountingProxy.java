package dev.quayside.exposure.status;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands before an engine's socket and writes down the first line of every request. */
final class CountingProxy implements AutoCloseable {

  private final ServerSocketChannel server;
  private final Path target;
  private final Path socket;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<SocketChannel> open = new CopyOnWriteArrayList<>();

  private CountingProxy(ServerSocketChannel server, Path target, Path socket) {
    this.server = server;
    this.target = target;
    this.socket = socket;
  }

  static CountingProxy before(Path target, Path socket) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    CountingProxy proxy = new CountingProxy(server, target, socket);
    Thread.ofPlatform().daemon().name("counting-proxy").start(proxy::accept);
    return proxy;
  }

  Path socket() {
    return socket;
  }

  long requests() {
    return requests.size();
  }

  long requestsFor(String part) {
    return requests.stream().filter(line -> line.contains(part)).count();
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel client = server.accept();
        SocketChannel engine = SocketChannel.open(UnixDomainSocketAddress.of(target));
        open.add(client);
        open.add(engine);
        Thread.ofPlatform().daemon().start(() -> pump(client, engine, true));
        Thread.ofPlatform().daemon().start(() -> pump(engine, client, false));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void pump(SocketChannel from, SocketChannel to, boolean count) {
    ByteBuffer buffer = ByteBuffer.allocate(16384);
    try (from;
        to) {
      while (from.read(buffer.clear()) >= 0) {
        buffer.flip();
        if (count) {
          note(StandardCharsets.ISO_8859_1.decode(buffer.duplicate()).toString());
        }
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
      }
    } catch (IOException closed) {
      // Either side may end it.
    }
  }

  private void note(String text) {
    text.lines()
        .filter(line -> line.contains(" HTTP/1.1") && !line.startsWith("HTTP"))
        .forEach(requests::add);
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (SocketChannel channel : open) {
      channel.close();
    }
  }
}
