package dev.quayside.app;

import dev.quayside.backup.Leftovers;
import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.secrets.Recovery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Puts in order what killed processes left, and tells what became of it. */
final class Recoveries {

  private final Messages messages = Messages.of("app");

  /** Sweeps half-made archives and restores. */
  List<String> sweep(Leftovers leftovers) throws ProblemException {
    try {
      List<String> told = new ArrayList<>();
      for (Leftovers.Leftover one : leftovers.sweep()) {
        told.add(
            switch (one.fate()) {
              case FINISHED -> messages.get("recovered.backup.finished", one.target());
              case REMOVED -> messages.get("recovered.backup.removed", one.target());
              case STUCK -> messages.get("recovered.backup.stuck", one.temporary());
              case OUT_OF_REACH -> messages.get("recovered.backup.away", one.target());
            });
      }
      return told;
    } catch (IOException e) {
      throw new ProblemException(
          new Problem(
              "RECOVERY-FAILED",
              messages.get("recovered.failed.title"),
              messages.get("recovered.failed.happened", e.getClass().getSimpleName()),
              messages.get("recovered.failed.unchanged"),
              messages.get("recovered.failed.next"),
              null,
              String.valueOf(e.getMessage())),
          e);
    }
  }

  /** Tells what became of rotations. */
  List<String> tell(List<Recovery> recoveries) {
    List<String> told = new ArrayList<>();
    for (Recovery one : recoveries) {
      told.add(
          switch (one.ended()) {
            case FINISHED -> messages.get("recovered.rotation.finished", one.stack());
            case PUT_BACK -> messages.get("recovered.rotation.back", one.stack());
            case STUCK ->
                messages.get(
                    "recovered.rotation.stuck",
                    one.stack(),
                    one.problem() == null ? "" : one.problem().title());
          });
    }
    return told;
  }
}
