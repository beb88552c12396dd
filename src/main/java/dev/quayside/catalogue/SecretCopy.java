package dev.quayside.catalogue;

import dev.quayside.common.Messages;

/**
 * Names one place where the value of a secret is stored.
 *
 * @param kind of place, which decides how it is changed
 * @param path relative to the folder of the stack, with {@code *} for any name; of a volume its
 *     name, of a writable layer the absolute path; on the host it may begin with {@code ~}; empty
 *     where only the service itself knows
 * @param key variable, or the dotted path inside a YAML or JSON file; empty where the whole file is
 *     the value or the place has none
 * @param service that stores it, of the kinds service, volume and layer; else empty
 * @param when key of a message that says when this copy exists; empty for always
 * @param note key of a message that names the place for people; empty where path and key do
 * @param primary whether Compose itself reads the value here
 */
public record SecretCopy(
    Kind kind, String path, String key, String service, String when, String note, boolean primary) {

  private static final Messages MESSAGES = Messages.of("catalogue");

  /** Returns the place in words. */
  public String text() {
    String place =
        !note.isEmpty()
            ? MESSAGES.get("copy." + note)
            : key.isEmpty() ? path : MESSAGES.get("place.key", key, path);
    return when.isEmpty() ? place : MESSAGES.get("place.when", place, MESSAGES.get("when." + when));
  }

  /** Names the kinds of places. */
  public enum Kind {
    /** A variable in a file of assignments. */
    ENV,
    /** A value in a YAML file. */
    YAML,
    /** A value in a JSON file. */
    JSON,
    /** A file whose content is the value, or in which it stands as text. */
    TEXT,
    /** A database or settings store, changed through the service. */
    SERVICE,
    /** A file in a named volume. */
    VOLUME,
    /** A file in the writable layer of a container. */
    LAYER,
    /** A file or a process of the host, outside the stack. */
    HOST
  }
}
