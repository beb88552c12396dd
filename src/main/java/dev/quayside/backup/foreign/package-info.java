/**
 * Recognises and judges what other programs wrote: files by their first bytes, SQL by its words.
 * Knows neither archives of ours nor the engine.
 */
@NullMarked
package dev.quayside.backup.foreign;

import org.jspecify.annotations.NullMarked;
