package dev.quayside.stack.settings;

import dev.quayside.common.AtomicFiles;
import java.util.List;

/** Names the steps after each of which a save may be killed and still ends as old or as new. */
final class EnvSteps {

  static final String ANNOUNCED = "env-save.announced";
  static final String RECORDED = "env-save.recorded";
  static final String PREPARED = "env-save.prepared";
  static final String HALF_WRITTEN = "env-save.half-written";
  static final String UNTRUNCATED = "env-save.untruncated";
  static final String UNFORCED = "env-save.unforced";
  static final String WRITTEN = "env-save.written";
  static final String VERIFIED = "env-save.verified";
  static final String KEPT = "env-save.kept";
  static final String CONCLUDED = "env-save.concluded";
  static final String CLEARED = "env-save.cleared";

  /** In order; those that a file of one step passes. */
  static final List<String> ALL =
      List.of(ANNOUNCED, RECORDED, PREPARED, WRITTEN, VERIFIED, KEPT, CONCLUDED, CLEARED);

  /** In order; those that a large file that is written over passes besides. */
  static final List<String> IN_PLACE = List.of(HALF_WRITTEN, UNTRUNCATED, UNFORCED);

  /** Returns the step that a moment of the write is. */
  static String of(AtomicFiles.Moment moment) {
    return switch (moment) {
      case PREPARED -> PREPARED;
      case HALF_WRITTEN -> HALF_WRITTEN;
      case UNTRUNCATED -> UNTRUNCATED;
      case UNFORCED -> UNFORCED;
    };
  }

  private EnvSteps() {}
}
