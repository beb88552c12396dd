/**
 * Stands for the audit of stack and host until it is built: says what will be here, shows nothing
 * made up.
 */
@NullMarked
package dev.quayside.ui.security;

import org.jspecify.annotations.NullMarked;
