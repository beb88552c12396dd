package dev.quayside.engine.socket;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends bare HTTP calls to an engine; lets docker-java use our connections, so that TLS and SSH
 * exist once.
 */
public final class EngineHttp {

  private final SocketClient client;

  EngineHttp(SocketClient client) {
    this.client = client;
  }

  /**
   * Sends a call and returns the answer with any status.
   *
   * @param path with query, encoded
   * @param contentType of the body; null without one
   * @param body bytes to send; null without
   * @param stream bytes of unknown length to send instead; read to its end, not closed
   * @param time in which the head of the answer has to come
   */
  public Reply send(
      String method,
      String path,
      @Nullable String contentType,
      byte @Nullable [] body,
      @Nullable InputStream stream,
      Duration time)
      throws IOException {
    return new Reply(client.any(new Call(method, path, contentType, body, stream), time));
  }

  /** Holds an answer; the receiver closes it. */
  public static final class Reply implements Closeable {

    private final Answer answer;

    Reply(Answer answer) {
      this.answer = answer;
    }

    /** Returns the HTTP status. */
    public int status() {
      return answer.status();
    }

    /** Returns the headers, names in lower case. */
    public Map<String, String> headers() {
      return answer.head().headers();
    }

    /** Returns the body. */
    public InputStream body() {
      return answer.body();
    }

    @Override
    public void close() {
      answer.close();
    }
  }
}
