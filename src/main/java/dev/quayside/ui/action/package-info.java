/**
 * Holds every user action once: text, icon, keys, when it may run; and the palette and sheet made
 * from that.
 */
@NullMarked
package dev.quayside.ui.action;

import org.jspecify.annotations.NullMarked;
