/**
 * Offers every operation as a verb of the command line: prints for people or, with {@code --json},
 * one documented object for programs, and ends with an exit code that means something. It never
 * sees the window.
 */
@NullMarked
package dev.quayside.cli;

import org.jspecify.annotations.NullMarked;
