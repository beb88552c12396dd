/**
 * Reads JSON as Docker and Compose write it, forgiving what is missing and refusing what is broken.
 * Small on purpose: it is on the way to the first filled frame.
 */
@NullMarked
package dev.quayside.engine.json;

import org.jspecify.annotations.NullMarked;
