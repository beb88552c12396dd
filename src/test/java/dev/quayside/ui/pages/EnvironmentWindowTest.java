package dev.quayside.ui.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Messages;
import dev.quayside.common.Outcome;
import dev.quayside.stack.settings.EnvReceipt;
import dev.quayside.stack.settings.EnvTarget;
import dev.quayside.ui.dialog.Notice;
import dev.quayside.ui.dialog.Sheet;
import dev.quayside.ui.environment.DemoEnvironmentDesk;
import dev.quayside.ui.environment.EnvWish;
import dev.quayside.ui.environment.EnvironmentDesk;
import dev.quayside.ui.environment.EnvironmentPage;
import dev.quayside.ui.environment.HeldEnvironment;
import dev.quayside.ui.environment.RealEnvironment;
import dev.quayside.ui.shell.PageSpec;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.ThemeChoice;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page on real files with the real operations; only what needs an engine is scripted. */
@Tag("window")
class EnvironmentWindowTest {

  private static final int[] SMALL = {1280, 800};
  private static final String CONTENT =
      """
      # head
      LOG_LEVEL=info # why
      API_KEY=zzsecret

      LOG_DIR=/var/log
      PORT=1
      PORT=8080
      """;

  @TempDir Path folder;
  private final ScriptedDialogs dialogs = new ScriptedDialogs();

  private PageStage open(EnvironmentDesk desk) throws Exception {
    return PageStage.open(engine ->
        List.of(
            new PageSpec(
                "environment",
                "Environment",
                Icon.ENVIRONMENT,
                workbench -> new EnvironmentPage(PageStage.with(workbench, dialogs), desk))));
  }

  private static TableView<?> choose(PageStage stage, int rows) throws Exception {
    PageStage.run(() -> stage.shell().workbench().stacks().choose(RealEnvironment.STACK));
    TableView<?> table = stage.node("env-table");
    PageStage.await("settings", () -> table.getItems().size() == rows);
    return table;
  }

  private static void select(TableView<?> table, int row) throws Exception {
    PageStage.run(() -> table.getSelectionModel().select(row));
  }

  private static Label message(PageStage stage) throws Exception {
    return stage.node("env-edit-message");
  }

  private static void typeValue(PageStage stage, String value) throws Exception {
    TextField field = stage.node("env-edit-value");
    PageStage.run(() -> field.setText(value));
  }

  private static String texts(PageStage stage) throws Exception {
    return PageStage.call(() -> {
      List<String> all = new ArrayList<>();
      collect(stage.stage().getScene().getRoot(), all);
      return String.join("\n", all);
    });
  }

  private static void collect(Node node, List<String> all) {
    if (node instanceof Labeled labeled) {
      all.add(String.valueOf(labeled.getText()));
      if (labeled.getTooltip() != null) {
        all.add(String.valueOf(labeled.getTooltip().getText()));
      }
    }
    if (node instanceof TextInputControl input) {
      all.add(input.getText());
    }
    all.add(String.valueOf(node.getAccessibleText()));
    if (node instanceof Parent parent) {
      parent.getChildrenUnmodifiable().forEach(child -> collect(child, all));
    }
  }

  private static void press(Node node, KeyCode key, boolean control) throws Exception {
    PageStage.run(() -> {
      node.requestFocus();
      for (var type : List.of(KeyEvent.KEY_PRESSED, KeyEvent.KEY_RELEASED)) {
        node.fireEvent(new KeyEvent(type, "", "", key, false, control, false, false));
      }
    });
  }

