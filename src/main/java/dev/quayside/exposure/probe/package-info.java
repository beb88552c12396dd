/**
 * Asks services from where their clients stand whether they are protected: without a credential,
 * with a wrong one, with the right one.
 */
@NullMarked
package dev.quayside.exposure.probe;

import org.jspecify.annotations.NullMarked;
