/** Crosses to the FX thread, in one place; runs work off it; watches that it stays alive. */
@NullMarked
package dev.quayside.ui.fx;

import org.jspecify.annotations.NullMarked;
