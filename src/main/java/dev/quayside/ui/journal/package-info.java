/** Shows the record of what was done, and checks that nothing in it was changed afterwards. */
@NullMarked
package dev.quayside.ui.journal;

import org.jspecify.annotations.NullMarked;
