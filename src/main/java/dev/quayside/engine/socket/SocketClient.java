package dev.quayside.engine.socket;

import dev.quayside.engine.Endpoint;
import dev.quayside.engine.socket.Deadlines.Deadline;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends calls to an engine over a few connections that are kept alive. Safe for all threads; a call
 * blocks its caller, which is best a virtual thread.
 */
final class SocketClient implements AutoCloseable {

  private static final int MOST_IDLE = 4;
  private static final Duration OLDEST_IDLE = Duration.ofSeconds(30);
  // Over SSH each connection is a process and a login, and a server refuses logins that storm in.
  // One idle connection is left to the sign of life, whoever else asks.
  private static final int MOST_CALLS_BY_SSH = MOST_IDLE - 1;
  private static final int MOST_CALLS = Integer.MAX_VALUE / 2;

  private final Dialer dialer;
  private final Deadlines deadlines = new Deadlines();
  private final LongSupplier nanoClock;
  private final Deque<Line> idle = new ArrayDeque<>();
  private final Set<Line> open = ConcurrentHashMap.newKeySet();
  private final Semaphore turns;
  private volatile long lastAnswer;
  private volatile boolean closed;

  SocketClient(Dialer dialer, LongSupplier nanoClock) {
    this.dialer = dialer;
    this.nanoClock = nanoClock;
    this.turns = new Semaphore(bySsh() ? MOST_CALLS_BY_SSH : MOST_CALLS, true);
    this.lastAnswer = nanoClock.getAsLong();
  }

  private boolean bySsh() {
    return dialer.endpoint() instanceof Endpoint.Ssh;
  }

  Endpoint endpoint() {
    return dialer.endpoint();
  }

  private Answer send(Call call, Deadline deadline) throws IOException {
    return send(call, deadline, call.repeatable() ? takeIdle() : null);
  }

  private Answer send(Call call, Deadline deadline, @Nullable Line old) throws IOException {
    if (old != null) {
      try {
        return exchange(old, call, deadline);
      } catch (HttpFormatException | DeadlineException e) {
        throw e;
      } catch (IOException e) {
        // The engine may close an idle connection at any moment; what can be repeated is sent once
        // more.
      }
    }
    return exchange(dial(deadline), call, deadline);
  }

  private Answer exchange(Line line, Call call, Deadline deadline) throws IOException {
    deadline.watch(line);
    boolean answered = false;
    try {
      line.send(call, false);
      ResponseHead head = line.receive();
      lastAnswer = nanoClock.getAsLong();
      if (head.status() == 101) {
        throw new HttpFormatException("an upgrade nobody asked for");
      }
      Answer answer =
          new Answer(head, line, call.method().equals("HEAD"), deadline, () -> release(line));
      answered = true;
      return answer;
    } catch (IOException e) {
      throw deadline.explain(e);
    } finally {
      if (!answered) {
        line.close();
      }
    }
  }

  /** Sends a call and returns the whole body of a good answer. */
  byte[] fetch(Call call, Duration time, int limit) throws IOException {
    // No time runs while it waits for its turn: those before it have deadlines of their own.
    takeTurn();
    try {
      return fetch(call, time, limit, call.repeatable() ? takeIdle() : null);
    } finally {
      turns.release();
    }
  }

  /** Sends a call that may take long, beside those that take turns. */
  byte[] command(Call call, Duration time, int limit) throws IOException {
    return fetch(call, time, limit, null);
  }

  private void takeTurn() throws IOException {
    try {
      turns.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClosedByInterruptException();
    }
  }

