package dev.quayside.secrets;

/** Names what can be wrong with a secret. */
public enum SecretFlag {
  /** It has no value. */
  MISSING,
  /** Its value is a placeholder or was published by the makers of the stack. */
  PUBLIC,
  /** Another secret has the same value. */
  SHARED,
  /** Its variable is set more than once in one file. */
  DUPLICATE,
  /** Its copies differ from each other. */
  DIFFERS,
  /** Nothing reads it. */
  INERT,
  /** The file that holds it can be read by others on this machine. */
  READABLE_BY_OTHERS
}
