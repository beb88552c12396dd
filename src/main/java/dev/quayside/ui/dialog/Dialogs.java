package dev.quayside.ui.dialog;

import dev.quayside.common.Problem;
import dev.quayside.common.Secret;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Asks and tells the operator. Answers come by callback on the FX thread; a question that is
 * dismissed calls nothing. The window implements it with sheets inside itself and the desktop's
 * file choosers, tests with scripted answers.
 */
public interface Dialogs {

  /** Asks before an action and runs {@code confirmed} only after the operator chose its button. */
  void confirm(Confirmation question, Runnable confirmed);

  /** Shows a problem: what, evidence, what was not changed, next step, command. */
  void problem(Problem problem);

  /** Asks for a secret; the receiver owns it and closes it. */
  void askSecret(SecretQuestion question, Consumer<? super Secret> answered);

  /** Asks for a file or folder with the desktop's own chooser. */
  void choose(FileQuestion question, Consumer<? super Path> chosen);

  /** Shows a short message in a corner of the window. */
  void notice(Notice notice);
}
