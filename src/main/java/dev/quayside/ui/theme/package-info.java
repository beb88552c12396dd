/**
 * Gives the window its look: theme, icons, style classes and the colours that canvases paint with.
 */
@NullMarked
package dev.quayside.ui.theme;

import org.jspecify.annotations.NullMarked;
