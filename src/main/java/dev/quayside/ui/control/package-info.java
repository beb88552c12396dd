/**
 * Holds the small controls that all pages share: pills, meters, sparklines, masked fields, safe
 * texts.
 */
@NullMarked
package dev.quayside.ui.control;

import org.jspecify.annotations.NullMarked;
