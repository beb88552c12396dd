package dev.quayside.ui.pages;

import dev.quayside.common.Problem;
import dev.quayside.common.Secret;
import dev.quayside.ui.dialog.Confirmation;
import dev.quayside.ui.dialog.Dialogs;
import dev.quayside.ui.dialog.FileQuestion;
import dev.quayside.ui.dialog.Notice;
import dev.quayside.ui.dialog.SecretQuestion;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Answers file choosers and secrets from a script, because no test can drive the desktop's own
 * chooser.
 */
public final class ScriptedDialogs implements Dialogs {

  public final Deque<Path> files = new ArrayDeque<>();
  public final Deque<String> secrets = new ArrayDeque<>();
  public final List<Notice> notices = new ArrayList<>();
  public final List<Confirmation> confirmations = new ArrayList<>();
  public final List<Problem> problems = new ArrayList<>();

  @Override
  public void confirm(Confirmation question, Runnable confirmed) {
    confirmations.add(question);
    confirmed.run();
  }

  @Override
  public void problem(Problem problem) {
    problems.add(problem);
  }

  @Override
  public void askSecret(SecretQuestion question, Consumer<? super Secret> answered) {
    answered.accept(Secret.owning(secrets.remove().toCharArray()));
  }

  @Override
  public void choose(FileQuestion question, Consumer<? super Path> chosen) {
    chosen.accept(files.remove());
  }

  @Override
  public void notice(Notice notice) {
    notices.add(notice);
  }
}