  @Test
  void settingsAreEditedLookedAtSavedAndRestored() throws Exception {
    RealEnvironment real = new RealEnvironment(folder);
    real.write(".env", CONTENT);
    Path file = real.file(".env");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    real.write(".env.backup-20260101-120000", "LOG_LEVEL=old\n");
    try (PageStage stage = open(real.desk())) {
      stage.picture("environment-no-stack", SMALL, ThemeChoice.LIGHT);
      TableView<?> table = choose(stage, 4);
      assertThat(texts(stage))
          .doesNotContain("zzsecret")
          .contains("rw-r--r--", "PORT is set in lines 6, 7");

      // A value that not every reader would read back cannot be noted.
      select(table, 0);
      stage.press("environment.edit");
      TextField field = stage.node("env-edit-value");
      PageStage.await("the value as it is", () -> field.getText().equals("info"));
      Button go = stage.node("env-edit-go");
      assertThat(PageStage.call(go::isDisabled)).isTrue();
      Label message = message(stage);
      typeValue(stage, "it's $HOME and \"more\" `too`");
      PageStage.await("refused", () -> message.getText().contains("cannot be written safely"));
      assertThat(PageStage.call(go::isDisabled)).isTrue();
      stage.picture("environment-refused", SMALL, ThemeChoice.LIGHT);
      stage.picture("environment-refused-dark", SMALL, ThemeChoice.DARK);
      typeValue(stage, "debug");
      PageStage.await("can be written", () -> message.getText().contains("Reads it back exactly"));
      stage.press("env-edit-go");
      PageStage.await("noted", () -> all(stage).contains("info  →  debug"));

      // A secret goes through a field that holds no String.
      select(table, 1);
      stage.press("environment.edit");
      stage.type("env-edit-secret", "zznew");
      Label second = message(stage);
      PageStage.await("can be written", () -> second.getText().contains("Reads it back exactly"));
      stage.picture("environment-secret", SMALL, ThemeChoice.DARK);
      stage.press("env-edit-go");
      Hyperlink keep = stage.node("env-keep-last-PORT");
      PageStage.run(keep::fire);
      select(table, 2);
      stage.press("environment.remove");
      PageStage.await("four", () -> all(stage).contains("4 changes not saved"));
      Button undo = stage.node("env-undo-LOG_DIR");
      PageStage.run(undo::fire);
      PageStage.await("three", () -> all(stage).contains("3 changes not saved"));
      stage.pictures("environment-noted");
      assertThat(Files.readString(file)).isEqualTo(CONTENT);

      // Save shows what changes and what it touches; Enter does not press its button.
      stage.press("environment.save");
      Button confirm = stage.node("env-change-go");
      assertThat(PageStage.call(confirm::getText)).isEqualTo("Save 3 changes in .env");
      PageStage.await("no Compose file", () -> all(stage).contains("is not known"));
      assertThat(texts(stage))
          .contains("~ LOG_LEVEL: info becomes debug (line 2)")
          .contains("~ API_KEY: •••••••• becomes •••••••• (line 3)")
          .contains("Save writes .env; no container changes")
          .doesNotContain("zzsecret", "zznew");
      stage.picture("environment-save", SMALL, ThemeChoice.LIGHT);
      stage.picture("environment-save-dark", SMALL, ThemeChoice.DARK);
      press(confirm, KeyCode.ENTER, false);
      assertThat(Files.readString(file)).isEqualTo(CONTENT);
      stage.press("env-change-go");
      PageStage.await("saved", () -> dialogs.notices.size() == 1);
      assertThat(Files.readString(file))
          .isEqualTo(
              """
              # head
              LOG_LEVEL=debug # why
              API_KEY=zznew

              LOG_DIR=/var/log
              PORT=8080
              """);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-r--r--");
      PageStage.await("nothing is noted", () -> all(stage).contains("nothing noted"));

      // What was there before comes back from the history, byte for byte.
      TabPane tabs = stage.node("env-tabs");
      PageStage.run(() -> tabs.getSelectionModel().select(1));
      TableView<?> versions = stage.node("env-history-table");
      PageStage.await("versions", () -> versions.getItems().size() == 2);
      select(versions, 0);
      PageStage.await("compared", () -> all(stage).contains("~ LOG_LEVEL: info becomes debug"));
      stage.pictures("environment-history");
      stage.press("environment.restore");
      stage.press("env-change-go");
      PageStage.await("restored", () -> dialogs.notices.size() == 2);
      assertThat(Files.readString(file)).isEqualTo(CONTENT);
      PageStage.await("one more version", () -> versions.getItems().size() == 3);
      assertThat(texts(stage)).doesNotContain("zzsecret", "zznew");
      assertThat(dialogs.problems).isEmpty();
    }
  }

