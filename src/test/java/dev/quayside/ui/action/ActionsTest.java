package dev.quayside.ui.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.quayside.common.Subscription;
import dev.quayside.ui.guard.Garbage;
import dev.quayside.ui.theme.Icon;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.ListChangeListener;
import org.junit.jupiter.api.Test;

/** The registry of actions and the search over it. */
final class ActionsTest {

  private static Action action(String id) {
    return Action.of(id, "Group", "Text of " + id, Icon.INFO, () -> {});
  }

  @Test
  void twoActionsCannotShareKeys() {
    Actions actions = new Actions();
    actions.register(action("one").withKeys("Shortcut+K"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> actions.register(action("two").withKeys("Shortcut+K")))
        .withMessageContaining("one")
        .withMessageContaining("two");
  }

  @Test
  void aBareLetterIsNoKeyOfAnAction() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Actions().register(action("one").withKeys("Shift+K")))
        .withMessageContaining("typing");
  }

  @Test
  void whoListensIsToldAlsoAfterTheCollectorRan() throws Exception {
    Actions actions = new Actions();
    AtomicInteger changes = new AtomicInteger();
    actions.all().addListener((ListChangeListener<Action>) change -> changes.incrementAndGet());
    Garbage.collect();

    actions.register(action("one"));

    assertThat(changes).hasValue(1);
  }

  @Test
  void closingARegistrationGivesIdAndKeysBack() {
    Actions actions = new Actions();
    actions.register(action("one").withKeys("Shortcut+K")).close();

    actions.register(action("one").withKeys("Shortcut+K"));

    assertThat(actions.all()).hasSize(1);
  }

  @Test
  void whatAPageRegistersRestsWhileThePageIsHidden() {
    Actions actions = new Actions();
    SimpleBooleanProperty shown = new SimpleBooleanProperty(true);
    AtomicInteger runs = new AtomicInteger();
    Subscription registered =
        actions
            .during(shown)
            .register(Action.of("one", "Group", "Text", Icon.INFO, runs::incrementAndGet));

    actions.get("one").run();
    shown.set(false);
    actions.get("one").run();
    assertThat(runs).hasValue(1);
    assertThat(actions.get("one").enabled().get()).isFalse();

    registered.close();
    assertThat(actions.all()).isEmpty();
  }

  @Test
  void theBeginningsOfWordsFitBetterThanLettersInside() {
    int begins = FuzzyMatch.score("rs", "Restart services").orElseThrow();
    int inside = FuzzyMatch.score("rs", "Show every base").orElseThrow();

    assertThat(begins).isGreaterThan(inside);
    assertThat(FuzzyMatch.score("xq", "Restart services")).isEmpty();
  }

  @Test
  void theBestFitComesFirst() {
    PaletteItem logs = new PaletteItem("Go to Logs", "Pages", "", Icon.LOGS, () -> {});
    PaletteItem larger = new PaletteItem("Make the text larger", "Window", "", Icon.ADD, () -> {});

    assertThat(Palette.found(List.of(larger, logs), "logs")).containsExactly(logs);
  }
}
