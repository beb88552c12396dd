package dev.quayside.stack.settings;

import dev.quayside.common.Home;
import dev.quayside.common.Messages;
import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.ProcessLock;
import dev.quayside.common.Secret;
import dev.quayside.journal.Journal;
import dev.quayside.stack.env.EnvFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes environment files byte-exactly: plan, look, save. Saving writes one file and touches no
 * container; it survives being killed at any moment, keeps the content before in the history, and
 * refuses a file that was changed since it was opened. Safe for use by several threads and
 * processes. Methods read and write files; none belongs on the window's thread.
 */
public final class EnvEditing {

  /** Name of the action in the journal. */
  static final String ACTION = "env-save";

  private static final Logger LOG = LoggerFactory.getLogger(EnvEditing.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Messages MESSAGES = Messages.of("env");

  private final EnvParts parts;
  private final Duration patience;
  private final EnvState state;
  private final EnvStore store;
  private final EnvHistory history;

  /** Creates the operation. */
  public EnvEditing(EnvParts parts) {
    this(parts, PATIENCE);
  }

  /**
   * Creates the operation.
   *
   * @param patience how long a save waits for the lock of its file
   */
  EnvEditing(EnvParts parts, Duration patience) {
    this.parts = parts;
    this.patience = patience;
    this.state = EnvState.in(parts.home(), parts.journal(), parts.time());
    this.store = state.store();
    this.history = state.history();
  }

  /** Returns what the file holds now, values of secrets masked. */
  public EnvView view(EnvTarget target) throws ProblemException {
    return EnvView.read(target, parts.judge(target));
  }

  /** Returns whether the value of {@code name} in the file must not be shown. */
  public boolean secret(EnvTarget target, String name) {
    return parts.judge(target).secret(name);
  }

  /**
   * Plans changes; writes nothing.
   *
   * @param openedHash of the file as the operator saw it; null for as it is now
   * @param changes in order; their values are copied
   */
  public Outcome<EnvPlan> plan(
      EnvTarget target, @Nullable String openedHash, List<EnvChange> changes) {
    boolean exists = !missing(target.file());
    try (EnvFile before = present(target, exists)) {
      if (openedHash != null && !openedHash.equals(before.hash())) {
        return new Outcome.Refused<>(MESSAGES.problem("ENV-CHANGED-SINCE", target.name()));
      }
      EnvFile after = EnvFile.parse(target.file(), before.content());
      try {
        for (EnvChange change : changes) {
          EnvFile next = change.applied(after, target.readers());
          after.close();
          after = next;
        }
        requireRoom(target, after);
        return new Outcome.Done<>(plan(target, exists, before.content(), after.content(), "edit"));
      } finally {
        after.close();
      }
    } catch (ProblemException refused) {
      return new Outcome.Refused<>(refused.problem());
    }
  }

  /** Plans to give the file the content of an older version; writes nothing. */
  public Outcome<EnvPlan> planRestore(EnvTarget target, EnvVersion version) {
    if (!ofThisFile(target, version)) {
      return new Outcome.Refused<>(MESSAGES.problem("ENV-OTHER-FILE", target.name(), version.id()));
    }
    try {
      return planContent(target, history.content(target, version), "restore");
    } catch (ProblemException failure) {
      return new Outcome.Failed<>(failure.problem());
    }
  }

  private static boolean ofThisFile(EnvTarget target, EnvVersion version) {
    Path copy = version.foreign();
    return copy == null || EnvHistory.copyOf(target.file(), copy);
  }

  /**
   * Plans to give the file a content that the operator typed as a whole; writes nothing. A content
   * that Compose cannot read is refused; what else is wrong with it, the plan tells.
   *
   * @param openedHash of the file as the operator saw it
   * @param text which is copied; the caller wipes it
   */
  public Outcome<EnvPlan> planText(EnvTarget target, String openedHash, Secret text) {
    Outcome<EnvPlan> planned = planContent(target, text.withUtf8(byte[]::clone), "edit");
    if (planned instanceof Outcome.Done<EnvPlan> done
        && !done.receipt().oldHash().equals(openedHash)) {
      done.receipt().close();
      return new Outcome.Refused<>(MESSAGES.problem("ENV-CHANGED-SINCE", target.name()));
    }
    return planned;
  }

  /** Returns the value of one setting for showing it a moment; null where it is not set. */
  public @Nullable Secret reveal(EnvTarget target, String name) throws ProblemException {
    try (EnvFile file = EnvFile.read(target.file())) {
      return file.value(name);
    }
  }

  /** Returns the whole text of the file for an editor; the caller wipes it. */
  public Secret text(EnvTarget target) throws ProblemException {
    byte[] content = now(target);
    try {
      Secret text = Secret.ofUtf8(content);
      boolean whole = text.withUtf8(back -> Arrays.equals(back, content));
      if (!whole) {
        // Saved again it would be another file.
        text.close();
        throw new ProblemException(MESSAGES.problem("ENV-NO-TEXT", target.name()));
      }
      return text;
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  /** Plans to give the file a whole content, of which this takes ownership. */
  Outcome<EnvPlan> planContent(EnvTarget target, byte[] content, String reason) {
    boolean exists = !missing(target.file());
    try (EnvFile after = EnvFile.parse(target.file(), content);
        EnvFile before = present(target, exists)) {
      requireRoom(target, after);
      if (after.brokenLine() != 0) {
        return new Outcome.Refused<>(
            MESSAGES.problem("ENV-BROKEN", target.file(), Integer.toString(after.brokenLine())));
      }
      return new Outcome.Done<>(plan(target, exists, before.content(), content.clone(), reason));
    } catch (ProblemException failure) {
      return new Outcome.Failed<>(failure.problem());
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  /**
   * Returns whether there is no file. That the way to it is barred is no answer: reading fails and
   * says why. Neither is a link that leads nowhere.
   */
  private static boolean missing(Path file) {
    return Files.notExists(file) && !Files.isSymbolicLink(file);
  }

  private static EnvFile present(EnvTarget target, boolean exists) throws ProblemException {
    return exists ? EnvFile.read(target.file()) : EnvFile.parse(target.file(), new byte[0]);
  }

  /** What could not be read again could not be undone either. */
  private static void requireRoom(EnvTarget target, EnvFile file) throws ProblemException {
    byte[] content = file.content();
    Arrays.fill(content, (byte) 0);
    if (content.length > EnvFile.LARGEST) {
      throw new ProblemException(MESSAGES.problem("ENV-TOO-LARGE", target.file()));
    }
  }

  private EnvPlan plan(
      EnvTarget target, boolean existed, byte[] before, byte[] after, String reason) {
    EnvJudge judge = parts.judge(target);
    try (EnvFile file = EnvFile.parse(target.file(), after)) {
      return new EnvPlan(
          target,
          existed,
          before,
          after,
          reason,
          new EnvDiff(judge).between(before, after),
          new EnvCheck(judge).ofContent(file, target.readers()));
    }
  }

  /**
   * Writes the file, blocking its caller; no container changes. A plan that changes nothing writes
   * nothing. The plan stays open.
   */
  public Outcome<EnvReceipt> save(EnvPlan plan) {
    if (plan.diff().isEmpty()) {
      return new Outcome.Refused<>(MESSAGES.problem("ENV-NOTHING", plan.target().name()));
    }
    try (ProcessLock lock = store.lock(plan.target().file(), patience)) {
      if (lock == null) {
        return new Outcome.Refused<>(MESSAGES.problem("ENV-LOCKED", plan.target().name()));
      }
      boolean left = settle(plan.target().file());
      Outcome<EnvReceipt> outcome = new EnvSave(parts, state, plan).run();
      // That others changed the file after an earlier save was cut off is told to somebody.
      return left && outcome instanceof Outcome.Done<EnvReceipt> done
          ? new Outcome.Attention<>(
              done.receipt(), MESSAGES.problem("ENV-LEFT", plan.target().file()))
          : outcome;
    } catch (ProblemException failure) {
      return new Outcome.Failed<>(failure.problem());
    } catch (IOException failure) {
      return new Outcome.Failed<>(
          MESSAGES.problem(
              "ENV-NOT-WRITTEN", plan.target().name(), String.valueOf(failure.getMessage())));
    }
  }

  /**
   * Settles saves of {@code file} that a kill cut off. For everybody who writes the file, as half a
   * save must not be taken for its content; the caller holds its lock, so nobody is at them.
   *
   * @return whether the file was changed by others since and is left so
   */
  public boolean settle(Path file) throws IOException, ProblemException {
    boolean left = false;
    for (String id : store.ids()) {
      EnvRecord record;
      try {
        record = store.record(id);
      } catch (IOException damaged) {
        // It is reported at each start; other files must stay writable.
        LOG.warn("a record of a save is passed over", damaged);
        continue;
      }
      if (record != null && record.file().equals(file)) {
        left |=
            new EnvSettling(state).settle(record, parts.journal().ended(id))
                == EnvRecovery.Ended.LEFT;
      }
    }
    return left;
  }

  /** Looks for the versions of the file, and says where copies may lie that it could not read. */
  public EnvHistory.Found versions(EnvTarget target) throws ProblemException {
    return history.look(target);
  }

  /** Returns the versions of the file that could be read, newest first. */
  public List<EnvVersion> history(EnvTarget target) throws ProblemException {
    return history.list(target);
  }

  /** Returns the version called {@code id}. */
  public EnvVersion version(EnvTarget target, String id) throws ProblemException {
    return history.find(target, id);
  }

  /**
   * Returns what differs between an older version and the file as it is now, or a newer version.
   *
   * @param newer null for the file as it is now
   */
  public List<EnvDifference> diff(EnvTarget target, EnvVersion older, @Nullable EnvVersion newer)
      throws ProblemException {
    byte[] before = history.content(target, older);
    byte[] after = newer == null ? now(target) : history.content(target, newer);
    try {
      return new EnvDiff(parts.judge(target)).between(before, after);
    } finally {
      Arrays.fill(before, (byte) 0);
      Arrays.fill(after, (byte) 0);
    }
  }

  private static byte[] now(EnvTarget target) throws ProblemException {
    try (EnvFile file = EnvFile.read(target.file())) {
      return file.content();
    }
  }

  /** Returns whether {@link #recover} would have anything to look at; cheap. */
  public static boolean anyBegun(Home home, Journal journal) throws ProblemException {
    return new EnvStore(home).begun()
        || Candidate.anyLeft(home)
        || !journal.unended(ACTION).isEmpty();
  }

  /** Finishes or puts back what a kill cut off; to be called at start. Asks no engine. */
  public static List<EnvRecovery> recover(Home home, Journal journal, InstantSource time) {
    return new EnvEditRecovery(EnvState.in(home, journal, time)).run();
  }
}
