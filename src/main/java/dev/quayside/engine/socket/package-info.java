/**
 * Speaks HTTP/1.1 with an engine over a Unix socket, TCP, TLS or SSH: the hot path (ping, list,
 * inspect, events, one-shot statistics, logs) and the one way to run a command in a container whose
 * standard input ends. Whatever the other side sends is taken as hostile: every size is bounded.
 */
@NullMarked
package dev.quayside.engine.socket;

import org.jspecify.annotations.NullMarked;
