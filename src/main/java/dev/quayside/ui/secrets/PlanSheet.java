package dev.quayside.ui.secrets;

import atlantafx.base.theme.Styles;
import dev.quayside.secrets.RotationPlan;
import dev.quayside.ui.dialog.Sheet;
import dev.quayside.ui.dialog.Sheets;
import dev.quayside.ui.theme.Look;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/**
 * Shows what a rotation would do, and does it only when its button is pressed; Enter does not press
 * it.
 */
final class PlanSheet {

  private PlanSheet() {}

  static void show(Sheets sheets, RotationPlan plan, Runnable confirmed) {
    String names =
        plan.secrets().stream()
            .map(RotationPlan.PlannedSecret::name)
            .collect(Collectors.joining(", "));
    Sheet sheet =
        new Sheet(
            "rotation-plan",
            SecretsText.of("plan.title", names, plan.stack().name()),
            content(plan));
    Button cancel = new Button(SecretsText.of("plan.cancel"));
    cancel.setId("rotation-cancel");
    cancel.setCancelButton(true);
    cancel.setOnAction(event -> sheets.close(sheet));
    Button go = new Button(SecretsText.rotateButton(names, plan.recreated().size()));
    go.setId("rotation-go");
    // Names have underscores, which are no mnemonics.
    go.setMnemonicParsing(false);
    go.getStyleClass().add(Styles.ACCENT);
    Sheet.ignoreEnter(go);
    go.setOnAction(event -> {
      sheets.close(sheet);
      confirmed.run();
    });
    sheets.show(sheet.withButtons(cancel, go).withStyle("wide").focusing(cancel));
  }

  private static Node[] content(RotationPlan plan) {
    List<Node> parts = new ArrayList<>();
    parts.add(Sheet.text(SecretsText.of("plan.safety")));
    parts.add(section(SecretsText.of("plan.file", plan.file()), plan.diff(), Look.CODE));
    parts.add(section(SecretsText.of("plan.format"), formats(plan), "plan-format"));
    parts.add(
        section(
            SecretsText.of("plan.recreated"),
            plan.recreated().isEmpty()
                ? List.of(SecretsText.of("plan.none"))
                : numbered(plan.recreated()),
            "plan-services"));
    if (!plan.stopped().isEmpty()) {
      parts.add(section(SecretsText.of("plan.stopped"), plan.stopped(), "plan-stopped"));
    }
    if (!plan.notes().isEmpty()) {
      parts.add(section(SecretsText.of("plan.notes"), plan.notes(), "plan-notes"));
    }
    return parts.toArray(Node[]::new);
  }

  private static List<String> formats(RotationPlan plan) {
    return plan.secrets().stream()
        .map(secret -> SecretsText.of("plan.new-value", secret.name(), secret.format()))
        .toList();
  }

  private static List<String> numbered(List<String> services) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < services.size(); i++) {
      lines.add((i + 1) + ". " + services.get(i));
    }
    return lines;
  }

  private static Node section(String heading, List<String> lines, String styleClass) {
    Label title = new Label(heading);
    title.getStyleClass().addAll(Look.MUTED, Look.SMALL);
    title.setWrapText(true);
    VBox box = new VBox(title);
    for (String line : lines) {
      Label text = Sheet.text(line);
      text.getStyleClass().add(styleClass);
      box.getChildren().add(text);
    }
    return box;
  }
}