  private static String all(PageStage stage) {
    List<String> all = new ArrayList<>();
    collect(stage.stage().getScene().getRoot(), all);
    return String.join("\n", all);
  }

  @Test
  void whatOthersWroteMeanwhileIsNeverWrittenOver() throws Exception {
    RealEnvironment real = new RealEnvironment(folder);
    real.write(".env", "A=1\nB=2\n");
    try (PageStage stage = open(real.desk())) {
      TableView<?> table = choose(stage, 2);
      select(table, 0);
      stage.press("environment.edit");
      Label message = message(stage);
      typeValue(stage, "9");
      PageStage.await("can be written", () -> message.getText().contains("Reads it back exactly"));
      stage.press("env-edit-go");
      real.write(".env", "A=1\nB=3\nC=4\n");
      stage.press("environment.save");
      PageStage.await("refused", () -> dialogs.problems.size() == 1);
      assertThat(dialogs.problems.getFirst().code()).isEqualTo("ENV-CHANGED-SINCE");
      PageStage.await("said", () -> stage.shows("env-changed"));
      stage.picture("environment-changed", SMALL, ThemeChoice.LIGHT);
      stage.press("environment.again");
      PageStage.await("loaded", () -> table.getItems().size() == 3 && !stage.shows("env-changed"));
      assertThat(texts(stage)).contains("1  →  9");
      stage.press("environment.save");
      stage.press("env-change-go");
      PageStage.await("saved", () -> dialogs.notices.size() == 1);
      assertThat(Files.readString(real.file(".env"))).isEqualTo("A=9\nB=3\nC=4\n");
    }
  }

  @Test
  void aSettingIsAddedFoundRemovedAndTakenBackWithKeysAlone() throws Exception {
    RealEnvironment real = new RealEnvironment(folder);
    try (PageStage stage = open(real.desk())) {
      PageStage.run(() -> stage.shell().workbench().stacks().choose(RealEnvironment.STACK));
      stage.node("env-first");
      stage.picture("environment-missing", SMALL, ThemeChoice.LIGHT);
      stage.press("env-first");
      TextField name = stage.node("env-edit-name");
      PageStage.await("the name has the focus", name::isFocused);
      TextField value = stage.node("env-edit-value");
      assertThat(PageStage.call(value::isDisabled)).isTrue();
      PageStage.run(() -> name.setText("NEW_API_KEY"));
      PageStage.await("hidden", () -> stage.shows("env-edit-secret") && !shown(value));
      PageStage.run(() -> name.setText("PORT"));
      PageStage.await("plain again", () -> shown(value) && !value.isDisabled());
      typeValue(stage, "8080");
      Button go = stage.node("env-edit-go");
      PageStage.await("can be noted", () -> !go.isDisabled());
      stage.picture("environment-add", SMALL, ThemeChoice.LIGHT);
      press(value, KeyCode.ENTER, false);
      TableView<?> table = stage.node("env-table");
      PageStage.await("noted", () -> table.getItems().size() == 1);
      assertThat(Files.exists(real.file(".env"))).isFalse();

      PageStage.run(() -> stage.shell().workbench().actions().get("window.find").run());
      TextField search = stage.node("env-search");
      PageStage.await("search", search::isFocused);
      PageStage.run(() -> search.setText("nothing like it"));
      stage.press("env-search-clear");
      PageStage.await("all", () -> table.getItems().size() == 1);
      stage.press("environment.save");
      stage.press("env-change-go");
      PageStage.await("saved", () -> dialogs.notices.size() == 1);
      assertThat(Files.readString(real.file(".env"))).isEqualTo("PORT=8080\n");
      PageStage.await(
          "read again",
          () -> all(stage).contains("nothing noted") && !all(stage).contains("added"));

      select(table, 0);
      press(table, KeyCode.DELETE, false);
      PageStage.await("removed", () -> all(stage).contains("1 change not saved"));
      press(table, KeyCode.Z, true);
      PageStage.await("taken back", () -> all(stage).contains("nothing noted"));
      press(table, KeyCode.ENTER, false);
      stage.node("env-edit");
      press(stage.node("env-edit-cancel"), KeyCode.ESCAPE, false);
      PageStage.await("closed", () -> !stage.shows("env-edit"));
    }
  }

