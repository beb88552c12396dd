package dev.quayside.ui.settings;

import dev.quayside.common.Home;
import dev.quayside.common.SettingsStore;

/**
 * Holds what the page works with.
 *
 * @param store where settings are kept
 * @param home the folders
 * @param version of Quayside
 */
public record SettingsBackend(SettingsStore store, Home home, String version) {}
