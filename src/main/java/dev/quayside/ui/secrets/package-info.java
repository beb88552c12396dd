/**
 * Shows the secrets of a stack without their values, rotates one with a plan before and a receipt
 * after, and says in one line why the others cannot be rotated.
 */
@NullMarked
package dev.quayside.ui.secrets;

import org.jspecify.annotations.NullMarked;
