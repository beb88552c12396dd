package dev.quayside.engine.socket;

import dev.quayside.engine.json.Json;
import dev.quayside.engine.json.JsonFormatException;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * Holds the answer to a call while its body is read. Closing it before the end gives up the
 * connection.
 */
final class Answer implements Closeable {

  private static final int LARGEST_COMPLAINT = 64 * 1024;

  private final ResponseHead head;
  private final Line line;
  private final BodyStream body;
  private final Deadlines.Deadline deadline;

  /**
   * Creates an answer.
   *
   * @param deadline what watches over the body until it is met
   * @param release takes the line back when the body was read to its end and the line can be used
   *     again
   */
  Answer(
      ResponseHead head, Line line, boolean bodiless, Deadlines.Deadline deadline, Runnable release)
      throws HttpFormatException {
    this.head = head;
    this.line = line;
    this.deadline = deadline;
    ResponseHead shown = bodiless ? new ResponseHead(204, head.headers()) : head;
    boolean endsWithConnection = !shown.chunked() && shown.length() == ResponseHead.UNTIL_END;
    this.body =
        new BodyStream(
            line.reader(),
            shown,
            () -> {
              deadline.meet();
              if (head.keepsAlive() && !endsWithConnection && !line.reader().holdsBytes()) {
                release.run();
              } else {
                line.close();
              }
            });
  }

  int status() {
    return head.status();
  }

  ResponseHead head() {
    return head;
  }

  InputStream body() {
    return body;
  }

  /** Reads the whole body. */
  byte[] readAll(int limit) throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    byte[] buffer = new byte[16 * 1024];
    for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
      if (whole.size() + read > limit) {
        throw new HttpFormatException("a body of more than " + limit + " bytes");
      }
      whole.write(buffer, 0, read);
    }
    return whole.toByteArray();
  }

  /** Reads the engine's words of refusal, as far as they can be understood. */
  StatusException refusal() throws IOException {
    return new StatusException(status(), message(readAll(LARGEST_COMPLAINT)));
  }

  private static String message(byte[] body) {
    String text;
    try {
      text = Json.parse(body).at("message").text();
    } catch (JsonFormatException e) {
      text = "";
    }
    return text.length() > 2000 ? text.substring(0, 2000) : text;
  }

  @Override
  public void close() {
    deadline.meet();
    if (!body.complete()) {
      line.close();
    }
  }
}
