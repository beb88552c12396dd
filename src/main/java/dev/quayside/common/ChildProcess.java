package dev.quayside.common;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs another program: started with an argument list (no shell), with exactly the environment it
 * is given, with bounded output, and ended together with its children.
 */
public final class ChildProcess implements AutoCloseable {

  // Of util-linux, which every distribution installs.
  private static final Path SETSID = Path.of("/usr/bin/setsid");
  private static final int LONGEST_LINE = 16 * 1024;
  private static final int ERRORS_KEPT = 64 * 1024;
  private static final long GRACE_MILLIS = 1000;
  // 128 + SIGKILL, which is on its way.
  private static final int KILLED = 137;
  // A grandchild that outlives the program may hold its output open for ever.
  private static final long DRAIN_MILLIS = 2000;
  private static final long GLANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** Names the ways in which waiting for a program ends. */
  private enum Ending {
    BY_ITSELF,
    TIMED_OUT,
    CANCELLED,
    BROKEN_OFF
  }

  /**
   * Says what to start.
   *
   * @param arguments program and arguments; never a secret
   * @param environment the whole environment of the child
   * @param directory its working directory; null for ours
   */
  public record Command(
      List<String> arguments, Map<String, String> environment, @Nullable Path directory) {
    /** Makes the lists immutable. */
    public Command {
      arguments = List.copyOf(arguments);
      environment = Map.copyOf(environment);
    }

    /**
     * Returns the same in a session of its own, which the keys of our terminal do not reach; as it
     * is where this machine has no {@code setsid}. It stays the same process and our child.
     */
    public Command inSessionOfItsOwn() {
      if (!Files.isExecutable(SETSID)) {
        return this;
      }
      List<String> words = new ArrayList<>(List.of(SETSID.toString()));
      words.addAll(arguments);
      return new Command(words, environment, directory);
    }

    /** Returns a command that works in our own directory. */
    public static Command of(List<String> arguments, Map<String, String> environment) {
      return new Command(arguments, environment, null);
    }
  }

  /**
   * Tells how a program ended.
   *
   * @param exitCode its exit status; 128 + signal where a signal ended it
   * @param timedOut whether we ended it because its time was over
   * @param cancelled whether we ended it because we were asked to
   * @param output standard output
   * @param errors standard error
   */
  public record Result(
      int exitCode,
      boolean timedOut,
      boolean cancelled,
      CapturedOutput output,
      CapturedOutput errors) {
    /** Returns whether it ended by itself with status 0. */
    public boolean succeeded() {
      return exitCode == 0 && !timedOut && !cancelled;
    }
  }

  private final Process process;
  private final ProcessIdentity identity;
  private final OutputPump errors;

  private ChildProcess(Process process, OutputPump errors) {
    this.process = process;
    this.identity = ProcessIdentity.of(process.toHandle());
    this.errors = errors;
  }

  /** Picks the variables {@code names} out of {@code environment}, as far as they are set. */
  public static Map<String, String> pick(Map<String, String> environment, String... names) {
    Map<String, String> picked = new TreeMap<>();
    for (String name : names) {
      String value = environment.get(name);
      if (value != null) {
        picked.put(name, value);
      }
    }
    return Map.copyOf(picked);
  }

  /**
   * Runs a program to its end.
   *
   * @param input sent to its standard input, which is closed at the end; null for an empty one. Not
   *     closed
   * @param timeout after which it and its children are ended
   * @param limit bytes kept of each output stream; what is beyond is read and dropped
   * @throws IOException if it cannot be started, or {@code input} fails
   * @throws InterruptedException if the caller is interrupted; the program and its children are
   *     ended first
   */
  public static Result run(
      Command command, @Nullable InputStream input, Duration timeout, int limit)
      throws IOException, InterruptedException {
    return run(command, input, timeout, limit, line -> {}, () -> false);
  }

  /**
   * Runs a program to its end and hands its lines on as they come.
   *
   * @param onLine called with each line of both streams, each at most 16 KiB; on one of two
   *     threads, never both at once
   * @param cancelled asked ten times a second; once it says so, the program and its children are
   *     ended
   */
  public static Result run(
      Command command,
      @Nullable InputStream input,
      Duration timeout,
      int limit,
      Consumer<String> onLine,
      BooleanSupplier cancelled)
      throws IOException, InterruptedException {
    return run(command, input, timeout, limit, onLine, cancelled, _ -> {});
  }

  /**
   * Runs a program to its end and tells at once which process it is, so that it can be found again
   * if this process is killed.
   *
   * @param onStart called on the caller's thread before anything else; if it throws, the program is
   *     ended
   */
  public static Result run(
      Command command,
      @Nullable InputStream input,
      Duration timeout,
      int limit,
      Consumer<String> onLine,
      BooleanSupplier cancelled,
      Consumer<ProcessIdentity> onStart)
      throws IOException, InterruptedException {
    Process process = launch(command);
    try {
      onStart.accept(ProcessIdentity.of(process.toHandle()));
    } catch (RuntimeException failure) {
      endTree(process);
      throw failure;
    }
    Object order = new Object();
    OutputPump output =
        OutputPump.start(
            process.getInputStream(), limit, lines(onLine, order), name(command, "output"));
    OutputPump errors =
        OutputPump.start(
            process.getErrorStream(), limit, lines(onLine, order), name(command, "errors"));
    CompletableFuture<Process> inputFailed = feed(process, input, name(command, "input"));
    Ending ending = Ending.BROKEN_OFF;
    try {
      ending = await(process, inputFailed, timeout, cancelled);
    } finally {
      if (ending != Ending.BY_ITSELF) {
        endTree(process);
      }
    }
    output.await(DRAIN_MILLIS);
    errors.await(DRAIN_MILLIS);
    return new Result(
        exitCode(process),
        ending == Ending.TIMED_OUT,
        ending == Ending.CANCELLED,
        output.take(),
        errors.take());
  }

