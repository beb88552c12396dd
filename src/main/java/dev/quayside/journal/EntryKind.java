package dev.quayside.journal;

/** Names what an entry of the journal tells. */
public enum EntryKind {
  /** A change is about to be made. */
  INTENT,
  /** One step of an announced change was made. */
  STEP,
  /** The change was made and proven. */
  DONE,
  /** The change failed; nothing was changed, or everything was put back. */
  FAILED,
  /** The change was partly made, or made and not provable. */
  ATTENTION,
  /** Something about the journal itself, such as a torn record that was set aside. */
  NOTE
}
