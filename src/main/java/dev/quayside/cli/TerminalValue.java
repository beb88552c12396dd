package dev.quayside.cli;

import dev.quayside.common.Messages;
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
 * Takes the value of a setting from a file, from standard input, or from a prompt that does not
 * echo: an argument would be in the list of processes and in the history of the shell. One line end
 * behind the value does not belong to it.
 */
final class TerminalValue {

  private static final int LONGEST = 64 * 1024;
  private static final Messages MESSAGES = Messages.of("env");

  private final InputStream standardInput;

  TerminalValue(InputStream standardInput) {
    this.standardInput = standardInput;
  }

  /**
   * Returns the value; the caller closes it.
   *
   * @param file as given with {@code --value-file}, or null
   * @param name of the setting, for the prompt
   */
  @SuppressWarnings("SystemConsoleNull")
  Secret read(@Nullable Path file, String name) throws ProblemException {
    if (file != null) {
      try (InputStream in = Files.newInputStream(file)) {
        return whole(in);
      } catch (NoSuchFileException missing) {
        throw unusable(file + ": " + MESSAGES.get("cli.value.missing"));
      } catch (IOException failure) {
        throw unusable(file + ": " + failure.getClass().getSimpleName());
      }
    }
    Console console = System.console();
    if (console != null && console.isTerminal()) {
      char[] typed = console.readPassword("%s", MESSAGES.get("cli.value.prompt", name));
      if (typed == null) {
        throw unusable(MESSAGES.get("cli.value.none"));
      }
      return Secret.owning(typed);
    }
    try {
      return whole(standardInput);
    } catch (IOException failure) {
      throw unusable(failure.getClass().getSimpleName());
    }
  }

  private static Secret whole(InputStream in) throws IOException, ProblemException {
    byte[] buffer = new byte[LONGEST + 1];
    try {
      int length = in.readNBytes(buffer, 0, buffer.length);
      if (length > LONGEST) {
        throw unusable(MESSAGES.get("cli.value.too-long", LONGEST));
      }
      int end = length;
      if (end > 0 && buffer[end - 1] == '\n') {
        end--;
        end -= end > 0 && buffer[end - 1] == '\r' ? 1 : 0;
      }
      byte[] value = Arrays.copyOf(buffer, end);
      try {
        Secret text = Secret.ofUtf8(value);
        boolean whole = text.withUtf8(back -> Arrays.equals(back, value));
        if (!whole) {
          // What is no text would be stored as something else.
          text.close();
          throw unusable(MESSAGES.get("cli.value.not-text"));
        }
        return text;
      } finally {
        Arrays.fill(value, (byte) 0);
      }
    } finally {
      Arrays.fill(buffer, (byte) 0);
    }
  }

  private static ProblemException unusable(String reason) {
    return new ProblemException(MESSAGES.problem("ENV-NO-VALUE", reason));
  }
}
