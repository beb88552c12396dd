/** Joins what is known of one stack, from its folder, the catalogue and the engine; reads only. */
@NullMarked
package dev.quayside.stack.picture;

import org.jspecify.annotations.NullMarked;
