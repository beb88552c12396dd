package dev.quayside.ui.stack;

import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.exposure.status.ServiceStatus;
import dev.quayside.stack.picture.StackPicture;
import dev.quayside.ui.control.ServiceState;
import dev.quayside.ui.control.StatePill;
import dev.quayside.ui.control.TonePill;
import dev.quayside.ui.theme.Look;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Is a service on the map: its name, how it is now, and why it may have no container. */
final class ServiceBox extends Button {

  private static final int LONGEST = 60;

  private final StackPicture.Service service;
  private final List<String> neededBy;
  private final HBox state = new HBox();
  private final StatePill pill = new StatePill();
  private final Messages shell = Messages.of("shell");
  private @Nullable String container;

  /**
   * Creates the box.
   *
   * @param neededBy services that need it
   * @param open opens a container by its id, or the list of services for an empty one
   */
  ServiceBox(StackPicture.Service service, List<String> neededBy, Consumer<String> open) {
    this.service = service;
    this.neededBy = List.copyOf(neededBy);
    setId("map-" + service.name());
    setMnemonicParsing(false);
    getStyleClass().setAll("map-box");
    Label name = new Label(ForeignText.line(service.name(), LONGEST));
    name.getStyleClass().add("map-name");
    name.setMaxWidth(Double.MAX_VALUE);
    state.getStyleClass().add("map-state");
    VBox words = new VBox(name, state);
    words.getStyleClass().add("map-words");
    if (!service.profiles().isEmpty()) {
      Label profiles =
          new Label(
              StackText.of(
                  "map.profiles",
                  ForeignText.line(String.join(", ", service.profiles()), LONGEST)));
      profiles.getStyleClass().addAll(Look.MUTED, Look.SMALL);
      words.getChildren().add(profiles);
    }
    setGraphic(words);
    setOnAction(event -> open.accept(container == null ? "" : container));
    show(List.of());
  }

  /** Shows how the service is; {@code members} are its containers. */
  void show(List<ServiceStatus> members) {
    ServiceStatus worst =
        members.stream()
            .min(Comparator.comparingInt(one -> ServiceState.of(one.container()).urgency()))
            .orElse(null);
    container = worst == null ? null : worst.container().id().value();
    String word;
    if (worst == null) {
      String key = service.onDemand() ? "map.on-demand" : "map.no-container";
      word = StackText.of(key);
      if (!(state.getChildren().stream().findFirst().orElse(null) instanceof TonePill)) {
        state.getChildren().setAll(new TonePill(TonePill.Tone.OFF, word));
      }
    } else {
      ServiceState now = ServiceState.of(worst.container());
      word = StatePill.word(shell, now);
      pill.show(now);
      if (!state.getChildren().contains(pill)) {
        state.getChildren().setAll(pill);
      }
      if (service.onDemand() && now == ServiceState.STOPPED) {
        word = StackText.of("map.on-demand");
      }
    }
    tell(word);
  }

  private void tell(String word) {
    String told =
        StackText.of("map.spoken", service.name(), word, list(service.needs()), list(neededBy));
    if (!service.defined()) {
      told = told + " " + StackText.of("map.undefined");
    }
    if (!told.equals(getAccessibleText())) {
      setAccessibleText(told);
      setTooltip(new Tooltip(ForeignText.line(told, 10 * LONGEST)));
    }
  }

  private static String list(List<String> names) {
    return names.isEmpty() ? StackText.of("map.nothing") : String.join(", ", names);
  }
}