  private static boolean shown(Node node) {
    for (Node at = node; at != null; at = at.getParent()) {
      if (!at.isVisible()) {
        return false;
      }
    }
    return true;
  }

  @Test
  void applyingSaysWhatIsMadeAnewAndIsAJob() throws Exception {
    HeldEnvironment held = new HeldEnvironment(new DemoEnvironmentDesk(InstantSource.system()));
    try (PageStage stage = open(held)) {
      TableView<?> table = choose(stage, 14);
      select(table, 0);
      stage.press("environment.remove");
      stage.press("environment.apply");
      Button go = stage.node("env-change-go");
      assertThat(PageStage.call(go::getText)).isEqualTo("Recreate 2 services");
      assertThat(texts(stage)).contains("1. litellm", "2. open-webui", "1 change not saved");
      stage.picture("environment-apply", SMALL, ThemeChoice.LIGHT);
      stage.press("env-change-go");
      Button jobs = stage.node("jobs-button");
      PageStage.await("the step", () -> jobs.getText().contains("1 of 2"));
      assertThat(PageStage.call(() -> ((Button) find(stage, "environment.apply")).isDisabled()))
          .isTrue();
      held.goOn();
      PageStage.await("told", () -> dialogs.notices.size() == 1);
      assertThat(dialogs.notices.getFirst().text()).isEqualTo("2 services recreated");
      assertThat(held.applied()).containsExactly("dream-server [litellm, open-webui]");
    } finally {
      held.goOn();
    }
  }

  private static Node find(PageStage stage, String id) {
    try {
      return stage.stage().getScene().getRoot().lookupAll(".button").stream()
          .filter(node -> id.equals(node.getId()))
          .findFirst()
          .orElseThrow();
    } catch (RuntimeException missing) {
      throw new AssertionError(id, missing);
    }
  }

  @Test
  void aSetIsSwitchedToOnlyAfterItWasShownAndTheDemoWritesNothing() throws Exception {
    try (PageStage stage = open(new DemoEnvironmentDesk(InstantSource.system()))) {
      choose(stage, 14);
      TabPane tabs = stage.node("env-tabs");
      PageStage.run(() -> tabs.getSelectionModel().select(2));
      TableView<?> sets = stage.node("env-sets-table");
      PageStage.await("sets", () -> sets.getItems().size() == 2);
      assertThat(texts(stage)).contains("nearest is prod: 2 differences");
      select(sets, 0);
      stage.pictures("environment-sets");
      stage.press("environment.switch");
      Button go = stage.node("env-change-go");
      assertThat(PageStage.call(go::getText)).isEqualTo("Switch to prod");
      PageStage.await("impact", () -> all(stage).contains("recreates litellm, open-webui"));
      stage.picture("environment-switch", SMALL, ThemeChoice.LIGHT);
      stage.press("env-change-go");
      PageStage.await("refused", () -> dialogs.problems.size() == 1);
      assertThat(dialogs.problems.getFirst().code()).isEqualTo("DEMO");
    }
  }

