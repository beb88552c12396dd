package dev.quayside.ui.backups;

import dev.quayside.ui.action.Action;
import dev.quayside.ui.theme.Icon;

/**
 * Holds what can be done on the Backups page.
 *
 * @param create makes a backup of the chosen stack
 * @param verify verifies the chosen archive
 * @param drill rehearses restoring the chosen archive
 * @param restoreChosen restores the chosen archive
 * @param restoreFile restores an archive from a file chooser
 * @param schedule plans backups that make themselves
 * @param keys shows the keys
 */
record BackupsActions(
    Action create,
    Action verify,
    Action drill,
    Action restoreChosen,
    Action restoreFile,
    Action schedule,
    Action keys) {

  Action[] all() {
    return new Action[] {create, verify, drill, restoreChosen, restoreFile, schedule, keys};
  }

  static Action action(String name, Icon icon, Runnable handler) {
    return Action.of(
        "backups." + name,
        BackupsText.of("title"),
        BackupsText.of("action." + name),
        icon,
        handler);
  }
}
