package dev.quayside.ui.environment;

import dev.quayside.ui.action.Action;
import dev.quayside.ui.theme.Icon;

/**
 * Holds what can be done on the Environment page.
 *
 * @param edit asks for another value of the chosen setting
 * @param add asks for a new setting
 * @param remove notes that the chosen setting goes
 * @param undo forgets what is noted for the chosen setting
 * @param discard forgets everything that is noted for the file
 * @param save shows what is noted as a difference, and saves it
 * @param apply shows what is out of date with the files, and makes it anew
 * @param again reads the file again and keeps what is noted
 * @param restore gives the file the content of the chosen version
 * @param change gives the active file the content of the chosen set
 */
record EnvironmentActions(
    Action edit,
    Action add,
    Action remove,
    Action undo,
    Action discard,
    Action save,
    Action apply,
    Action again,
    Action restore,
    Action change) {

  Action[] all() {
    return new Action[] {edit, add, remove, undo, discard, save, apply, again, restore, change};
  }

  static Action action(String name, Icon icon, Runnable handler) {
    return Action.of(
        "environment." + name,
        EnvironmentText.of("title"),
        EnvironmentText.of("action." + name),
        icon,
        handler);
  }
}
