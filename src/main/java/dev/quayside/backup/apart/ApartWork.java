package dev.quayside.backup.apart;

import dev.quayside.backup.BackupCreation;
import dev.quayside.backup.BackupReceipt;
import dev.quayside.backup.BackupRequest;
import dev.quayside.backup.Protection;
import dev.quayside.common.Outcome;
import dev.quayside.common.Progress;
import dev.quayside.common.Secret;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves {@link ApartBackup} in the process that it started: one backup, asked for by a pipe. */
public final class ApartWork implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ApartWork.class);

  private final BackupRequest request;
  private final Secret passphrase;
  private volatile boolean cancelled;

  private ApartWork(Wire.Request asked, Secret passphrase, InputStream input) {
    this.passphrase = passphrase;
    List<Path> certificates = asked.certificates();
    Protection protection =
        certificates == null
            ? new Protection.Passphrase(_ -> lent())
            : new Protection.Recipients(certificates, asked.signed());
    this.request =
        new BackupRequest(
            asked.scope(), asked.target(), protection, asked.compression(), asked.mayStop());
    Thread.ofPlatform().daemon().name("backup-apart-cancel").start(() -> listen(input));
  }

  /**
   * Reads what is asked for.
   *
   * @throws IOException if that is not understood, or the passphrase is cut short
   */
  public static ApartWork read(InputStream input) throws IOException {
    Wire.Request asked = Wire.request(input);
    byte[] bytes = input.readNBytes(asked.passphraseBytes());
    try {
      if (bytes.length < asked.passphraseBytes()) {
        throw new EOFException("no whole passphrase");
      }
      return new ApartWork(asked, Secret.ofUtf8(bytes), input);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** Hands the passphrase over, for the one time that it is asked for, and forgets it. */
  private Secret lent() {
    try (passphrase) {
      return passphrase.copy();
    }
  }

  /** An end of the pipe means that nobody waits any more, which is no reason to stop. */
  private void listen(InputStream input) {
    try {
      if (input.read() == Wire.CANCEL) {
        cancelled = true;
      }
    } catch (IOException e) {
      LOG.info("nobody waits for the backup any more: {}", e.toString());
    }
  }

  /**
   * Makes the backup and says everything to {@code out}.
   *
   * @param own asked, too, whether to stop
   */
  public Outcome<BackupReceipt> run(BackupCreation creation, Progress own, OutputStream out) {
    Saying saying = new Saying(out, own);
    saying.say(Wire.Said.ready());
    Outcome<BackupReceipt> outcome = creation.run(request, saying);
    saying.say(Wire.Said.ended(outcome));
    return outcome;
  }

  /** Returns whether it was asked to stop. */
  boolean cancelled() {
    return cancelled;
  }

  @Override
  public void close() {
    passphrase.close();
  }

  /** Says progress to the pipe. */
  private final class Saying implements Progress {

    private static final long BETWEEN_AMOUNTS = 200_000_000L;

    private final OutputStream out;
    private final Progress own;
    private long last = System.nanoTime() - BETWEEN_AMOUNTS;

    Saying(OutputStream out, Progress own) {
      this.out = out;
      this.own = own;
    }

    synchronized void say(Wire.Said what) {
      try {
        out.write(Wire.line(what));
        out.flush();
      } catch (IOException e) {
        LOG.debug("nobody listens to the backup any more", e);
      }
    }

    @Override
    public void step(int number, int total, String text) {
      say(Wire.Said.step(number, total, text));
    }

    @Override
    public synchronized void bytes(long done, long total) {
      long now = System.nanoTime();
      if (now - last >= BETWEEN_AMOUNTS) {
        last = now;
        say(Wire.Said.bytes(done, total));
      }
    }

    @Override
    public void line(String text) {
      say(Wire.Said.line(text));
    }

    @Override
    public boolean cancelled() {
      return cancelled || own.cancelled();
    }
  }
}
