package dev.quayside.journal;

import dev.quayside.common.Home;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.common.ProcessLock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Keeps the append-only record of what the operator and Quayside did.
 *
 * <p>An entry is on the disk when the method that writes it returns. Several threads, several
 * journals in one process and several processes may use the same file: each append takes an
 * exclusive lock for as long as it lasts. A last record that a crash cut off is kept in a file of
 * its own, and that is recorded too.
 */
public final class Journal {

  /** Action of the note that tells of a record cut off by a crash. */
  static final String TORN = "torn-record";

  /** Action of the note that tells of entries that once were on the disk and are gone. */
  static final String LOST = "entries-lost";

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Messages MESSAGES = Messages.of("journal");

  private final JournalFile file;
  private final Path lockFile;
  private final InstantSource time;
  private JournalFile.Head head = JournalFile.Head.NONE;
  private long sizeAtHead = -1;

  private Journal(Path state, InstantSource time) {
    this.file = new JournalFile(state);
    this.lockFile = state.resolve("journal.lock");
    this.time = time;
  }

  /** Opens the journal in the state folder, making it where it is missing. */
  public static Journal open(Home home, InstantSource time) throws ProblemException {
    try {
      home.create();
    } catch (IOException failure) {
      throw new ProblemException(
          MESSAGES.problem("JOURNAL-UNWRITABLE", home.state(), failure.toString()), failure);
    }
    Journal journal = new Journal(home.state(), time);
    journal.locked(() -> {
      journal.catchUp();
      return journal.head;
    });
    return journal;
  }

  /**
   * Announces a change: the entry is on the disk when this returns. Details never hold a secret.
   */
  public Intent begin(String action, String subject, Map<String, String> details)
      throws ProblemException {
    String id = UUID.randomUUID().toString().replace("-", "");
    append(EntryKind.INTENT, id, action, subject, details);
    return new Intent(this, id, action, subject);
  }

  /**
   * Takes up a change that was announced before a crash, so that its outcome can be recorded.
   * Nothing is written; the announcement is in the journal already.
   */
  public Intent resume(String id, String action, String subject) {
    return new Intent(this, id, action, subject);
  }

  /** Returns all entries that can be read, oldest first. */
  public List<JournalEntry> entries() throws ProblemException {
    return read().entries();
  }

  /**
   * Holds what stands in the journal.
   *
   * @param entries those that can be read, oldest first
   * @param unreadable how many lines are no entries: somebody or something wrote over them
   */
  public record Content(List<JournalEntry> entries, int unreadable) {
    /** Makes the list immutable. */
    public Content {
      entries = List.copyOf(entries);
    }
  }

  /** Reads everything and counts what cannot be read. */
  public Content read() throws ProblemException {
    return locked(() -> {
      List<JournalEntry> entries = new ArrayList<>();
      int unreadable = 0;
      for (byte[] line : file.lines()) {
        JournalEntry entry = Chain.read(line);
        if (entry == null) {
          unreadable++;
        } else {
          entries.add(entry);
        }
      }
      return new Content(entries, unreadable);
    });
  }

  /** Returns the announcements of {@code action} that have no outcome yet, oldest first. */
  public List<JournalEntry> unended(String action) throws ProblemException {
    Map<String, JournalEntry> open = new LinkedHashMap<>();
    for (JournalEntry entry : entries()) {
      if (entry.action().equals(action)) {
        switch (entry.kind()) {
          case INTENT -> open.put(entry.intent(), entry);
          case DONE, FAILED, ATTENTION -> open.remove(entry.intent());
          case STEP, NOTE -> {
            // Neither begins nor ends a change.
          }
        }
      }
    }
    return List.copyOf(open.values());
  }

  /**
   * Returns whether the change {@code intent} is known to have ended: its outcome can be read. An
   * announcement that is missing or cannot be read says nothing of it.
   */
  public boolean ended(String intent) throws ProblemException {
    return entries().stream()
        .filter(entry -> entry.intent().equals(intent))
        .anyMatch(entry ->
            switch (entry.kind()) {
              case DONE, FAILED, ATTENTION -> true;
              case INTENT, STEP, NOTE -> false;
            });
  }

  /** Reads everything and names the first entry that does not fit; changes nothing. */
  public JournalCheck verify() throws ProblemException {
    return locked(() -> ChainCheck.of(file.lines(), file.notedHead(), file.torn() != null));
  }

  /**
   * Returns the hash of the newest entry: 64 hexadecimal characters, all zeros for an empty
   * journal.
   */
  public String head() throws ProblemException {
    return locked(
            () -> {
              catchUp();
              return head;
            })
        .hash();
  }

  /** Returns the file, for people. */
  public Path path() {
    return file.path();
  }

  void append(
      EntryKind kind, String intent, String action, String subject, Map<String, String> details)
      throws ProblemException {
    locked(() -> {
      catchUp();
      write(kind, intent, action, subject, details);
      return head;
    });
  }

  private void write(
      EntryKind kind, String intent, String action, String subject, Map<String, String> details)
      throws IOException {
    Instant now = time.instant();
    long number = head.number() + 1;
    Chain.Line line = Chain.write(number, now, kind, intent, action, subject, details, head.hash());
    JournalFile.Head next = new JournalFile.Head(number, line.hash());
    sizeAtHead = -1;
    file.append(line, next);
    head = next;
    sizeAtHead = file.size();
  }

  /** Learns what other processes wrote, and mends what a crash left. */
  private void catchUp() throws IOException {
    if (file.size() == sizeAtHead) {
      return;
    }
    JournalFile.Torn torn = file.torn();
    byte[] last = file.lastLine();
    head = last == null ? JournalFile.Head.NONE : headAfter(last);
    JournalFile.Head noted = file.notedHead();
    boolean lost = noted != null && noted.number() > head.number();
    if (torn != null) {
      Path aside = file.setAside(torn, head.number() + 1);
      Map<String, String> details = new TreeMap<>();
      details.put("bytes", Integer.toString(torn.length()));
      details.put("kept", aside.getFileName().toString());
      write(EntryKind.NOTE, "", TORN, "journal", details);
    }
    if (noted != null && lost) {
      Map<String, String> details =
          Map.of("number", Long.toString(noted.number()), "hash", noted.hash());
      write(EntryKind.NOTE, "", LOST, "journal", details);
    }
    sizeAtHead = file.size();
  }

  private JournalFile.Head headAfter(byte[] last) throws IOException {
    JournalEntry entry = Chain.read(last);
    long number = entry == null ? file.lines().size() : entry.number();
    return new JournalFile.Head(number, Chain.continueAfter(last));
  }

  private synchronized <T> T locked(Work<T> work) throws ProblemException {
    try (ProcessLock lock = ProcessLock.acquire(lockFile, PATIENCE)) {
      if (lock == null) {
        throw new ProblemException(MESSAGES.problem("JOURNAL-LOCKED", lockFile));
      }
      return work.run();
    } catch (IOException failure) {
      throw new ProblemException(
          MESSAGES.problem("JOURNAL-UNWRITABLE", file.path(), failure.toString()), failure);
    }
  }

  private interface Work<T> {
    T run() throws IOException;
  }
}
