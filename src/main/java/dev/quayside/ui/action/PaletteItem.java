package dev.quayside.ui.action;

import dev.quayside.ui.theme.Icon;

/**
 * Is one line of the palette.
 *
 * @param text what is searched and shown; foreign text made safe
 * @param group what kind of thing it is, for people
 * @param keys its keys in words; empty for none
 * @param icon its picture
 * @param run does it
 */
public record PaletteItem(String text, String group, String keys, Icon icon, Runnable run) {}
