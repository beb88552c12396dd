/**
 * Shows the environment files of a stack and edits them: several changes are noted, looked at as a
 * difference, and saved together. Saving, applying and restarting stay three steps, and each says
 * what it touches. Values of secrets are never shown.
 */
@NullMarked
package dev.quayside.ui.environment;

import org.jspecify.annotations.NullMarked;
