package dev.quayside.backup.drill;

import dev.quayside.backup.PassphraseSource;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;
import java.util.EnumMap;
import java.util.Map;

/** Asks for a passphrase once and gives it out twice; wiped when closed. For one thread. */
final class Remembered implements PassphraseSource, AutoCloseable {

  private final PassphraseSource source;
  private final Map<Purpose, Secret> kept = new EnumMap<>(Purpose.class);

  Remembered(PassphraseSource source) {
    this.source = source;
  }

  @Override
  public Secret passphrase(Purpose purpose) throws ProblemException {
    Secret known = kept.get(purpose);
    if (known == null) {
      known = source.passphrase(purpose);
      kept.put(purpose, known);
    }
    return known.copy();
  }

  @Override
  public void close() {
    kept.values().forEach(Secret::close);
  }
}
