package dev.quayside.backup.keys;

/**
 * Tells what trying a passphrase showed.
 *
 * @param key the key, with the time of this check if it was right
 * @param right whether the passphrase opened what the key closes
 */
public record KeyCheck(ShelvedKey key, boolean right) {}
