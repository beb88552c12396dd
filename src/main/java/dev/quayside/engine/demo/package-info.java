/**
 * Plays a container engine with three believable stacks, so that a person without Docker can look
 * around and so that pictures come out the same each time. Everything shown is scripted from the
 * clock; nothing touches the machine.
 */
@NullMarked
package dev.quayside.engine.demo;

import org.jspecify.annotations.NullMarked;
