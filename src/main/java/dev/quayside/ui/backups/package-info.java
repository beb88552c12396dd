/**
 * Makes encrypted backups, lists and verifies them, and restores one into an empty folder: look,
 * verify, then restore.
 */
@NullMarked
package dev.quayside.ui.backups;

import org.jspecify.annotations.NullMarked;
