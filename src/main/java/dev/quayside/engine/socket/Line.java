package dev.quayside.engine.socket;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.Consumer;

/**
 * Carries calls over one wire, one after the other. Used by one thread at a time; closing is for
 * any.
 */
final class Line implements Closeable {

  private final Wire wire;
  private final WireReader reader;
  private final String host;
  private final Consumer<Line> onClose;
  private long idleSince;
  private boolean used;

  Line(Wire wire, String host, Consumer<Line> onClose) {
    this.wire = wire;
    this.reader = new WireReader(wire.input());
    this.host = host;
    this.onClose = onClose;
  }

  Wire wire() {
    return wire;
  }

  WireReader reader() {
    return reader;
  }

  /**
   * Returns whether a call was answered on it before, so that a failure may only mean that it had
   * grown old.
   */
  boolean used() {
    return used;
  }

  void markIdle(long nanoTime) {
    used = true;
    idleSince = nanoTime;
  }

  long idleSince() {
    return idleSince;
  }

  /** Sends a call; {@code upgrade} asks to turn the connection into a raw stream. */
  void send(Call call, boolean upgrade) throws IOException {
    OutputStream output = new BufferedOutputStream(wire.output(), 8192);
    output.write(head(call, upgrade).getBytes(StandardCharsets.US_ASCII));
    byte[] body = call.body();
    InputStream stream = call.stream();
    if (body != null) {
      output.flush();
      wire.output().write(body);
    } else if (stream != null) {
      sendChunks(stream, output);
    }
    output.flush();
  }

  private String head(Call call, boolean upgrade) {
    StringBuilder head = new StringBuilder(256);
    head.append(call.method()).append(' ').append(call.path()).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(host).append("\r\nUser-Agent: quayside\r\n");
    if (upgrade) {
      head.append("Connection: Upgrade\r\nUpgrade: tcp\r\n");
    }
    if (call.contentType() != null) {
      head.append("Content-Type: ").append(call.contentType()).append("\r\n");
    }
    byte[] body = call.body();
    if (body != null) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    } else if (call.stream() != null) {
      head.append("Transfer-Encoding: chunked\r\n");
    } else if (!call.method().equals("GET") && !call.method().equals("HEAD")) {
      head.append("Content-Length: 0\r\n");
    }
    return head.append("\r\n").toString();
  }

  private static void sendChunks(InputStream stream, OutputStream output) throws IOException {
    byte[] buffer = new byte[32 * 1024];
    HexFormat hex = HexFormat.of();
    for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
      if (read > 0) {
        output.write((hex.toHexDigits(read) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        output.write(buffer, 0, read);
        output.write(new byte[] {'\r', '\n'});
      }
    }
    output.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  /** Reads the head of the answer, passing over interim ones. */
  ResponseHead receive() throws IOException {
    for (int interim = 0; interim < 10; interim++) {
      ResponseHead head = ResponseHead.read(reader);
      if (head.status() >= 200 || head.status() == 101) {
        return head;
      }
    }
    throw new HttpFormatException("too many interim answers");
  }

  @Override
  public void close() {
    onClose.accept(this);
    wire.close();
  }
}
