/**
 * Reads and writes tar streams (ustar with pax headers, POSIX.1-2001) byte for byte: names as raw
 * bytes, times in nanoseconds, links; what is read is taken as hostile.
 */
@NullMarked
package dev.quayside.backup.tar;

import org.jspecify.annotations.NullMarked;
