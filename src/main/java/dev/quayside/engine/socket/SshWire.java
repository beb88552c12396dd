package dev.quayside.engine.socket;

import dev.quayside.common.ChildProcess;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/** Carries bytes through {@code ssh … docker system dial-stdio}. */
final class SshWire implements Wire {

  private static final Duration LAST_WORDS = Duration.ofSeconds(1);
  private static final int LONGEST_COMPLAINT = 500;

  private final ChildProcess ssh;
  private final InputStream input;
  private final OutputStream output;
  private volatile boolean silent = true;
  private volatile boolean closed;

  SshWire(ChildProcess ssh) {
    this.ssh = ssh;
    this.input = new Input(ssh.output());
    this.output = new Output(ssh.input());
  }

  @Override
  public InputStream input() {
    return input;
  }

  @Override
  public OutputStream output() {
    return output;
  }

  @Override
  public void closeOutput() throws IOException {
    output.close();
  }

  @Override
  public void close() {
    closed = true;
    // Ending a process may take a second; nobody has to wait for it.
    Thread.ofPlatform().daemon().name("ssh-end").start(ssh::close);
  }

  /**
   * Returns what ssh said on its standard error, once it has ended; never anything that we sent.
   */
  private String lastWords() {
    try {
      boolean ended = ssh.await(LAST_WORDS);
      String words = ssh.errors().text().strip();
      String said =
          words.length() > LONGEST_COMPLAINT ? words.substring(0, LONGEST_COMPLAINT) : words;
      return said.isEmpty() && ended ? "status " + ssh.exitCode() : said;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  /**
   * Returns whether the other side has ended by itself and in order. A connection that was cut ends
   * its pipe just the same, but then ssh complains, or it was we who ended it.
   */
  private boolean endedInOrder() {
    try {
      return !closed && ssh.await(LAST_WORDS) && ssh.exitCode() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Tells a regular end from one that comes too early. */
  private final class Input extends FilterInputStream {

    Input(InputStream output) {
      super(output);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = super.read(target, offset, length);
      if (count < 0 && (silent || !endedInOrder())) {
        throw new SshException(lastWords());
      }
      if (count > 0) {
        silent = false;
      }
      return count;
    }
  }

  /** Tells why nothing can be written, if there never was anything to read. */
  private final class Output extends FilterOutputStream {

    Output(OutputStream input) {
      super(input);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      try {
        out.write(source, offset, length);
        out.flush();
      } catch (IOException e) {
        throw silent ? new SshException(lastWords()) : e;
      }
    }
  }
}
