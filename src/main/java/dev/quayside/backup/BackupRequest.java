package dev.quayside.backup;

import java.nio.file.Path;

/**
 * Asks for one archive.
 *
 * @param scope what to save
 * @param target an existing folder, in which the archive gets its usual name, or a file that does
 *     not exist yet
 * @param protection who can open it
 * @param compression how it is compressed
 */
public record BackupRequest(
    BackupScope scope, Path target, Protection protection, Compression compression) {}
