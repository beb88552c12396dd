package dev.quayside.ui.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.ui.backups.BackupsPage;
import dev.quayside.ui.backups.ScriptedBackups;
import dev.quayside.ui.shell.PageSpec;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.ThemeChoice;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextField;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Plans and keys on the Backups page. */
@Tag("window")
class BackupPlansWindowTest {

  private static final int[] SMALL = {1280, 800};
  private static final int[] LARGE = {1920, 1080};

  private final ScriptedDialogs dialogs = new ScriptedDialogs();
  private final ScriptedBackups backups = new ScriptedBackups();

  private PageStage open() throws Exception {
    return PageStage.open(engine ->
        List.of(
            new PageSpec(
                "backups",
                "Backups",
                Icon.BACKUPS,
                workbench -> new BackupsPage(PageStage.with(workbench, dialogs), backups))));
  }

  private static void follow(PageStage stage, String link) throws Exception {
    Hyperlink node = stage.node(link);
    PageStage.run(node::fire);
  }

  private static String text(PageStage stage, String id) throws Exception {
    Labeled node = stage.node(id);
    return PageStage.call(node::getText);
  }

  @Test
  void aPlanIsSetForAKeyAndAnAbsentTargetStaysOnThePage() throws Exception {
    backups.shelvedKeys.put(Instant.now());
    backups.put(Instant.now().minus(Duration.ofHours(3)));
    try (PageStage stage = open()) {
      PageStage.run(() -> stage.shell().workbench().stacks().choose("dream-server"));
      PageStage.await("no plan yet", () -> stage.shows("card-schedule-text"));
      assertThat(text(stage, "card-schedule-text")).contains("dream-server");
      follow(stage, "schedule-open");
      Button set = stage.node("schedule-set");
      assertThat(set.isDisabled()).isTrue();
      assertThat(((Button) stage.node("schedule-off")).isDisabled()).isTrue();
      dialogs.files.add(Path.of("/mnt/usb"));
      stage.press("schedule-target");
      TextField time = stage.node("schedule-time");
      PageStage.run(() -> time.setText("late"));
      assertThat(set.isDisabled()).isTrue();
      PageStage.run(() -> time.setText("03:15"));
      stage.picture("schedule-set", SMALL, ThemeChoice.LIGHT);
      stage.press("schedule-set");
      PageStage.await("an alarm", () -> stage.shows("backups-standing"));
      assertThat(backups.asked).contains("schedule dream-server *-*-* 03:15");
      stage.pictures("backups-planned");

      follow(stage, "schedule-open");
      stage.node("schedule-set");
      stage.picture("schedule-change-dark", LARGE, ThemeChoice.DARK);
      stage.press("schedule-off");
      PageStage.await("no alarm", () -> !stage.shows("backups-standing"));
      assertThat(dialogs.confirmations).hasSize(1);
      assertThat(backups.asked).contains("off dream-server");
      assertThat(dialogs.problems).isEmpty();
    }
  }

  @Test
  void thePassphraseThatWasNotTypedForLongIsAskedForUntilItIsRight() throws Exception {
    backups.shelvedKeys.put(Instant.now().minus(Duration.ofDays(75)));
    try (PageStage stage = open()) {
      PageStage.await("the reminder", () -> stage.shows("key-check"));
      stage.pictures("backups-reminder");
      dialogs.secrets.add("wrong");
      stage.press("key-check");
      PageStage.await("wrong", () -> dialogs.notices.size() == 1);
      assertThat(PageStage.call(() -> stage.shows("key-check"))).isTrue();
      dialogs.secrets.add("right");
      stage.press("key-check");
      PageStage.await("quiet", () -> !stage.shows("backups-standing"));
      assertThat(dialogs.problems).isEmpty();
    }
  }

  @Test
  void aKeyIsMadeWithItsKitExportedAndRemoved() throws Exception {
    try (PageStage stage = open()) {
      follow(stage, "keys-open");
      stage.press("keys-create");
      Button next = stage.node("key-create-next");
      assertThat(next.isDisabled()).isTrue();
      TextField owner = stage.node("key-owner");
      PageStage.run(() -> owner.setText("Ada <ada@example.org>"));
      dialogs.files.add(Path.of("/usb/kit.txt"));
      stage.press("key-kit");
      stage.picture("key-create", SMALL, ThemeChoice.LIGHT);
      dialogs.secrets.add("right");
      stage.press("key-create-next");
      PageStage.await("the key", () -> stage.shows("key-export-01234567"));
      assertThat(backups.asked).contains("create Ada <ada@example.org> 5 /usb/kit.txt");
      stage.picture("keys", SMALL, ThemeChoice.LIGHT);
      stage.picture("keys-dark", LARGE, ThemeChoice.DARK);
      dialogs.files.add(Path.of("/usb/ada.asc"));
      follow(stage, "key-export-01234567");
      PageStage.await("exported", () -> backups.asked.contains("export /usb/ada.asc 01234567"));
      follow(stage, "key-remove-01234567");
      PageStage.await("gone", () -> !stage.shows("key-export-01234567"));
      assertThat(dialogs.confirmations.getLast().typed()).isEqualTo("01234567");
      assertThat(backups.asked).contains("remove true 01234567");
      stage.press("keys-close");
      assertThat(dialogs.problems).isEmpty();
    }
  }
}
