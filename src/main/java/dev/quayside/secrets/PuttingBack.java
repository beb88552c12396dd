package dev.quayside.secrets;

import dev.quayside.catalogue.CataloguedSecret;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;
import dev.quayside.exposure.probe.ProbeAnswer;
import dev.quayside.exposure.probe.ProbeAnswer.Credential;
import dev.quayside.exposure.probe.ProbeAnswer.Verdict;
import dev.quayside.stack.env.EnvFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts file and containers back as they were before a run, and proves that the old values work
 * again.
 */
final class PuttingBack {

  private static final Messages MESSAGES = Messages.of("secrets");

  private final RotationSession session;

  PuttingBack(RotationSession session) {
    this.session = session;
  }

  /**
   * Puts everything back and records the failure of the run. May be called again after it was cut
   * off anywhere.
   *
   * @param reason code of the problem that made the run fail, for the journal
   * @return services that do not run although everything is as before, with what was seen
   * @throws ProblemException if something is not as before; the record stays for the next start
   */
  List<String> run(RotationRecord record, String reason) throws ProblemException, IOException {
    RotationStore store = session.store();
    boolean containersTouched = record.phase() != RotationRecord.Phase.WRITING;
    if (containersTouched) {
      store.save(record.at(RotationRecord.Phase.PUTTING_BACK));
    }
    session.reached(RotationSteps.BACK_ANNOUNCED);
    List<String> down = List.of();
    byte[] old = store.oldContent(record.id());
    try (EnvFile oldFile = EnvFile.parse(record.file(), old)) {
      new EnvFileBack(store, session::reached).restore(record, old, oldFile);
      session.reached(RotationSteps.BACK_FILE);
      if (containersTouched) {
        recreate(record, oldFile);
        session.reached(RotationSteps.BACK_RECREATED);
        down =
            session.await(record.asStack(), record.services(), record.services()).stream()
                .filter(result -> !result.asAsked())
                .map(result -> result.service() + " (" + result.text() + ")")
                .toList();
        prove(record, oldFile);
      }
      session.reached(RotationSteps.BACK_PROVEN);
    } finally {
      Arrays.fill(old, (byte) 0);
    }
    if (down.isEmpty()) {
      session.intent().failed(Map.of("problem", reason, "putBack", "yes"));
    } else {
      session
          .intent()
          .attention(
              Map.of("problem", reason, "putBack", "yes", "notReady", String.join(", ", down)));
    }
    session.reached(RotationSteps.BACK_RECORDED);
    store.remove(record.id());
    return down;
  }

  private void recreate(RotationRecord record, EnvFile oldFile) throws ProblemException {
    List<Secret> masked = new ArrayList<>();
    try {
      record.names().forEach(name -> add(masked, oldFile.value(name)));
      session.recreate(record, masked);
    } finally {
      masked.forEach(Secret::close);
    }
  }

  private static void add(List<Secret> list, @Nullable Secret value) {
    if (value != null) {
      list.add(value);
    }
  }

  private void prove(RotationRecord record, EnvFile oldFile) throws ProblemException {
    for (String name : record.oldWorked()) {
      CataloguedSecret secret = session.known(record, name);
      try (Secret value = oldFile.value(name)) {
        ProbeAnswer answer = session.ask(secret, Credential.OLD, value, session.patience());
        if (answer.verdict() != Verdict.ACCEPTED) {
          throw new ProblemException(
              MESSAGES.problem("OLD-NOT-BACK", name, RotationSession.said(answer), record.stack()));
        }
      }
    }
  }
}
