package dev.quayside.backup.apart;

import dev.quayside.backup.BackupReceipt;
import dev.quayside.backup.BackupRequest;
import dev.quayside.backup.PassphraseSource;
import dev.quayside.backup.Protection;
import dev.quayside.common.ChildProcess;
import dev.quayside.common.Messages;
import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets another process of this program make a backup. That process goes on to the end if this one
 * is killed. Where none can be started, or it ends before it has begun, the backup is made here.
 */
public final class ApartBackup {

  private static final Logger LOG = LoggerFactory.getLogger(ApartBackup.class);
  private static final Duration GLANCE = Duration.ofMillis(200);

  private final Program program;
  private final Creation here;

  /** Says what to start. */
  @FunctionalInterface
  public interface Program {
    /** Returns the command, whose process has to serve {@link ApartWork}. */
    ChildProcess.Command command() throws ProblemException;
  }

  /** Makes a backup. */
  @FunctionalInterface
  public interface Creation {
    /** Makes it. Blocks. */
    Outcome<BackupReceipt> run(BackupRequest request, Progress progress) throws ProblemException;
  }

  /**
   * Makes the operation.
   *
   * @param here makes the backup in this process
   */
  public ApartBackup(Program program, Creation here) {
    this.program = program;
    this.here = here;
  }

  /** Makes the backup. Blocks. */
  public Outcome<BackupReceipt> run(BackupRequest request, Progress progress)
      throws ProblemException {
    ChildProcess child;
    try {
      child = ChildProcess.start(program.command());
    } catch (IOException | ProblemException e) {
      LOG.info("a backup is made in this process: {}", e.toString());
      return here.run(request, progress);
    }
    Hearing hearing = new Hearing(child, progress);
    FutureTask<@Nullable Outcome<BackupReceipt>> ending = new FutureTask<>(hearing::listen);
    Thread listener = Thread.ofVirtual().name("backup-apart").start(ending);
    try {
      send(child.input(), request);
      await(child, listener, progress);
      Outcome<BackupReceipt> outcome = ending.get();
      if (outcome != null) {
        return outcome;
      }
    } catch (IOException | ExecutionException e) {
      LOG.warn("the process that makes a backup: {}", e.toString());
    } catch (InterruptedException e) {
      cancel(child);
      Thread.currentThread().interrupt();
      return ended(request);
    }
    if (hearing.begun()) {
      return ended(request);
    }
    child.close();
    LOG.warn("a backup is made in this process; the other said: {}", child.errors().text());
    return here.run(request, progress);
  }

  private static Outcome<BackupReceipt> ended(BackupRequest request) {
    return new Outcome.Failed<>(
        Messages.of("backup").problem("BACKUP-APART-ENDED", request.scope().stack()));
  }

  private static void send(OutputStream input, BackupRequest request)
      throws IOException, ProblemException {
    switch (request.protection()) {
      case Protection.Recipients(var certificates, boolean signed) ->
          input.write(
              Wire.line(
                  new Wire.Request(
                      request.scope(),
                      request.target(),
                      request.compression(),
                      request.mayStop(),
                      certificates,
                      signed,
                      0)));
      case Protection.Passphrase(PassphraseSource source) -> {
        try (Secret passphrase = source.passphrase(PassphraseSource.Purpose.PROTECT)) {
          IOException failure = passphrase.withUtf8(bytes -> sent(input, request, bytes));
          if (failure != null) {
            throw failure;
          }
        }
      }
    }
    input.flush();
  }

  private static @Nullable IOException sent(
      OutputStream input, BackupRequest request, byte[] passphrase) {
    try {
      input.write(
          Wire.line(
              new Wire.Request(
                  request.scope(),
                  request.target(),
                  request.compression(),
                  request.mayStop(),
                  null,
                  true,
                  passphrase.length)));
      input.flush();
      input.write(passphrase);
      return null;
    } catch (IOException e) {
      return e;
    }
  }

  /** Waits for the end, however long that takes, and passes the wish to stop on. */
  private static void await(ChildProcess child, Thread listener, Progress progress)
      throws InterruptedException {
    boolean told = false;
    while (!listener.join(GLANCE)) {
      if (progress.cancelled() && !told) {
        told = true;
        cancel(child);
      }
    }
  }

  private static void cancel(ChildProcess child) {
    try {
      child.input().write(Wire.CANCEL);
      child.input().flush();
    } catch (IOException e) {
      LOG.info("the process that makes a backup has ended: {}", e.toString());
    }
  }

  /** Hears what the other process says. */
  private static final class Hearing {

    private final ChildProcess child;
    private final Progress progress;
    private volatile boolean begun;

    Hearing(ChildProcess child, Progress progress) {
      this.child = child;
      this.progress = progress;
    }

    /** Returns whether it has understood what to do, so that it may have done some of it. */
    boolean begun() {
      return begun;
    }

    /** Returns how it ended; null if it did not say so. */
    @Nullable Outcome<BackupReceipt> listen() throws IOException {
      progress.child(child.identity());
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(child.output(), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          Wire.Said said = Wire.said(line);
          if (said == null) {
            LOG.info("the process that makes a backup says what is no message");
            continue;
          }
          begun = true;
          if (said.ended() != null) {
            return said.ended().outcome();
          }
          pass(said);
        }
        return null;
      }
    }

    private void pass(Wire.Said said) {
      String text = said.text() == null ? "" : said.text();
      if (said.step() != null && said.of() != null) {
        progress.step(said.step(), said.of(), text);
      } else if (said.done() != null && said.total() != null) {
        progress.bytes(said.done(), said.total());
      } else if (said.text() != null) {
        progress.line(text);
      }
    }
  }
}
