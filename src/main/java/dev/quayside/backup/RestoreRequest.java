package dev.quayside.backup;

import java.nio.file.Path;

/**
 * Asks to restore an archive into an empty folder.
 *
 * @param archive the file
 * @param unlocking how to open it
 * @param folder a folder that is empty or does not exist yet
 */
public record RestoreRequest(Path archive, Unlocking unlocking, Path folder) {}
