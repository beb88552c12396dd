/**
 * Holds what Quayside knows of the stacks it was made for, as checked data: kinds, secrets with
 * their rotation classes, consumers, generators and probes, and what may lie in a container's
 * writable layer.
 */
@NullMarked
package dev.quayside.catalogue;

import org.jspecify.annotations.NullMarked;
