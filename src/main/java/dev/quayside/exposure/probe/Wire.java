package dev.quayside.exposure.probe;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Is one connection to a service, however it is carried. Reading ends at the probe's deadline. */
final class Wire {

  private static final int LONGEST_LINE = 4096;

  private final DataInputStream in;
  private final OutputStream out;

  Wire(InputStream in, OutputStream out) {
    this.in = new DataInputStream(new BufferedInputStream(in));
    this.out = out;
  }

  /** Names one question with its answer. */
  @FunctionalInterface
  interface Conversation {
    /** Asks and reads the answer; throws where none comes. */
    Reply hold(Wire wire) throws IOException;
  }

  /**
   * Holds an answer in the words of its protocol.
   *
   * @param status the HTTP status; 0 in other protocols
   */
  record Reply(ProbeAnswer.Verdict verdict, int status, String code) {
    Reply(ProbeAnswer.Verdict verdict, String code) {
      this(verdict, 0, code);
    }
  }

  void send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  DataInputStream in() {
    return in;
  }

  /** Reads the first line, or what there is of it; throws where there is nothing. */
  byte[] line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = in.read();
    while (next >= 0 && next != '\n' && line.size() < LONGEST_LINE) {
      line.write(next);
      next = in.read();
    }
    if (line.size() == 0) {
      throw new IOException("closed without an answer");
    }
    return line.toByteArray();
  }
}
