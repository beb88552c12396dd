/**
 * Asks and tells the operator things inside the window, behind a port that tests answer by script.
 */
@NullMarked
package dev.quayside.ui.dialog;

import org.jspecify.annotations.NullMarked;
