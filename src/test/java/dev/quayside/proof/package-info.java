/**
 * Proves on the real engine of the test bed what the whole program promises: the command line is
 * started as its users start it, and what it says is compared with what the engine, the kernel and
 * the files say. Nothing here looks inside the program except through its documented output and,
 * for the live model, its feeds.
 */
@NullMarked
package dev.quayside.proof;

import org.jspecify.annotations.NullMarked;
