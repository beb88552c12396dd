/**
 * Reads the logs of several services of a stack as one: joins torn lines, makes them safe to show,
 * merges them by time, filters them and keeps a bounded number of them.
 */
@NullMarked
package dev.quayside.stack.logs;

import org.jspecify.annotations.NullMarked;
