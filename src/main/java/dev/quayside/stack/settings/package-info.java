/**
 * Changes the settings of a stack: edits its environment files with history and undo, switches
 * between sets of them, and tells which services a change concerns.
 */
@NullMarked
package dev.quayside.stack.settings;

import org.jspecify.annotations.NullMarked;