  /** A process stuck in a driver does not end even when killed; nobody may wait for it for ever. */
  private static int exitCode(Process process) throws InterruptedException {
    return process.waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS) ? process.exitValue() : KILLED;
  }

  /** Starts a program that goes on running; the caller reads its streams and closes it. */
  public static ChildProcess start(Command command) throws IOException {
    Process process = launch(command);
    OutputPump errors =
        OutputPump.start(
            process.getErrorStream(),
            ERRORS_KEPT,
            lines(line -> {}, process),
            name(command, "errors"));
    return new ChildProcess(process, errors);
  }

  private static Process launch(Command command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command.arguments());
    builder.environment().clear();
    builder.environment().putAll(command.environment());
    if (command.directory() != null) {
      builder.directory(command.directory().toFile());
    }
    return builder.start();
  }

  private static String name(Command command, String stream) {
    Path program = Path.of(command.arguments().getFirst()).getFileName();
    return "child-" + program + "-" + stream;
  }

  private static OutputPump.Sink lines(Consumer<String> onLine, Object order) {
    LineSplitter splitter = new LineSplitter(LONGEST_LINE, onLine);
    return new OutputPump.Sink() {
      @Override
      public void accept(byte[] buffer, int length) {
        synchronized (order) {
          splitter.accept(buffer, length);
        }
      }

      @Override
      public void end() {
        synchronized (order) {
          splitter.end();
        }
      }
    };
  }

  /**
   * Sends the input on a thread of its own. The result never completes but when the source fails:
   * that the program stops to listen is its own affair.
   */
  private static CompletableFuture<Process> feed(
      Process process, @Nullable InputStream input, String name) {
    CompletableFuture<Process> failed = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name(name)
        .start(() -> {
          try (OutputStream target = process.getOutputStream()) {
            if (input != null) {
              copy(input, target, failed);
            }
          } catch (IOException e) {
            // The program has closed its standard input or ended; its exit status tells the rest.
          }
        });
    return failed;
  }

  private static void copy(
      InputStream input, OutputStream target, CompletableFuture<Process> failed)
      throws IOException {
    byte[] buffer = new byte[8192];
    try {
      for (int read = read(input, buffer, failed); read >= 0; read = read(input, buffer, failed)) {
        target.write(buffer, 0, read);
        target.flush();
      }
    } finally {
      Arrays.fill(buffer, (byte) 0);
    }
  }

  private static int read(InputStream input, byte[] buffer, CompletableFuture<Process> failed)
      throws IOException {
    try {
      return input.read(buffer);
    } catch (IOException e) {
      // Before the pipe is closed: a program must not take half an input for the whole and be
      // called successful.
      failed.completeExceptionally(e);
      throw e;
    }
  }

  private static Ending await(
      Process process,
      CompletableFuture<Process> inputFailed,
      Duration timeout,
      BooleanSupplier cancelled)
      throws IOException, InterruptedException {
    CompletableFuture<?> end = CompletableFuture.anyOf(process.onExit(), inputFailed);
    long deadline = System.nanoTime() + timeout.toNanos();
    while (true) {
      long left = deadline - System.nanoTime();
      try {
        end.get(Math.clamp(left, 0, GLANCE_NANOS), TimeUnit.NANOSECONDS);
        return Ending.BY_ITSELF;
      } catch (TimeoutException e) {
        if (cancelled.getAsBoolean()) {
          return Ending.CANCELLED;
        } else if (left <= 0) {
          return Ending.TIMED_OUT;
        }
      } catch (ExecutionException e) {
        throw new IOException("the input for the program could not be read", e.getCause());
      }
    }
  }

  /** Returns its process id and start time. */
  public ProcessIdentity identity() {
    return identity;
  }

  /** Returns the stream into its standard input. */
  public OutputStream input() {
    return process.getOutputStream();
  }

  /** Returns its standard output. */
  public InputStream output() {
    return process.getInputStream();
  }

  /** Returns what it has written to standard error so far, at most 64 KiB. */
  public CapturedOutput errors() {
    return errors.captured();
  }

  /** Returns whether it still runs. */
  public boolean alive() {
    return process.isAlive();
  }

  /**
   * Waits for its end, at most {@code timeout}, and then for the last of its standard error, at
   * most two seconds; returns whether it has ended.
   */
  public boolean await(Duration timeout) throws InterruptedException {
    if (!process.waitFor(timeout)) {
      return false;
    }
    // The end can be seen before the thread that reads has come round to what was written last.
    errors.await(DRAIN_MILLIS);
    return true;
  }

  /** Returns its exit status; it must have ended. */
  public int exitCode() {
    return process.exitValue();
  }

  /**
   * Ends it and its children: asks, waits a second, then kills. Blocks for at most about two
   * seconds.
   */
  @Override
  public void close() {
    endTree(process);
  }

  private static void endTree(Process process) {
    List<ProcessHandle> tree = tree(process);
    tree.forEach(ProcessHandle::destroy);
    if (!awaitAll(tree)) {
      // What was started in the meantime is ended too.
      tree.addAll(tree(process));
      tree.forEach(ProcessHandle::destroyForcibly);
      awaitAll(tree);
    }
  }

  private static List<ProcessHandle> tree(Process process) {
    List<ProcessHandle> tree = new ArrayList<>(process.descendants().toList());
    tree.add(process.toHandle());
    return tree;
  }

  private static boolean awaitAll(List<ProcessHandle> tree) {
    CompletableFuture<?>[] ends =
        tree.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(ends).get(GRACE_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }
}
