package dev.quayside.journal;

import dev.quayside.common.Home;
import dev.quayside.common.ProblemException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Keeps the append-only record. */
@SuppressWarnings("DoNotCallSuggester")
public final class Journal {

  private Journal() {}

  /** Opens the journal in the state folder, making it where it is missing. */
  public static Journal open(Home home, InstantSource time) throws ProblemException {
    throw new UnsupportedOperationException();
  }

  /** Announces a change: the entry is on the disk when this returns. Details never hold a secret. */
  public Intent begin(String action, String subject, Map<String, String> details) throws ProblemException {
    throw new UnsupportedOperationException();
  }

  /** Returns all entries that can be read, oldest first. */
  public List<JournalEntry> entries() throws ProblemException {
    throw new UnsupportedOperationException();
  }

  /** Reads everything and names the first entry that does not fit. */
  public JournalCheck verify() throws ProblemException {
    throw new UnsupportedOperationException();
  }

  /** Returns the hash of the newest entry: 64 hexadecimal characters, all zeros for an empty journal. */
  public String head() throws ProblemException {
    throw new UnsupportedOperationException();
  }

  void append(EntryKind kind, String intent, String action, String subject, Map<String, String> details)
      throws ProblemException {
    throw new UnsupportedOperationException();
  }
}
