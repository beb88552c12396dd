package dev.quayside.ui.environment;

import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.Secret;
import dev.quayside.stack.LifecycleReceipt;
import dev.quayside.stack.settings.EnvDifference;
import dev.quayside.stack.settings.EnvHistory;
import dev.quayside.stack.settings.EnvImpact;
import dev.quayside.stack.settings.EnvReceipt;
import dev.quayside.stack.settings.EnvTarget;
import dev.quayside.stack.settings.EnvVersion;
import dev.quayside.stack.settings.EnvView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Offers the operations on environment files that the page needs: on the real stacks, or scripted
 * for the demo. All methods may block.
 */
public interface EnvironmentDesk {

  /** Lists the files of the stack called {@code stack}. */
  EnvListing list(String stack) throws ProblemException;

  /** Returns what a file holds now, values of secrets masked. */
  EnvView view(EnvTarget target) throws ProblemException;

  /** Returns whether the value of {@code name} in a file must not be shown. */
  boolean secret(EnvTarget target, String name) throws ProblemException;

  /** Returns the value of one setting; null where it is not set. The caller closes it. */
  @Nullable Secret reveal(EnvTarget target, String name) throws ProblemException;

  /** Works out what {@code wish} would change; writes nothing. */
  Outcome<EnvPreview> preview(EnvWish wish) throws ProblemException;

  /** Tells which services would follow if {@code wish} were saved and applied. */
  EnvImpact impact(EnvWish wish) throws ProblemException;

  /** Writes the file, if that still gives what {@code shown} has shown. Changes no container. */
  Outcome<EnvReceipt> save(EnvWish wish, EnvPreview shown) throws ProblemException;

  /** Tells what {@link #apply} would make anew now. */
  EnvImpact impactNow(String stack) throws ProblemException;

  /** Makes anew what is out of date with the files, if that is among {@code confirmed}. */
  Outcome<LifecycleReceipt> apply(String stack, List<String> confirmed, Progress progress)
      throws ProblemException;

  /** Looks for the older versions of a file, copies of others among them. */
  EnvHistory.Found history(EnvTarget target) throws ProblemException;

  /** Returns what differs between an older version and the file as it is now. */
  List<EnvDifference> diff(EnvTarget target, EnvVersion older) throws ProblemException;
}
