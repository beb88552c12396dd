/**
 * Runs Docker Compose v2 as a child process: with an argument list, an allow-listed environment so
 * that session variables cannot beat a stack's env file, a timeout, and output that is redacted
 * before anyone sees it.
 */
@NullMarked
package dev.quayside.engine.compose;

import org.jspecify.annotations.NullMarked;
