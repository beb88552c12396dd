package dev.quayside.stack.settings;

import java.util.List;

/** Names the steps after each of which a save may be killed and still ends as old or as new. */
final class EnvSteps {

  static final String ANNOUNCED = "env-save.announced";
  static final String RECORDED = "env-save.recorded";
  static final String WRITTEN = "env-save.written";
  static final String VERIFIED = "env-save.verified";
  static final String KEPT = "env-save.kept";
  static final String CONCLUDED = "env-save.concluded";
  static final String CLEARED = "env-save.cleared";

  /** In order. */
  static final List<String> ALL =
      List.of(ANNOUNCED, RECORDED, WRITTEN, VERIFIED, KEPT, CONCLUDED, CLEARED);

  private EnvSteps() {}
}
