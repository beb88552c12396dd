package dev.quayside.ui.overview;

import dev.quayside.ui.control.TonePill;

/**
 * Holds what a card says.
 *
 * @param tone how it looks
 * @param word how the subject stands, in a word or two
 * @param text what that rests on
 * @param link where to go; empty for nowhere
 */
record CardText(TonePill.Tone tone, String word, String text, String link) {}
