package dev.quayside.common;

import org.jspecify.annotations.Nullable;

/**
 * Holds what the operator chose and what the window remembers. {@link SettingsStore} keeps it on
 * disk.
 *
 * @param theme how the window looks
 * @param textSize size of the text in pixels; 0 for the usual one
 * @param engine where the engine is, for example {@code unix:///run/docker.sock}; null to look for
 *     it
 * @param stack the stack that was chosen last; null for none
 * @param window where the window was; null if it was never open
 */
public record Settings(
    Theme theme,
    int textSize,
    @Nullable String engine,
    @Nullable String stack,
    @Nullable WindowPlace window) {

  /** Names the looks. */
  public enum Theme {
    /** As the desktop. */
    FOLLOW,
    LIGHT,
    DARK
  }

  /**
   * Holds where a window was, in logical pixels.
   *
   * @param x from the left
   * @param y from the top
   * @param width at least 1
   * @param height at least 1
   * @param maximised whether it filled the screen; place and size are then those to go back to
   */
  public record WindowPlace(int x, int y, int width, int height, boolean maximised) {}

  /** Returns the settings of somebody who chose nothing. */
  public static Settings usual() {
    return new Settings(Theme.FOLLOW, 0, null, null, null);
  }

  /** Returns the same with {@code chosen} as theme. */
  public Settings withTheme(Theme chosen) {
    return new Settings(chosen, textSize, engine, stack, window);
  }

  /** Returns the same with text of {@code pixels}. */
  public Settings withTextSize(int pixels) {
    return new Settings(theme, pixels, engine, stack, window);
  }

  /** Returns the same with the engine at {@code endpoint}; null to look for it. */
  public Settings withEngine(@Nullable String endpoint) {
    return new Settings(theme, textSize, endpoint, stack, window);
  }

  /** Returns the same with {@code name} as the chosen stack. */
  public Settings withStack(@Nullable String name) {
    return new Settings(theme, textSize, engine, name, window);
  }

  /** Returns the same with the window at {@code place}. */
  public Settings withWindow(@Nullable WindowPlace place) {
    return new Settings(theme, textSize, engine, stack, place);
  }
}
