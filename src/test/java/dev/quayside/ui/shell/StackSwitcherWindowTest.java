package dev.quayside.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Messages;
import dev.quayside.exposure.status.StackStatus;
import dev.quayside.exposure.status.StatusSnapshot;
import dev.quayside.ui.guard.Snapshots;
import dev.quayside.ui.pages.PageStage;
import dev.quayside.ui.theme.ThemeChoice;
import dev.quayside.ui.theme.ThemeManager;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the switcher shows while stacks come and go. */
@Tag("window")
class StackSwitcherWindowTest {

  private final StackChoice stacks = new StackChoice();
  private final List<String> chosen = new ArrayList<>();

  private static StatusSnapshot of(String... names) {
    return Snapshots.with(
        Snapshots.demo(),
        Snapshots.MOMENT,
        Stream.of(names).map(name -> new StackStatus(name, List.of())).toList());
  }

  /** Shows a switcher, chooses {@code first}, and learns one snapshot after the other. */
  private String shown(String first, StatusSnapshot... snapshots) throws Exception {
    return PageStage.call(() -> {
      stacks.learn(snapshots[0]);
      StackSwitcher switcher = new StackSwitcher(Messages.of("shell"), stacks);
      Stage stage = new Stage();
      Scene scene = new Scene(new StackPane(switcher), 300, 100);
      ThemeManager theme = new ThemeManager();
      theme.choice().set(ThemeChoice.LIGHT);
      theme.dress(scene);
      stage.setScene(scene);
      stage.show();
      switcher.setValue(first);
      stacks.chosen().addListener((source, before, now) -> chosen.add(now));
      for (StatusSnapshot snapshot : snapshots) {
        stacks.learn(snapshot);
      }
      stage.close();
      return switcher.getValue();
    });
  }

  @Test
  void aStackThatComesBeforeTheChosenOneDoesNotTakeItsPlace() throws Exception {
    assertThat(shown("bravo", of("bravo", "delta"), of("alpha", "bravo", "charlie", "delta")))
        .isEqualTo("bravo");
    assertThat(chosen).isEmpty();
    assertThat(stacks.chosen().get()).isEqualTo("bravo");
    assertThat(stacks.names()).containsExactly("", "alpha", "bravo", "charlie", "delta");
  }

  @Test
  void otherStacksThatGoLeaveTheChosenOne() throws Exception {
    assertThat(shown("charlie", of("alpha", "bravo", "charlie"), of("charlie")))
        .isEqualTo("charlie");
    assertThat(chosen).isEmpty();
    assertThat(stacks.names()).containsExactly("", "charlie");
  }

  @Test
  void aChosenStackThatGoesStaysChosenUntilAnotherIsChosen() throws Exception {
    assertThat(shown("bravo", of("alpha", "bravo"), of("alpha"), of())).isEqualTo("bravo");
    assertThat(chosen).isEmpty();
    assertThat(stacks.names()).containsExactly("", "bravo");

    stacks.choose(StackChoice.ALL);
    stacks.learn(of("alpha"));
    assertThat(stacks.names()).containsExactly("", "alpha");
  }
}
