package dev.quayside.engine.socket;

import java.io.FilterInputStream;
import java.io.IOException;

/**
 * Hands out the body of an answer as a stream that gives up the connection when it is closed early.
 */
final class AnswerStream extends FilterInputStream {

  private final Answer answer;

  AnswerStream(Answer answer) {
    super(answer.body());
    this.answer = answer;
  }

  @Override
  public void close() throws IOException {
    answer.close();
  }
}
