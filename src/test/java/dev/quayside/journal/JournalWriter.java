package dev.quayside.journal;

import dev.quayside.common.Home;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/** Writes fifty entries from a process of its own. */
final class JournalWriter {

  private JournalWriter() {}

  public static void main(String[] arguments) throws Exception {
    Home home = Home.locate(Path.of(arguments[0]), Map.of(), Path.of(arguments[0]));
    Journal journal = Journal.open(home, InstantSource.system());
    for (int i = 0; i < 50; i++) {
      journal.begin(arguments[1], Integer.toString(i), Map.of());
    }
  }
}
