package dev.quayside.ui.overview;

import dev.quayside.common.Messages;
import dev.quayside.engine.Connection;
import dev.quayside.exposure.status.ServiceStatus;
import dev.quayside.exposure.status.StatusSnapshot;
import dev.quayside.ui.fx.Background;
import dev.quayside.ui.shell.StackChoice;
import dev.quayside.ui.shell.Workbench;
import dev.quayside.ui.theme.Icon;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javafx.scene.layout.HBox;

/**
 * Shows the four cards. Exposure follows the snapshots; backups and secrets are read once a minute.
 */
final class ProofCards extends HBox {

  private static final Duration BETWEEN_READS = Duration.ofMinutes(1);

  private final CardTexts texts = new CardTexts();
  private final ProofCard exposure;
  private final ProofCard backup;
  private final ProofCard secrets;
  private final Workbench workbench;
  private final OverviewBackend backend;
  private final Background.Newest askArchives;
  private final Background.Newest askSecrets;
  private Instant next = Instant.MIN;
  private String readFor = "";

  ProofCards(Workbench workbench, OverviewBackend backend) {
    this.workbench = workbench;
    this.backend = backend;
    this.askArchives = workbench.background().newest();
    this.askSecrets = workbench.background().newest();
    Messages messages = Messages.of("overview");
    getStyleClass().add("proof-cards");
    this.exposure = new ProofCard("exposure", messages.get("exposure.title"), Icon.EXPOSURE);
    this.backup = new ProofCard("backup", messages.get("backup.title"), Icon.BACKUPS);
    this.secrets = new ProofCard("secrets", messages.get("secrets.title"), Icon.SECRETS);
    ProofCard security = new ProofCard("security", messages.get("security.title"), Icon.SECURITY);
    getChildren().addAll(exposure, backup, secrets, security);
    show(backup, texts.reading(), "backups");
    show(secrets, texts.reading(), "secrets");
    show(security, texts.security(), "security");
  }

  void show(StatusSnapshot snapshot) {
    List<ServiceStatus> services = workbench.stacks().services(snapshot);
    Duration lost =
        snapshot.connection() instanceof Connection.Lost gone
            ? Duration.between(gone.since(), workbench.clock().instant())
            : null;
    show(exposure, texts.exposure(services, lost), "services");
    String stack = workbench.stacks().chosen().get();
    boolean other = !stack.equals(readFor);
    if (other) {
      // What is known of another stack proves nothing of this one.
      show(backup, texts.reading(), "backups");
      show(secrets, texts.reading(), "secrets");
    }
    if (other || !snapshot.at().isBefore(next)) {
      next = snapshot.at().plus(BETWEEN_READS);
      readFor = stack;
      askAgain(stack);
    }
  }

  /** Reads everything again at the next snapshot. */
  void refresh() {
    next = Instant.MIN;
  }

  private void askAgain(String stack) {
    askArchives.run(
        backend::archives,
        list -> show(backup, texts.backup(list, stack, workbench.clock().instant()), "backups"),
        problem -> show(backup, texts.unknown(problem), "backups"));
    if (stack.equals(StackChoice.ALL)) {
      askSecrets.forget();
      show(secrets, texts.secretsOfOneStack(), "secrets");
      return;
    }
    askSecrets.run(
        () -> backend.secrets(stack),
        list -> show(secrets, texts.secrets(list), "secrets"),
        problem -> show(secrets, texts.unknown(problem), "secrets"));
  }

  private void show(ProofCard card, CardText text, String page) {
    card.show(text, () -> workbench.navigator().show(page));
  }
}
