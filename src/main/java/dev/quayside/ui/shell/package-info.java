/**
 * Holds the frame of the window: rail, host strip, pages, jobs, status bar, and what a page may ask
 * of it.
 */
@NullMarked
package dev.quayside.ui.shell;

import org.jspecify.annotations.NullMarked;
