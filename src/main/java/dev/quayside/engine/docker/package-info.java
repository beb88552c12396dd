/**
 * Changes containers by way of docker-java, whose types do not leave this package. Built only when
 * the first change is asked for, because docker-java is slow to load.
 */
@NullMarked
package dev.quayside.engine.docker;

import org.jspecify.annotations.NullMarked;
