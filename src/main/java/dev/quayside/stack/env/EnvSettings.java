package dev.quayside.stack.env;

import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads single settings that are no secrets, such as places and names, out of env files. */
public final class EnvSettings {

  private EnvSettings() {}

  /** Returns the value that counts; null where the file cannot be read or does not set it. */
  public static @Nullable String read(Path file, String name) {
    if (!Files.isRegularFile(file)) {
      return null;
    }
    try (EnvFile env = EnvFile.read(file);
        Secret value = env.value(name)) {
      return value == null ? null : value.withChars(String::new);
    } catch (ProblemException unreadable) {
      return null;
    }
  }
}
