/**
 * The entry points of the program and the wiring of all its parts, done by hand in constructors.
 * Nothing depends on this package.
 */
@NullMarked
package dev.quayside.app;

import org.jspecify.annotations.NullMarked;
