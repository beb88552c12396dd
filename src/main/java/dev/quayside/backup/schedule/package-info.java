/**
 * Makes backups without anybody at the screen: a plan for each stack, the timer that starts it, the
 * second copy, and which old archives go.
 */
@NullMarked
package dev.quayside.backup.schedule;

import org.jspecify.annotations.NullMarked;
