package dev.quayside.ui.theme;

/** Names what the operator may choose: the desktop's scheme, or one of the two. */
public enum ThemeChoice {
  FOLLOW,
  LIGHT,
  DARK
}
