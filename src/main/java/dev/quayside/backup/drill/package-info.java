/**
 * Restores archives into throw-away containers and tells which services came back to life. Live
 * containers are never touched.
 */
@NullMarked
package dev.quayside.backup.drill;

import org.jspecify.annotations.NullMarked;
