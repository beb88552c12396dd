/** Shows on one screen what runs, what it uses, who can reach it, and four cards of proof. */
@NullMarked
package dev.quayside.ui.overview;

import org.jspecify.annotations.NullMarked;
