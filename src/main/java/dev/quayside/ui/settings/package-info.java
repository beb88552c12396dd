/**
 * Shows and changes the settings: look, text, engine; says where things are kept and what Quayside
 * is made of.
 */
@NullMarked
package dev.quayside.ui.settings;

import org.jspecify.annotations.NullMarked;
