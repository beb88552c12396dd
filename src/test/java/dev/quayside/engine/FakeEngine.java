package dev.quayside.engine;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * Plays an engine behind a socket in the file system, for the faults that a real one does not show
 * on request. What it answers is set by path; a path without an answer gets a 404.
 */
public final class FakeEngine implements AutoCloseable {

  /** Answers one request; returning ends nothing, throwing cuts the connection. */
  public interface Script {
    void answer(Exchange exchange) throws IOException;
  }

  /** Holds one request and the way back. */
  public record Exchange(
      String method, String target, byte[] body, InputStream input, OutputStream output) {

    public void json(int status, String text) throws IOException {
      raw(
          "HTTP/1.1 "
              + status
              + " Some Words\r\nContent-Type: application/json\r\nContent-Length: "
              + text.getBytes(StandardCharsets.UTF_8).length
              + "\r\n\r\n"
              + text);
    }

    public void startChunks() throws IOException {
      raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    }

    public void chunk(String text) throws IOException {
      raw(
          Integer.toHexString(text.getBytes(StandardCharsets.UTF_8).length)
              + "\r\n"
              + text
              + "\r\n");
    }

    public void raw(String text) throws IOException {
      output.write(text.getBytes(StandardCharsets.UTF_8));
      output.flush();
    }

    /**
     * Keeps the connection open and silent until the other side gives up or the engine is closed.
     */
    public void silence() throws IOException {
      if (input.read() < 0) {
        throw new IOException("the other side has gone");
      }
    }
  }

  private final ServerSocketChannel server;
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Path socket;
  private final Thread acceptor;

  private volatile CountDownLatch thaw = new CountDownLatch(0);

  public FakeEngine(Path socket) throws IOException {
    this.socket = socket;
    this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    on(
        "/version",
        exchange ->
            exchange.json(
                200,
                "{\"Version\":\"28.2.2\",\"ApiVersion\":\"1.50\",\"MinAPIVersion\":\"1.24\"}"));
    on(
        "/info",
        exchange -> exchange.json(200, "{\"Name\":\"fake\",\"KernelVersion\":\"0.0.0-fake\"}"));
    on("/_ping", exchange -> exchange.raw("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"));
    on("/containers/json", exchange -> exchange.json(200, "[]"));
    on("/networks", exchange -> exchange.json(200, "[]"));
    on(
        "/events",
        exchange -> {
          exchange.startChunks();
          exchange.silence();
        });
    acceptor = Thread.ofVirtual().start(this::accept);
  }

  public Endpoint endpoint() {
    return new Endpoint.Unix(socket);
  }

  /** Sets what is answered under a path, named without version and query. */
  public FakeEngine on(String path, Script script) {
    scripts.put(path, script);
    return this;
  }

  /** Returns method and target of every request so far. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /**
   * Stops to answer anything, as a stopped process does, while the kernel goes on taking
   * connections.
   */
  public void freeze() {
    thaw = new CountDownLatch(1);
  }

  public void thaw() {
    thaw.countDown();
  }

  public void cutAll() {
    connections.forEach(FakeEngine::close);
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel channel = server.accept();
        connections.add(channel);
        Thread.ofVirtual().start(() -> serve(channel));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(SocketChannel channel) {
    try (channel) {
      InputStream input = new BufferedInputStream(Channels.newInputStream(channel));
      OutputStream output = Channels.newOutputStream(channel);
      for (String head = head(input); !head.isEmpty(); head = head(input)) {
        String[] words = head.split(" ", 3);
        byte[] body = input.readNBytes(length(head));
        requests.add(words[0] + " " + words[1]);
        thaw.await();
        script(words[1]).answer(new Exchange(words[0], words[1], body, input, output));
      }
    } catch (IOException | InterruptedException e) {
      // The other side has gone, or the script wanted a cut.
    } finally {
      connections.remove(channel);
    }
  }

  private Script script(String target) {
    String path = target.split("\\?", 2)[0].replaceFirst("^/v1\\.[0-9]+", "");
    return scripts.getOrDefault(
        path, exchange -> exchange.json(404, "{\"message\":\"no such thing\"}"));
  }

  private static String head(InputStream input) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
      int next = input.read();
      if (next < 0) {
        return "";
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.US_ASCII);
  }

  private static int length(String head) {
    return head.lines()
        .filter(line -> line.startsWith("Content-Length: "))
        .mapToInt(line -> Integer.parseInt(line.substring("Content-Length: ".length())))
        .findFirst()
        .orElse(0);
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    thaw();
    cutAll();
  }
}
