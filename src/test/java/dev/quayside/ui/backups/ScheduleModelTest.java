package dev.quayside.ui.backups;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.backup.Compression;
import dev.quayside.backup.keys.KeyReminder;
import dev.quayside.backup.keys.ShelvedKey;
import dev.quayside.backup.schedule.OnCalendar;
import dev.quayside.backup.schedule.Retention;
import dev.quayside.backup.schedule.SchedulePlan;
import dev.quayside.backup.schedule.ScheduleRun;
import dev.quayside.backup.schedule.ScheduleStatus;
import dev.quayside.ui.control.TonePill;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleModelTest {

  private final List<String> asked = new ArrayList<>();
  private final ShelvedKey ada = new ScriptedKeys(asked).put(null);

  private static ScheduleStatus plan(String when, List<String> warnings) throws Exception {
    return ScriptedSchedules.status(
        new SchedulePlan.Request(
            "shop",
            Path.of("/mnt/usb"),
            null,
            List.of(Path.of("/plan/key.asc")),
            List.of(Path.of("/srv/shop/data")),
            Compression.GZIP,
            OnCalendar.parse(when),
            new Retention(3, 0, 2, 1),
            false),
        null,
        null,
        warnings);
  }

  @Test
  void aNewPlanIsReadyAsSoonAsAFolderIsChosen() {
    ScheduleModel model = new ScheduleModel("shop", null, List.of(ada));
    assertThat(model.ready().get()).isFalse();
    model.target().set(Path.of("/mnt/usb"));
    assertThat(model.ready().get()).isTrue();
    SchedulePlan.Request request = model.request();
    assertThat(request.when().expression()).isEqualTo("*-*-* 02:30");
    assertThat(request.recipients()).containsExactly(ada.certificate());
    assertThat(request.keep()).isEqualTo(new Retention(7, 0, 4, 12));
    assertThat(request.mayStop()).isTrue();
  }

  @Test
  void withoutAKeyOrWithATimeNobodyUnderstandsNothingCanBeSet() {
    ScheduleModel none = new ScheduleModel("shop", null, List.of());
    none.target().set(Path.of("/mnt/usb"));
    assertThat(none.ready().get()).isFalse();
    none.addRecipient(Path.of("/keys/me.asc"));
    none.addRecipient(Path.of("/keys/me.asc"));
    assertThat(none.recipients()).hasSize(1);
    assertThat(none.ready().get()).isTrue();
    none.time().set("25:00");
    assertThat(none.ready().get()).isFalse();
    none.when().set(ScheduleModel.When.EXPRESSION);
    none.expression().set("Mon..Fri 02:30");
    assertThat(none.request().when().expression()).isEqualTo("Mon..Fri 02:30");
    none.expression().set("now and then");
    assertThat(none.ready().get()).isFalse();
    none.when().set(ScheduleModel.When.SUN);
    none.time().set("03:00");
    assertThat(none.request().when().expression()).isEqualTo("Sun *-*-* 03:00");
    none.last().set("many");
    assertThat(none.ready().get()).isFalse();
  }

  @Test
  void whatIsSetAlreadyIsWhereItBeginsAndWhatTheSheetDoesNotAskStays() throws Exception {
    ScheduleModel model =
        new ScheduleModel("shop", plan("Sun *-*-* 03:00", List.of()), List.of(ada));
    assertThat(model.when().get()).isEqualTo(ScheduleModel.When.SUN);
    assertThat(model.time().get()).isEqualTo("03:00");
    assertThat(model.ready().get()).isTrue();
    SchedulePlan.Request request = model.request();
    assertThat(request.recipients()).containsExactly(Path.of("/plan/key.asc"));
    assertThat(request.folders()).containsExactly(Path.of("/srv/shop/data"));
    assertThat(request.compression()).isEqualTo(Compression.GZIP);
    assertThat(request.keep()).isEqualTo(new Retention(3, 0, 2, 1));
    assertThat(request.mayStop()).isFalse();

    ScheduleModel other = new ScheduleModel("shop", plan("Mon..Fri 02:30", List.of()), List.of());
    assertThat(other.when().get()).isEqualTo(ScheduleModel.When.EXPRESSION);
    assertThat(other.request().when().expression()).isEqualTo("Mon..Fri 02:30");
  }

  @Test
  void anAbsentTargetIsAnAlarmAndNoPlanIsEverGreen() throws Exception {
    ScheduleStatus away = plan("*-*-* 02:30", List.of("one", "two"));
    SideCard.Said card = ScheduleTexts.card(away, "shop");
    assertThat(card.tone()).isEqualTo(TonePill.Tone.WARN);
    assertThat(card.word()).isEqualTo("target absent");
    assertThat(card.text()).contains("It has not run yet", "one", "There is one more warning");
    Standing standing = new Standing(List.of(), List.of(away), List.of(), reminder());
    assertThat(standing.alarms())
        .extracting(Standing.Sentence::words)
        .singleElement()
        .asString()
        .contains("/mnt/usb is not there");
    assertThat(ScheduleTexts.card(null, "shop").tone()).isEqualTo(TonePill.Tone.OFF);
  }

  @Test
  void aRunThatFailedOrNeverBeganIsSaidOnThePageAndTheOverview() throws Exception {
    Instant due = Instant.parse("2026-11-28T02:30:00Z");
    ScheduleStatus failed =
        ScriptedSchedules.status(
            anything(),
            new ScheduleRun(
                due,
                due.plusSeconds(5),
                ScheduleRun.Result.FAILED,
                "DISK",
                "The disk is full",
                null,
                null,
                0),
            due,
            List.of());
    assertThat(ScheduleTexts.card(failed, "shop").tone()).isEqualTo(TonePill.Tone.BAD);
    assertThat(new Standing(List.of(), List.of(failed), List.of(), reminder()).alarms())
        .extracting(Standing.Sentence::words)
        .anySatisfy(words -> assertThat(words).contains("The disk is full"))
        .anySatisfy(words -> assertThat(words).contains("has not run since"));
  }

  private static KeyReminder reminder() {
    return KeyReminder.of(List.of(), Instant.EPOCH);
  }

  private static SchedulePlan.Request anything() {
    ScheduleModel model = new ScheduleModel("shop", null, List.of());
    model.target().set(Path.of("/mnt/usb"));
    model.addRecipient(Path.of("/keys/me.asc"));
    return model.request();
  }
}
