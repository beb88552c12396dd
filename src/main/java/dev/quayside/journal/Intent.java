package dev.quayside.journal;

import dev.quayside.common.ProblemException;
import java.util.Map;

/**
 * Stands for a change that was announced in the journal and has no outcome yet. The announcement is
 * on the disk before this object exists. Exactly one of {@link #done}, {@link #failed} and {@link
 * #attention} ends it. Safe for use by several threads.
 */
public final class Intent {

  private final Journal journal;
  private final String id;
  private final String action;
  private final String subject;
  private boolean ended;

  Intent(Journal journal, String id, String action, String subject) {
    this.journal = journal;
    this.id = id;
    this.action = action;
    this.subject = subject;
  }

  /** Returns the identity that all entries of this change share: 32 hexadecimal characters. */
  public String id() {
    return id;
  }

  /** Returns what is being done, for example {@code restart}. */
  public String action() {
    return action;
  }

  /** Returns what it is done to, for example the name of a stack. */
  public String subject() {
    return subject;
  }

  /**
   * Records one step of the change, such as one call to the engine. Details never hold a secret.
   */
  public synchronized void step(Map<String, String> details) throws ProblemException {
    requireOpen();
    journal.append(EntryKind.STEP, id, action, subject, details);
  }

  /** Records that everything was done and proven. */
  public void done(Map<String, String> details) throws ProblemException {
    end(EntryKind.DONE, details);
  }

  /** Records that it failed and that nothing was changed or everything was put back. */
  public void failed(Map<String, String> details) throws ProblemException {
    end(EntryKind.FAILED, details);
  }

  /** Records that it is partly done, or done and not provable. */
  public void attention(Map<String, String> details) throws ProblemException {
    end(EntryKind.ATTENTION, details);
  }

  private synchronized void end(EntryKind kind, Map<String, String> details)
      throws ProblemException {
    requireOpen();
    journal.append(kind, id, action, subject, details);
    ended = true;
  }

  /**
   * Throws if the change already has an outcome: a changing call must not run outside its intent.
   */
  synchronized void requireOpen() {
    if (ended) {
      throw new IllegalStateException("the intent " + id + " already has an outcome");
    }
  }
}
