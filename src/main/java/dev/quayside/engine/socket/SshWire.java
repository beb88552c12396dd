package dev.quayside.engine.socket;

import dev.quayside.common.ChildProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Carries bytes through {@code ssh … docker system dial-stdio}. */
final class SshWire implements Wire {

  private final ChildProcess ssh;

  SshWire(ChildProcess ssh) {
    this.ssh = ssh;
  }

  @Override
  public InputStream input() {
    return ssh.output();
  }

  @Override
  public OutputStream output() {
    return ssh.input();
  }

  @Override
  public void closeOutput() throws IOException {
    ssh.input().close();
  }

  /** Returns what ssh said on its standard error. */
  String complaint() {
    return ssh.errors().text();
  }

  @Override
  public void close() {
    // Ending a process may take a second; nobody has to wait for it.
    Thread.ofPlatform().daemon().name("ssh-end").start(ssh::close);
  }
}
