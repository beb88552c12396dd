/** Stands for the alerts until they are built: says what will be here, shows nothing made up. */
@NullMarked
package dev.quayside.ui.alerts;

import org.jspecify.annotations.NullMarked;
