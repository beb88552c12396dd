package dev.quayside.stack.settings;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.catalogue.StackKind;
import dev.quayside.common.Secret;
import dev.quayside.stack.env.EnvFile;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Knows of settings what their names and values do not tell by themselves. */
public interface EnvJudge {

  /** Returns whether the value of {@code name} must not be shown. */
  boolean secret(String name);

  /** Returns the key of the reason why {@code name} has no effect; null if it may have one. */
  @Nullable String inert(String name);

  /** Returns whether {@code value} is a placeholder, or known to everybody. */
  boolean known(Secret value);

  /** Judges by the catalogue and what it knows of {@code kind}. */
  static EnvJudge of(Catalogue catalogue, StackKind kind) {
    Pattern placeholder =
        Pattern.compile("(?i)change[-_ ]?me.*|your[-_ ].*|<.*>|replace[-_ ]?me.*|xxx+|todo");
    return new EnvJudge() {
      @Override
      public boolean secret(String name) {
        return kind.secret(name) != null || catalogue.looksSecret(name);
      }

      @Override
      public @Nullable String inert(String name) {
        return kind.inert(name);
      }

      @Override
      public boolean known(Secret value) {
        return kind.publicValues().contains(value.withUtf8(EnvFile::hash))
            || value.withChars(
                chars -> placeholder.matcher(java.nio.CharBuffer.wrap(chars)).matches());
      }
    };
  }
}
