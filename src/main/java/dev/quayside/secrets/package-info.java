/**
 * Lists the secrets of a stack and rotates them with proof: the new value accepted, the old one
 * refused, or everything put back.
 */
@NullMarked
package dev.quayside.secrets;

import org.jspecify.annotations.NullMarked;
