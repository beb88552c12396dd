package dev.quayside.ui.secrets;

import dev.quayside.common.Quantities;
import dev.quayside.exposure.probe.ProbeAnswer;
import dev.quayside.secrets.RotationReceipt;
import dev.quayside.stack.ServiceResult;
import dev.quayside.ui.control.RelativeAge;
import dev.quayside.ui.control.TonePill;
import dev.quayside.ui.control.UnknownText;
import dev.quayside.ui.dialog.Sheet;
import dev.quayside.ui.dialog.Sheets;
import dev.quayside.ui.theme.Look;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * Shows the proof of a rotation: what each service answered to the old value and to the new, and
 * from where it was asked.
 */
final class ReceiptSheet {

  private static final int TALLEST = 420;

  private ReceiptSheet() {}

  static void show(Sheets sheets, RotationReceipt receipt) {
    String names =
        receipt.secrets().stream()
            .map(RotationReceipt.RotatedSecret::name)
            .collect(Collectors.joining(", "));
    VBox parts = new VBox(content(receipt).toArray(Node[]::new));
    parts.getStyleClass().add("sheet-body");
    ScrollPane scroll = new ScrollPane(parts);
    scroll.setFitToWidth(true);
    scroll.setMaxHeight(TALLEST);
    scroll.setAccessibleText(SecretsText.of("receipt.name", names));
    String title =
        receipt.stored() == null
            ? SecretsText.of("receipt.title.unproven", names)
            : SecretsText.of("receipt.title", names);
    Sheet sheet = new Sheet("rotation-receipt", title, scroll);
    Button close = new Button(SecretsText.of("receipt.close"));
    close.setId("receipt-close");
    close.setCancelButton(true);
    close.setOnAction(event -> sheets.close(sheet));
    sheets.show(sheet.withButtons(close).withStyle("wide").focusing(close));
  }

  private static List<Node> content(RotationReceipt receipt) {
    List<Node> parts = new ArrayList<>();
    parts.add(
        Sheet.mutedText(
            SecretsText.of(
                "receipt.when",
                RelativeAge.exact(receipt.began()),
                Quantities.duration(receipt.took()))));
    for (RotationReceipt.RotatedSecret secret : receipt.secrets()) {
      parts.add(heading(SecretsText.of("receipt.probes", secret.name())));
      parts.add(probes(secret.probes()));
      if (!secret.newFingerprint().isEmpty()) {
        parts.add(
            Sheet.mutedText(
                SecretsText.of(
                    "receipt.fingerprints", secret.oldFingerprint(), secret.newFingerprint())));
      }
    }
    parts.add(heading(SecretsText.of("receipt.services")));
    parts.add(services(receipt.services()));
    parts.add(
        Sheet.mutedText(
            receipt.stored() == null
                ? SecretsText.of("receipt.not-stored", receipt.journalHead())
                : SecretsText.of("receipt.stored", receipt.stored(), receipt.journalHead())));
    return parts;
  }

  private static Label heading(String words) {
    Label label = new Label(words);
    label.getStyleClass().add(Look.SECTION_TITLE);
    return label;
  }

  private static Node probes(List<ProbeAnswer> answers) {
    GridPane grid = new GridPane();
    grid.getStyleClass().add("receipt-grid");
    grid.addRow(
        0,
        muted("receipt.credential"),
        muted("receipt.verdict"),
        muted("receipt.service"),
        muted("receipt.request"),
        muted("receipt.from"));
    int row = 1;
    for (ProbeAnswer answer : answers) {
      grid.addRow(
          row++,
          fixed(new Label(credential(answer))),
          fixed(verdict(answer)),
          fixed(new Label(answer.service())),
          Sheet.text(answer.request() + " → " + status(answer)),
          Sheet.text(answer.from()));
    }
    return grid;
  }

  /** Keeps the width a label needs, so that longer texts beside it give way. */
  private static Label fixed(Label label) {
    label.setMinWidth(Region.USE_PREF_SIZE);
    return label;
  }

  private static String credential(ProbeAnswer answer) {
    return switch (answer.credential()) {
      case NONE -> SecretsText.of("credential.none");
      case OLD -> SecretsText.of("credential.old");
      case NEW -> SecretsText.of("credential.new");
      case WRONG -> SecretsText.of("credential.wrong");
      case RIGHT -> SecretsText.of("credential.right");
    };
  }

  private static String status(ProbeAnswer answer) {
    return answer.status() == 0 ? UnknownText.DASH : String.valueOf(answer.status());
  }

  private static Label verdict(ProbeAnswer answer) {
    boolean wanted =
        (answer.credential() == ProbeAnswer.Credential.NEW)
            == (answer.verdict() == ProbeAnswer.Verdict.ACCEPTED);
    return switch (answer.verdict()) {
      case ACCEPTED ->
          new TonePill(
              wanted ? TonePill.Tone.GOOD : TonePill.Tone.BAD, SecretsText.of("verdict.accepted"));
      case REFUSED ->
          new TonePill(
              wanted ? TonePill.Tone.GOOD : TonePill.Tone.BAD, SecretsText.of("verdict.refused"));
      case UNCLEAR -> new TonePill(TonePill.Tone.UNKNOWN, SecretsText.of("verdict.unclear"));
    };
  }

  private static Node services(List<ServiceResult> results) {
    GridPane grid = new GridPane();
    grid.getStyleClass().add("receipt-grid");
    int row = 0;
    for (ServiceResult result : results) {
      grid.addRow(
          row++,
          fixed(
              new TonePill(
                  result.asAsked() ? TonePill.Tone.GOOD : TonePill.Tone.BAD, reached(result))),
          fixed(new Label(result.service())),
          Sheet.mutedText(result.text()),
          Sheet.mutedText(Quantities.duration(result.took())));
    }
    return grid;
  }

  private static String reached(ServiceResult result) {
    return switch (result.state()) {
      case HEALTHY -> SecretsText.of("reached.healthy");
      case RUNNING -> SecretsText.of("reached.running");
      case STOPPED -> SecretsText.of("reached.stopped");
      case LEFT_ALONE -> SecretsText.of("reached.left-alone");
      case UNHEALTHY -> SecretsText.of("reached.unhealthy");
      case EXITED -> SecretsText.of("reached.exited");
      case TIMED_OUT -> SecretsText.of("reached.timed-out");
      case NOT_AWAITED -> SecretsText.of("reached.not-awaited");
    };
  }

  private static Label muted(String key) {
    Label label = new Label(SecretsText.of(key));
    label.getStyleClass().addAll(Look.MUTED, Look.SMALL);
    return fixed(label);
  }
}