  /**
   * Asks for a sign of life beside all other calls. Any answer that came meanwhile is one too, and
   * a login that has to come first gets the time that logins take.
   *
   * @param time in which the engine has to answer once there is a connection
   */
  void ping(Duration time) throws IOException {
    long begun = nanoClock.getAsLong();
    Line old = takeIdle();
    Duration patience = old == null && bySsh() ? SocketConnector.FIRST_ANSWER_BY_SSH : time;
    try {
      var _ = fetch(new Call("HEAD", "/_ping", null, null, null), patience, 1024, old);
    } catch (DeadlineException e) {
      if (lastAnswer - begun <= 0) {
        throw e;
      }
    }
  }

  private byte[] fetch(Call call, Duration time, int limit, @Nullable Line old) throws IOException {
    Deadline deadline = deadlines.start(time);
    try (Answer answer = send(call, deadline, old)) {
      if (answer.status() >= 300) {
        throw answer.refusal();
      }
      return answer.readAll(limit);
    } catch (IOException e) {
      throw deadline.explain(e);
    } finally {
      deadline.meet();
    }
  }

  /** Sends a call and returns any answer, whose head has to come in time. The caller closes it. */
  Answer any(Call call, Duration time) throws IOException {
    Deadline deadline = deadlines.start(time);
    try {
      return send(call, deadline);
    } finally {
      deadline.meet();
    }
  }

  /**
   * Sends a call and returns a good answer, whose head has to come in time and whose body may take
   * for ever.
   */
  Answer stream(Call call, Duration time) throws IOException {
    Deadline deadline = deadlines.start(time);
    try {
      Answer answer = send(call, deadline);
      if (answer.status() >= 300) {
        try (answer) {
          throw answer.refusal();
        }
      }
      return answer;
    } catch (IOException e) {
      throw deadline.explain(e);
    } finally {
      deadline.meet();
    }
  }

  /**
   * Sends a call that turns a connection of its own into a raw stream both ways. The caller closes
   * it.
   */
  Line upgrade(Call call, Duration time) throws IOException {
    Deadline deadline = deadlines.start(time);
    Line line = dial(deadline);
    boolean upgraded = false;
    try {
      deadline.watch(line);
      line.send(call, true);
      ResponseHead head = line.receive();
      if (head.status() != 101) {
        throw new Answer(head, line, false, deadline, line::close).refusal();
      }
      upgraded = true;
      return line;
    } catch (IOException e) {
      throw deadline.explain(e);
    } finally {
      deadline.meet();
      if (!upgraded) {
        line.close();
      }
    }
  }

  /** Starts a deadline that the caller has to meet. */
  Deadline deadline(Duration time) {
    return deadlines.start(time);
  }

  private Line dial(Deadline deadline) throws IOException {
    Line line = new Line(dialer.dial(deadline), host(), open::remove);
    open.add(line);
    if (closed) {
      line.close();
      throw new ClosedChannelException();
    }
    return line;
  }

  private String host() {
    return switch (dialer.endpoint()) {
      case Endpoint.Tcp tcp -> tcp.address().substring("tcp://".length());
      case Endpoint.Unix unix -> "docker";
      case Endpoint.Ssh ssh -> "docker";
    };
  }

  private @Nullable Line takeIdle() {
    long now = nanoClock.getAsLong();
    synchronized (idle) {
      for (Line line = idle.pollFirst(); line != null; line = idle.pollFirst()) {
        if (now - line.idleSince() < OLDEST_IDLE.toNanos()) {
          return line;
        }
        line.close();
      }
      return null;
    }
  }

  private void release(Line line) {
    line.markIdle(nanoClock.getAsLong());
    synchronized (idle) {
      if (!closed && idle.size() < MOST_IDLE) {
        idle.addFirst(line);
        return;
      }
    }
    line.close();
  }

  /** Returns how many connections are open, for tests that look for leaks. */
  int openLines() {
    return open.size();
  }

  @Override
  public void close() {
    closed = true;
    deadlines.close();
    // Whoever still waits for a turn has to learn of it.
    turns.release(MOST_CALLS / 2);
    synchronized (idle) {
      idle.clear();
    }
    open.forEach(Line::close);
  }
}
