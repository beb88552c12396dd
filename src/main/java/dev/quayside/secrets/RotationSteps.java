package dev.quayside.secrets;

import java.util.List;

/** Names the steps after each of which a rotation may be killed and still ends as old or as new. */
final class RotationSteps {

  static final String ANNOUNCED = "rotate.announced";
  static final String RECORDED = "rotate.recorded";
  static final String FILE_WRITTEN = "rotate.file-written";
  static final String RECREATING = "rotate.recreating";
  static final String RECREATED = "rotate.recreated";
  static final String READY = "rotate.ready";
  static final String NEW_ACCEPTED = "rotate.new-accepted";
  static final String OLD_REFUSED = "rotate.old-refused";
  static final String RECEIPT_KEPT = "rotate.receipt-kept";
  static final String PROVEN = "rotate.proven";
  static final String RECEIPT_WRITTEN = "rotate.receipt-written";
  static final String COPY_DESTROYED = "rotate.copy-destroyed";
  static final String OUTCOME_RECORDED = "rotate.outcome-recorded";
  static final String BACK_ANNOUNCED = "rotate.back-announced";
  static final String BACK_MERGED = "rotate.back-merged";
  static final String BACK_FILE = "rotate.back-file";
  static final String BACK_RECREATED = "rotate.back-recreated";
  static final String BACK_PROVEN = "rotate.back-proven";
  static final String BACK_RECORDED = "rotate.back-recorded";

  /** The steps of a run that succeeds. */
  static final List<String> FORWARD =
      List.of(
          ANNOUNCED,
          RECORDED,
          FILE_WRITTEN,
          RECREATING,
          RECREATED,
          READY,
          NEW_ACCEPTED,
          OLD_REFUSED,
          RECEIPT_KEPT,
          PROVEN,
          RECEIPT_WRITTEN,
          COPY_DESTROYED,
          OUTCOME_RECORDED);

  /** The steps of putting everything back. */
  static final List<String> BACK =
      List.of(BACK_ANNOUNCED, BACK_FILE, BACK_RECREATED, BACK_PROVEN, BACK_RECORDED);

  private RotationSteps() {}
}
