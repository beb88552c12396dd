package dev.quayside.backup.drill;

import dev.quayside.backup.CancelledException;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ExecRequest;
import dev.quayside.engine.ExecResult;
import dev.quayside.journal.Intent;
import dev.quayside.journal.JournaledEngine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs commands inside one throw-away container, each on a thread of its own, so that the operator
 * can stop a command that is silent.
 */
final class Inside {

  private static final Duration GLANCE = Duration.ofMillis(200);
  private static final Duration LAST_WORD = Duration.ofSeconds(5);
  private static final int LONGEST_ANSWER = 4 << 20;

  private final JournaledEngine engine;
  private final Intent intent;
  private final ContainerId container;
  private final Progress progress;

  Inside(JournaledEngine engine, Intent intent, ContainerId container, Progress progress) {
    this.engine = engine;
    this.intent = intent;
    this.container = container;
    this.progress = progress;
  }

  /** How a command ended, with what it printed. */
  record Answer(ExecResult result, String output) {

    boolean succeeded() {
      return result.succeeded();
    }
  }

  /** Runs {@code command} to its end. */
  Answer run(Duration timeout, List<String> command) throws ProblemException, IOException {
    return run(timeout, "", command);
  }

  /** Runs {@code command} with {@code input} on its standard input. */
  Answer run(Duration timeout, String input, List<String> command)
      throws ProblemException, IOException {
    try (Feed feed = feed(timeout, command)) {
      feed.write(input.getBytes(StandardCharsets.UTF_8));
      return feed.answer();
    }
  }

  /** Starts {@code command} and returns its standard input. */
  Feed feed(Duration timeout, List<String> command) throws CancelledException {
    if (progress.cancelled()) {
      throw new CancelledException();
    }
    return new Feed(timeout, command);
  }

  /** Is the standard input of a running command. For one thread. */
  final class Feed extends OutputStream {

    private final Conduit conduit = new Conduit(progress);
    private final Kept kept = new Kept();
    private final FutureTask<ExecResult> task;
    private final Thread worker;

    private Feed(Duration timeout, List<String> command) {
      ExecRequest request =
          new ExecRequest(container, command, Map.of(), null, conduit.input(), kept, timeout);
      task = new FutureTask<>(() -> run(request));
      worker = Thread.ofVirtual().name("backup-drill").start(task);
    }

    private ExecResult run(ExecRequest request) throws ProblemException {
      try {
        return engine.exec(intent, request);
      } finally {
        conduit.deafen();
      }
    }

    @Override
    public void write(int single) throws IOException {
      conduit.write(single);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      conduit.write(source, offset, length);
    }

    /** Ends the input and waits for the command's end. */
    Answer answer() throws ProblemException, IOException {
      conduit.close();
      try {
        while (!worker.join(GLANCE)) {
          if (progress.cancelled()) {
            throw new CancelledException();
          }
        }
        return new Answer(task.get(), kept.text());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while drilling");
      } catch (ExecutionException e) {
        switch (e.getCause()) {
          case ProblemException known -> throw known;
          case RuntimeException mistake -> throw mistake;
          case Error error -> throw error;
          case null, default -> throw new IOException(e.getCause());
        }
      }
    }

    /** Gives the command up if it has not ended; its container is thrown away anyway. */
    @Override
    public void close() {
      if (!task.isDone()) {
        task.cancel(true);
        conduit.deafen();
        // Its last word in the journal comes before the outcome.
        boolean interrupted = Thread.interrupted();
        try {
          boolean _ = worker.join(LAST_WORD);
        } catch (InterruptedException e) {
          interrupted = true;
        }
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  /** Keeps the beginning of what a command prints. */
  private static final class Kept extends OutputStream {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public synchronized void write(int single) {
      if (bytes.size() < LONGEST_ANSWER) {
        bytes.write(single);
      }
    }

    @Override
    public synchronized void write(byte[] source, int offset, int length) {
      bytes.write(source, offset, Math.min(length, LONGEST_ANSWER - bytes.size()));
    }

    synchronized String text() {
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }
}
