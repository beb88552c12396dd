package dev.quayside.exposure.probe;

import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.Container;
import dev.quayside.engine.ExecRequest;
import dev.quayside.engine.ExecResult;
import dev.quayside.exposure.probe.Wire.Conversation;
import dev.quayside.exposure.probe.Wire.Reply;
import dev.quayside.journal.Intent;
import dev.quayside.journal.JournaledEngine;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Carries one conversation, through a program in a peer container or from this host. */
final class Carrier {

  /** From the first byte of the connection to the last of the answer. */
  static final Duration ATTEMPT = Duration.ofSeconds(8);

  private static final Duration EXEC_PATIENCE = Duration.ofSeconds(20);
  private static final Duration GOING = Duration.ofMillis(500);
  private static final int CONNECT_MILLIS = 4000;

  /** What the engine itself prints in the place of a program that it cannot start. */
  private static final String NOT_STARTED = "OCI runtime exec failed";

  private static final int CANNOT_RUN = 126;
  private static final int NOT_FOUND = 127;

  private final JournaledEngine control;
  private final Duration attempt;

  Carrier(JournaledEngine control, Duration attempt) {
    this.control = control;
    this.attempt = attempt;
  }

  /** Tells how it went. */
  sealed interface Carried {

    /** An answer came. */
    record Answered(Reply reply) implements Carried {}

    /** The connection stood, the question went off, and nothing that is an answer came back. */
    record Silent() implements Carried {}

    /** There was no connection, so nothing was shown to anybody. */
    record NoConnection() implements Carried {}

    /** The program is not there, or nothing may be run there. */
    record NoProgram() implements Carried {}
  }

  /** Asks through {@code tool} in {@code peer}. */
  Carried throughPeer(
      Intent intent,
      Container peer,
      ProbeTools.ProbeTool tool,
      String host,
      int port,
      Conversation conversation)
      throws ProblemException {
    long deadline = System.nanoTime() + attempt.toNanos();
    Pipe question = new Pipe(EXEC_PATIENCE::toNanos);
    Pipe answer = new Pipe(() -> deadline - System.nanoTime());
    ExecRequest exec =
        new ExecRequest(
            peer.id(),
            tool.to(host, port),
            Map.of(),
            null,
            question.reader(),
            answer.answerWriter(),
            EXEC_PATIENCE);
    CompletableFuture<@Nullable ExecResult> ended = new CompletableFuture<>();
    Thread.ofVirtual().name("probe-exec").start(() -> run(intent, exec, answer, ended));
    Reply reply = null;
    boolean late = false;
    try {
      reply = conversation.hold(new Wire(answer.reader(), question.writer()));
    } catch (InterruptedIOException tooLate) {
      late = true;
    } catch (IOException none) {
      // What the program's end says of it comes below.
      reply = null;
    }
    answer.discard();
    ExecResult result = end(tool, question, ended, reply != null || late);
    boolean refused =
        result != null && (result.exitCode() == CANNOT_RUN || result.exitCode() == NOT_FOUND);
    if (refused || answer.beganWith(NOT_STARTED)) {
      // What was read is then the engine's own complaint and no answer of the service.
      return new Carried.NoProgram();
    }
    if (reply != null) {
      return new Carried.Answered(reply);
    }
    return late ? new Carried.Silent() : of(result);
  }

  private void run(
      Intent intent, ExecRequest exec, Pipe answer, CompletableFuture<@Nullable ExecResult> ended) {
    try {
      ended.complete(control.exec(intent, exec));
    } catch (ProblemException | RuntimeException failure) {
      ended.completeExceptionally(failure);
    } finally {
      answer.end();
    }
  }

  /**
   * Waits for the program's end, so that the journal is not written behind the back of who ends the
   * intent. A program that is no longer needed is told so. The thread that runs it is never
   * interrupted: it may be writing the journal.
   */
  private static @Nullable ExecResult end(
      ProbeTools.ProbeTool tool,
      Pipe question,
      CompletableFuture<@Nullable ExecResult> ended,
      boolean over)
      throws ProblemException {
    try {
      return ended.get((over ? GOING : EXEC_PATIENCE).toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException lingers) {
      return stop(tool, question, ended);
    } catch (ExecutionException failed) {
      return null;
    } catch (InterruptedException interrupted) {
      stop(tool, question, ended);
      Thread.currentThread().interrupt();
      throw new ProblemException(Messages.of("common").problem("INTERRUPTED"), interrupted);
    }
  }

  private static @Nullable ExecResult stop(
      ProbeTools.ProbeTool tool, Pipe question, CompletableFuture<@Nullable ExecResult> ended) {
    if (tool.endsWithInput()) {
      question.end();
    } else {
      question.abort();
    }
    // Its own deadline ends it at the latest.
    return ended.exceptionally(_ -> null).join();
  }

  private static Carried of(@Nullable ExecResult result) {
    if (result == null) {
      return new Carried.NoProgram();
    }
    return result.succeeded() ? new Carried.Silent() : new Carried.NoConnection();
  }

  /** Asks from this host. */
  Carried fromHost(String address, int port, Conversation conversation) {
    long deadline = System.nanoTime() + attempt.toNanos();
    boolean connected = false;
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
      connected = true;
      InputStream in = new TimedInput(socket, deadline);
      return new Carried.Answered(conversation.hold(new Wire(in, socket.getOutputStream())));
    } catch (IOException failure) {
      return connected ? new Carried.Silent() : new Carried.NoConnection();
    }
  }

  /** Ends at the deadline, however small the pieces come in. */
  private static final class TimedInput extends InputStream {
    private final Socket socket;
    private final InputStream in;
    private final long deadline;

    TimedInput(Socket socket, long deadline) throws IOException {
      this.socket = socket;
      this.in = socket.getInputStream();
      this.deadline = deadline;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
      if (left <= 0) {
        throw new InterruptedIOException("no answer in time");
      }
      socket.setSoTimeout((int) left);
      return in.read(buffer, offset, length);
    }
  }
}
