package dev.quayside.pgp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs the stock {@code gpg} of this machine with a key ring of its own. Closing ends its agent.
 */
public final class Gnupg implements AutoCloseable {

  /** What {@code gpg} answered. */
  public record Answer(int status, byte[] output, String errors) {}

  private final Path home;

  /**
   * Makes an empty key ring below {@code folder}; the path stays short because of the agent's
   * socket.
   */
  public Gnupg() throws IOException {
    this.home =
        Files.createTempDirectory(
            Path.of("/tmp"),
            "qg",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /** Runs {@code gpg} with {@code arguments} and feeds it {@code input}. */
  public Answer run(byte[] input, List<String> arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("gpg", "--batch", "--no-tty", "--pinentry-mode", "loopback"));
    command.addAll(arguments);
    Path in = Files.createTempFile(home, "in", "");
    Path out = Files.createTempFile(home, "out", "");
    Path errors = Files.createTempFile(home, "err", "");
    Files.write(in, input);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(errors.toFile());
    builder.environment().clear();
    builder
        .environment()
        .putAll(Map.of("GNUPGHOME", home.toString(), "PATH", "/usr/bin:/bin", "LC_ALL", "C.UTF-8"));
    Process process = builder.start();
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("gpg hangs: " + command);
    }
    Answer answer =
        new Answer(process.exitValue(), Files.readAllBytes(out), Files.readString(errors));
    Files.delete(in);
    Files.delete(out);
    Files.delete(errors);
    return answer;
  }

  /** Runs {@code gpg} and fails unless it succeeds. */
  public byte[] succeed(byte[] input, String... arguments)
      throws IOException, InterruptedException {
    Answer answer = run(input, List.of(arguments));
    if (answer.status() != 0) {
      throw new IOException(
          "gpg " + List.of(arguments) + " said " + answer.status() + ": " + answer.errors());
    }
    return answer.output();
  }

  /** Writes {@code passphrase} to a file for {@code --passphrase-file}. */
  public String passphraseFile(String passphrase) throws IOException {
    Path file = Files.createTempFile(home, "pass", "");
    Files.writeString(file, passphrase + "\n", StandardCharsets.UTF_8);
    return file.toString();
  }

  /** Makes a key pair with an encryption subkey and returns the primary key's fingerprint. */
  public String makeKey(String user, String algorithm, String encryption, String passphrase)
      throws Exception {
    String parameters =
        "Key-Type: %s\nKey-Usage: sign\nSubkey-Type: %s\nSubkey-Usage: encrypt\nName-Real: %s\nExpire-Date: 0\n%s%%commit\n"
            .formatted(
                algorithm,
                encryption,
                user,
                passphrase.isEmpty() ? "%no-protection\n" : "Passphrase: " + passphrase + "\n");
    succeed(parameters.getBytes(StandardCharsets.UTF_8), "--gen-key");
    String listing =
        new String(
            succeed(new byte[0], "--with-colons", "--list-keys", user), StandardCharsets.UTF_8);
    return listing
        .lines()
        .filter(line -> line.startsWith("fpr:"))
        .findFirst()
        .orElseThrow()
        .split(":")[9];
  }

  /** Exports the public key {@code fingerprint} to a file below {@code folder}. */
  public Path exportPublic(String fingerprint, Path folder) throws Exception {
    return Files.write(
        folder.resolve(fingerprint + ".pub"), succeed(new byte[0], "--export", fingerprint));
  }

  /** Exports the secret key {@code fingerprint}, armored, still locked by {@code passphrase}. */
  public Path exportSecret(String fingerprint, String passphrase, Path folder) throws Exception {
    byte[] key =
        succeed(
            new byte[0],
            "--armor",
            "--passphrase-file",
            passphraseFile(passphrase),
            "--export-secret-keys",
            fingerprint);
    return Files.write(folder.resolve(fingerprint + ".asc"), key);
  }

  /** Returns the folder with the key ring. */
  public Path home() {
    return home;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("gpgconf", "--kill", "all").redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("GNUPGHOME", home.toString());
    builder.start().waitFor(20, TimeUnit.SECONDS);
    Files.walkFileTree(home, new Removal());
  }

  /** The agent that was told to end removes its sockets meanwhile. */
  private static final class Removal extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (e instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw e;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
        throws IOException {
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