  @Test
  void whatIsNotedOutlivesARestoreAndASaveThatFailedHalfway() throws Exception {
    RealEnvironment real = new RealEnvironment(folder);
    real.write(".env", "A=1\nB=2\n");
    real.write(".env.backup-20260101-120000", "A=0\nB=2\n");
    AtomicBoolean breaks = new AtomicBoolean();
    try (PageStage stage = open(breaking(real.desk(), breaks))) {
      TableView<?> table = choose(stage, 2);
      select(table, 1);
      stage.press("environment.remove");
      TabPane tabs = stage.node("env-tabs");
      PageStage.run(() -> tabs.getSelectionModel().select(1));
      TableView<?> versions = stage.node("env-history-table");
      PageStage.await("versions", () -> versions.getItems().size() == 1);
      select(versions, 0);
      stage.press("environment.restore");
      stage.node("env-change-go");
      assertThat(texts(stage)).contains("1 change not saved in this file: what is noted");
      stage.picture("environment-restore-noted", SMALL, ThemeChoice.LIGHT);
      stage.press("env-change-go");
      PageStage.await("restored", () -> dialogs.notices.size() == 1);
      assertThat(Files.readString(real.file(".env"))).isEqualTo("A=0\nB=2\n");
      PageStage.await("read again", () -> table.getItems().getFirst().toString().contains("was=0"));
      assertThat(texts(stage)).contains("1 change not saved");

      breaks.set(true);
      stage.press("environment.save");
      stage.press("env-change-go");
      PageStage.await("told", () -> dialogs.problems.size() == 1);
      assertThat(dialogs.notices)
          .extracting(Notice::tone)
          .containsExactly(Notice.Tone.GOOD, Notice.Tone.WARN);
      assertThat(texts(stage)).contains("1 change not saved");
    }
  }

  /** Ends a save as one ends that could neither be written nor put back. */
  private static EnvironmentDesk breaking(EnvironmentDesk desk, AtomicBoolean breaks) {
    return (EnvironmentDesk)
        Proxy.newProxyInstance(
            EnvironmentDesk.class.getClassLoader(),
            new Class<?>[] {EnvironmentDesk.class},
            (proxy, method, arguments) ->
                breaks.get() && method.getName().equals("save")
                    ? notSaved(((EnvWish) arguments[0]).target())
                    : method.invoke(desk, arguments));
  }

  private static Outcome<EnvReceipt> notSaved(EnvTarget target) {
    return new Outcome.Attention<>(
        new EnvReceipt(
            "1",
            target.stack().name(),
            target.file(),
            EnvReceipt.Result.NOT_SAVED,
            List.of(),
            "",
            "",
            true,
            "",
            ""),
        Messages.of("env").problem("ENV-LEFT", target.file()));
  }

  @Test
  void anOfferForAnotherFileIsDropped() throws Exception {
    RealEnvironment real = new RealEnvironment(folder);
    real.write(".env", "A=1\n");
    real.write(".env.prod", "A=1\nB=2\n");
    try (PageStage stage = open(real.desk())) {
      TableView<?> table = choose(stage, 1);
      select(table, 0);
      stage.press("environment.remove");
      Sheet other = new Sheet("other", "Other");
      PageStage.run(() -> stage.shell().workbench().sheets().show(other));
      PageStage.run(() -> ((Button) find(stage, "environment.save")).fire());
      PageStage.await("offered", () -> dialogs.notices.size() == 1);
      PageStage.run(() -> stage.shell().workbench().sheets().close(other));
      MenuButton menu = stage.node("env-file");
      PageStage.run(() -> menu.getItems().getLast().fire());
      PageStage.await("the other file", () -> table.getItems().size() == 2);
      PageStage.run(() -> dialogs.notices.getFirst().action().run());
      assertThat(stage.shows("env-change")).isFalse();
      assertThat(dialogs.notices.getLast().text()).contains("not asked any more");
    }
  }
}
