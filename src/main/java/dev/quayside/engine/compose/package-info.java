/** Runs Docker Compose as a child process, with the invocation that made a stack. */
@NullMarked
package dev.quayside.engine.compose;

import org.jspecify.annotations.NullMarked;
