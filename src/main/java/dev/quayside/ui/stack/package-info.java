/** Is the Stack page: what a stack is, how Compose is called for it, its services and its data. */
@NullMarked
package dev.quayside.ui.stack;

import org.jspecify.annotations.NullMarked;
