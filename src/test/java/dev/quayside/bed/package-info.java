/**
 * Lets tests use the test bed of {@code src/bed}: the private engine, the fixture stacks and the
 * LAN host. Everything here reads the variables that {@code src/bed/bed env} prints; see {@code
 * docs/test-bed.md}.
 */
@NullMarked
package dev.quayside.bed;

import org.jspecify.annotations.NullMarked;
