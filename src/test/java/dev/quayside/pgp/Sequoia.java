package dev.quayside.pgp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs Debian's {@code sq}, the second stock tool that has to open what we write. */
public final class Sequoia {

  private final Path folder;

  /** Keeps its files in {@code folder}. */
  public Sequoia(Path folder) {
    this.folder = folder;
  }

  /** Runs {@code sq} on {@code message} and fails unless it succeeds; returns what it wrote. */
  public byte[] succeed(byte[] message, String... arguments)
      throws IOException, InterruptedException {
    Gnupg.Answer answer = run(message, arguments);
    if (answer.status() != 0) {
      throw new IOException("sq " + List.of(arguments) + " said " + answer.errors());
    }
    return answer.output();
  }

  /** Runs {@code sq} on {@code message}. */
  public Gnupg.Answer run(byte[] message, String... arguments)
      throws IOException, InterruptedException {
    Path in = Files.createTempFile(folder, "in", "");
    Path out = Files.createTempFile(folder, "out", "");
    Path errors = Files.createTempFile(folder, "err", "");
    Files.write(in, message);
    List<String> command = new ArrayList<>(List.of("sq", "--force"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--output", out.toString(), in.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    builder
        .environment()
        .putAll(Map.of("HOME", folder.toString(), "PATH", "/usr/bin:/bin", "LC_ALL", "C.UTF-8"));
    Process process = builder.start();
    process.getOutputStream().close();
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("sq hangs: " + command);
    }
    return new Gnupg.Answer(process.exitValue(), Files.readAllBytes(out), Files.readString(errors));
  }
}
