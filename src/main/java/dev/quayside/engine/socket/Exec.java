package dev.quayside.engine.socket;

import dev.quayside.common.ProblemException;
import dev.quayside.engine.EngineFault;
import dev.quayside.engine.ExecRequest;
import dev.quayside.engine.ExecResult;
import dev.quayside.engine.LogChunk.Source;
import dev.quayside.engine.json.Json;
import dev.quayside.engine.socket.Deadlines.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs one command in a container: creates it, turns a connection into a raw stream, sends standard
 * input only after the engine's 101 (what is sent before is lost), closes our half at its end,
 * reads frames to theirs, and asks for the exit status.
 */
final class Exec {

  private static final Duration CALL = Duration.ofSeconds(10);
  private static final int ERRORS_KEPT = 64 * 1024;
  private static final int STATUS_ATTEMPTS = 100;
  private static final long STATUS_PAUSE_NANOS = Duration.ofMillis(20).toNanos();

  private final Session session;
  private final ExecRequest request;
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private boolean errorsCut;
  private volatile @Nullable IOException inputFailure;

  Exec(Session session, ExecRequest request) {
    this.session = session;
    this.request = request;
  }

  ExecResult run() throws ProblemException {
    try {
      String id = create();
      converse(id);
      int exitCode = exitCode(id);
      return new ExecResult(exitCode, errors.toString(StandardCharsets.UTF_8), errorsCut);
    } catch (ExecStreamException e) {
      throw EngineFault.EXEC_STREAM_FAILED.exception(e, String.valueOf(e.getMessage()));
    } catch (ExecDeadlineException e) {
      throw EngineFault.EXEC_TIMEOUT.exception(e, request.timeout().toSeconds());
    } catch (IOException e) {
      throw session.failures().calling(e);
    }
  }

  private String create() throws IOException {
    byte[] body = ExecJson.write(request);
    try {
      Call call = Call.post(session.path(request.container(), "/exec"), body);
      String id = Json.parse(session.client().fetch(call, CALL, 64 * 1024)).at("Id").text();
      if (id.isEmpty()) {
        throw new HttpFormatException("a command without id");
      }
      return Call.encode(id);
    } finally {
      Arrays.fill(body, (byte) 0);
    }
  }

  private void converse(String id) throws IOException {
    byte[] body = "{\"Detach\":false,\"Tty\":false}".getBytes(StandardCharsets.US_ASCII);
    try (Line line =
        session.client().upgrade(Call.post(session.path("/exec/" + id + "/start"), body), CALL)) {
      Deadline deadline = session.client().deadline(request.timeout());
      deadline.watch(line);
      Thread sender = Thread.ofVirtual().name("engine-exec-input").start(() -> sendInput(line));
      try {
        receive(line);
        if (deadline.missed()) {
          // What ends when it is closed may look like its regular end.
          throw new ExecDeadlineException();
        }
      } catch (IOException e) {
        throw explain(e, deadline);
      } finally {
        deadline.meet();
        sender.interrupt();
      }
      IOException failure = inputFailure;
      if (failure != null) {
        throw new ExecStreamException(
            "the input for the command failed: " + failure.getMessage(), failure);
      }
    }
  }

  private IOException explain(IOException failure, Deadline deadline) {
    IOException input = inputFailure;
    if (input != null) {
      return new ExecStreamException(
          "the input for the command failed: " + input.getMessage(), input);
    }
    return deadline.missed() ? new ExecDeadlineException() : failure;
  }

  private void sendInput(Line line) {
    InputStream input = request.input();
    if (input == null) {
      return;
    }
    byte[] buffer = new byte[32 * 1024];
    try {
      for (int read = next(input, buffer); read >= 0; read = next(input, buffer)) {
        line.wire().output().write(buffer, 0, read);
        line.wire().output().flush();
      }
      line.wire().closeOutput();
    } catch (IOException e) {
      if (inputFailure != null) {
        // Never half-close here: the command would take a part of its input for the whole.
        line.close();
      }
      // Otherwise the command stopped to listen; its exit status tells the rest.
    } finally {
      Arrays.fill(buffer, (byte) 0);
    }
  }

  private int next(InputStream input, byte[] buffer) throws IOException {
    try {
      return input.read(buffer);
    } catch (IOException e) {
      inputFailure = e;
      throw e;
    }
  }

  private void receive(Line line) throws IOException {
    InputStream stream = new LineStream(line);
    new FrameReader(stream, (source, buffer, length, startsFrame) -> take(source, buffer, length))
        .readFrames();
  }

  private void take(Source source, byte[] buffer, int length) throws IOException {
    switch (source) {
      case OUTPUT -> {
        try {
          request.output().write(buffer, 0, length);
        } catch (IOException e) {
          throw new ExecStreamException(
              "the output of the command could not be stored: " + e.getMessage(), e);
        }
      }
      case ERROR -> {
        int room = Math.min(length, ERRORS_KEPT - errors.size());
        errors.write(buffer, 0, room);
        errorsCut |= room < length;
      }
    }
  }

  /** Asks for the exit status; the stream may end a moment before the engine has noted it. */
  private int exitCode(String id) throws IOException {
    for (int attempt = 0; attempt < STATUS_ATTEMPTS; attempt++) {
      Json state =
          Json.parse(
              session
                  .client()
                  .fetch(Call.get(session.path("/exec/" + id + "/json")), CALL, 1024 * 1024));
      OptionalInt exitCode = state.at("ExitCode").smallNumber();
      if (!state.at("Running").flag() && exitCode.isPresent()) {
        return exitCode.getAsInt();
      }
      LockSupport.parkNanos(STATUS_PAUSE_NANOS);
    }
    throw new HttpFormatException("the engine never told the exit status");
  }

  /** Marks a failure of the caller's own streams. */
  private static final class ExecStreamException extends IOException {
    private static final long serialVersionUID = 1L;

    ExecStreamException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Marks a command that took too long. */
  private static final class ExecDeadlineException extends IOException {
    private static final long serialVersionUID = 1L;
  }
}
