/**
 * Holds the small JDK-only helpers that every feature needs: feeds, outcomes, problems, atomic
 * files, folders, wipeable secrets, child processes and messages. It knows nothing of Docker.
 */
@NullMarked
package dev.quayside.common;

import org.jspecify.annotations.NullMarked;
