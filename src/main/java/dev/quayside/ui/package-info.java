/**
 * Holds the window, cut by feature. Features do not see each other; they meet in {@code ui.shell}.
 */
@NullMarked
package dev.quayside.ui;

import org.jspecify.annotations.NullMarked;
