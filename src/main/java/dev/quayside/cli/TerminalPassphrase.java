package dev.quayside.cli;

import dev.quayside.backup.PassphraseSource;
import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes a passphrase from a file's first line, from the systemd credential {@code
 * quayside-passphrase}, or from a prompt that does not echo. Never from an argument or a variable.
 */
final class TerminalPassphrase implements PassphraseSource {

  private static final int LONGEST = 4096;

  private final @Nullable Path file;
  private final @Nullable Path credentials;
  private final @Nullable Interruptible interruptible;
  private final Messages messages = Messages.of("cli");

  /**
   * Creates a source.
   *
   * @param file as given with {@code --passphrase-file}, or null
   * @param credentials systemd's {@code CREDENTIALS_DIRECTORY}, or null
   * @param interruptible may end the verb at once while a person is asked; null if nothing runs
   */
  TerminalPassphrase(
      @Nullable Path file, @Nullable Path credentials, @Nullable Interruptible interruptible) {
    this.file = file;
    this.credentials = credentials;
    this.interruptible = interruptible;
  }

  /** Returns the folder in which systemd hands credentials to a unit, or null outside of one. */
  static @Nullable Path credentials() {
    String folder = System.getenv("CREDENTIALS_DIRECTORY");
    return folder == null || folder.isBlank() ? null : Path.of(folder);
  }

  @Override
  public Secret passphrase(Purpose purpose) throws ProblemException {
    if (file != null) {
      return firstLine(file);
    }
    Path credential = credentials == null ? null : credentials.resolve("quayside-passphrase");
    if (credential != null && Files.exists(credential)) {
      return firstLine(credential);
    }
    if (interruptible == null) {
      return prompted(purpose);
    }
    // The reading of a prompt cannot be stopped: a signal that waited for it would wait for long.
    interruptible.pause();
    Secret typed = prompted(purpose);
    interruptible.begin();
    return typed;
  }

  private Secret firstLine(Path from) throws ProblemException {
    byte[] buffer = new byte[LONGEST + 1];
    try (InputStream in = Files.newInputStream(from)) {
      int length = in.readNBytes(buffer, 0, buffer.length);
      int end = 0;
      while (end < length && buffer[end] != '\n') {
        end++;
      }
      if (end > LONGEST) {
        throw unusable(from, messages.get("passphrase.too-long", LONGEST));
      }
      if (end > 0 && buffer[end - 1] == '\r') {
        end--;
      }
      if (end == 0) {
        throw unusable(from, messages.get("passphrase.empty"));
      }
      byte[] line = Arrays.copyOf(buffer, end);
      try {
        return Secret.ofUtf8(line);
      } finally {
        Arrays.fill(line, (byte) 0);
      }
    } catch (NoSuchFileException e) {
      throw unusable(from, messages.get("passphrase.missing"));
    } catch (IOException e) {
      throw unusable(from, messages.get("passphrase.unreadable", e.getClass().getSimpleName()));
    } finally {
      Arrays.fill(buffer, (byte) 0);
    }
  }

  // With the console of java.base, the default again in JDK 25, there is none without a terminal.
  @SuppressWarnings("SystemConsoleNull")
  private Secret prompted(Purpose purpose) throws ProblemException {
    Console console = System.console();
    if (console == null || !console.isTerminal()) {
      throw problem("PASSPHRASE-NONE", messages.get("passphrase.none"));
    }
    char[] first = console.readPassword("%s", messages.get("passphrase.prompt"));
    if (first == null || first.length == 0) {
      throw problem("PASSPHRASE-NONE", messages.get("passphrase.none"));
    }
    if (purpose == Purpose.PROTECT) {
      char[] second = console.readPassword("%s", messages.get("passphrase.again"));
      boolean same = second != null && Arrays.equals(first, second);
      if (second != null) {
        Arrays.fill(second, '\0');
      }
      if (!same) {
        Arrays.fill(first, '\0');
        throw problem("PASSPHRASE-DIFFERS", messages.get("passphrase.differs"));
      }
    }
    return Secret.owning(first);
  }

  private ProblemException unusable(Path from, String reason) {
    return problem("PASSPHRASE-FILE", messages.get("passphrase.file", from, reason));
  }

  private ProblemException problem(String code, String happened) {
    return new ProblemException(
        new Problem(
            code,
            messages.get("passphrase.title"),
            happened,
            messages.get("passphrase.unchanged"),
            messages.get("passphrase.next"),
            null,
            ""));
  }
}
