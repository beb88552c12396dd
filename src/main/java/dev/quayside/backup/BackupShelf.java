package dev.quayside.backup;

import java.util.List;

/** Remembers which archives were made and verified. Safe for use by several threads and processes. */
public final class BackupShelf {

  /** Returns what is on the shelf, newest first; archives that have vanished since are listed too. */
  @SuppressWarnings("DoNotCallSuggester") // the body follows
  public List<ShelvedArchive> list() {
    throw new UnsupportedOperationException();
  }
}
