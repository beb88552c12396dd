/**
 * Stands for the incident playbooks until they are built: says what will be here, shows nothing
 * made up.
 */
@NullMarked
package dev.quayside.ui.incidents;

import org.jspecify.annotations.NullMarked;
