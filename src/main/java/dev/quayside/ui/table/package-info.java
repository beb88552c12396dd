/**
 * Holds the live table of services that Overview and Services share: rows by id, painted only where
 * something changed.
 */
@NullMarked
package dev.quayside.ui.table;

import org.jspecify.annotations.NullMarked;
