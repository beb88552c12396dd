/**
 * Shows the logs of a stack's services as one list: follow and pause, search, errors only, save. It
 * keeps a bounded number of lines and draws only those that can be seen.
 */
@NullMarked
package dev.quayside.ui.logs;

import org.jspecify.annotations.NullMarked;
