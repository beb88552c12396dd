package dev.quayside.ui.backups;

import dev.quayside.backup.Compression;
import dev.quayside.backup.keys.KeyRole;
import dev.quayside.backup.keys.ShelvedKey;
import dev.quayside.backup.schedule.OnCalendar;
import dev.quayside.backup.schedule.Retention;
import dev.quayside.backup.schedule.SchedulePlan;
import dev.quayside.backup.schedule.ScheduleStatus;
import dev.quayside.common.ProblemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** Collects when a stack saves itself, where to, and for whose key. Belongs to the FX thread. */
final class ScheduleModel {

  private static final Pattern DAILY = Pattern.compile("\\*-\\*-\\* (\\d\\d:\\d\\d)");
  private static final Pattern WEEKLY =
      Pattern.compile("(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \\*-\\*-\\* (\\d\\d:\\d\\d)");
  private static final Pattern TIME = Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d");
  private static final Pattern COUNT = Pattern.compile("\\d{1,4}");

  private final String stack;
  private final @Nullable ScheduleStatus older;
  private final ObjectProperty<@Nullable Path> target = new SimpleObjectProperty<>();
  private final ObjectProperty<@Nullable Path> second = new SimpleObjectProperty<>();
  private final ObjectProperty<When> when = new SimpleObjectProperty<>(When.DAILY);
  private final StringProperty time = new SimpleStringProperty("02:30");
  private final StringProperty expression = new SimpleStringProperty("*-*-* 02:30");
  private final StringProperty last = new SimpleStringProperty("7");
  private final StringProperty daily = new SimpleStringProperty("0");
  private final StringProperty weekly = new SimpleStringProperty("4");
  private final StringProperty monthly = new SimpleStringProperty("12");
  private final BooleanProperty mayStop = new SimpleBooleanProperty(true);
  private final ObservableList<Recipient> recipients =
      FXCollections.observableArrayList(one -> new Observable[] {one.taken()});
  private final BooleanBinding ready;

  /** Names how often. */
  enum When {
    DAILY,
    MON,
    TUE,
    WED,
    THU,
    FRI,
    SAT,
    SUN,
    EXPRESSION
  }

  /** Is a key that archives can be made for. */
  static final class Recipient {
    private final Path file;
    private final String name;
    private final BooleanProperty taken;

    Recipient(Path file, String name, boolean taken) {
      this.file = file;
      this.name = name;
      this.taken = new SimpleBooleanProperty(taken);
    }

    String name() {
      return name;
    }

    BooleanProperty taken() {
      return taken;
    }
  }

  /**
   * Begins with what is set already.
   *
   * @param older null if nothing is
   * @param keys the shelf
   */
  ScheduleModel(String stack, @Nullable ScheduleStatus older, List<ShelvedKey> keys) {
    this.stack = stack;
    this.older = older;
    if (older != null) {
      fill(older.plan());
    }
    keys.stream()
        .filter(key -> key.role() == KeyRole.RECIPIENT && key.usable())
        .forEach(key ->
            recipients.add(new Recipient(key.certificate(), KeyTexts.name(key), older == null)));
    this.ready =
        Bindings.createBooleanBinding(
            this::complete,
            target,
            when,
            time,
            expression,
            last,
            daily,
            weekly,
            monthly,
            recipients);
  }

  private void fill(SchedulePlan plan) {
    target.set(plan.target().folder());
    second.set(plan.second() == null ? null : plan.second().folder());
    last.set(String.valueOf(plan.keep().last()));
    daily.set(String.valueOf(plan.keep().daily()));
    weekly.set(String.valueOf(plan.keep().weekly()));
    monthly.set(String.valueOf(plan.keep().monthly()));
    mayStop.set(plan.mayStop());
    plan.recipients()
        .forEach(file ->
            recipients.add(
                new Recipient(
                    file, BackupsText.of("schedule.key-of-plan", file.getFileName()), true)));
    expression.set(plan.when().expression());
    Matcher each = DAILY.matcher(plan.when().expression());
    Matcher some = WEEKLY.matcher(plan.when().expression());
    if (each.matches()) {
      time.set(each.group(1));
    } else if (some.matches()) {
      when.set(When.valueOf(some.group(1).toUpperCase(Locale.ROOT)));
      time.set(some.group(2));
    } else {
      when.set(When.EXPRESSION);
    }
  }

  String stack() {
    return stack;
  }

  @Nullable ScheduleStatus older() {
    return older;
  }

  ObjectProperty<@Nullable Path> target() {
    return target;
  }

  /** The folder for a second copy; null for none. */
  ObjectProperty<@Nullable Path> second() {
    return second;
  }

  ObjectProperty<When> when() {
    return when;
  }

  StringProperty time() {
    return time;
  }

  /** When it is due in systemd's words; counts for {@link When#EXPRESSION}. */
  StringProperty expression() {
    return expression;
  }

  StringProperty last() {
    return last;
  }

  StringProperty daily() {
    return daily;
  }

  StringProperty weekly() {
    return weekly;
  }

  StringProperty monthly() {
    return monthly;
  }

  BooleanProperty mayStop() {
    return mayStop;
  }

  ObservableList<Recipient> recipients() {
    return recipients;
  }

  void addRecipient(Path file) {
    Path full = file.toAbsolutePath().normalize();
    if (recipients.stream().noneMatch(one -> one.file.equals(full))) {
      recipients.add(new Recipient(full, full.toString(), true));
    }
  }

  /** Returns whether everything needed was said. */
  BooleanBinding ready() {
    return ready;
  }

  private boolean complete() {
    return target.get() != null
        && calendar() != null
        && List.of(last, daily, weekly, monthly).stream()
            .allMatch(each -> COUNT.matcher(each.get()).matches())
        && recipients.stream().anyMatch(one -> one.taken().get());
  }

  /** Returns when it is due; null as long as that is not understood. */
  @Nullable OnCalendar calendar() {
    try {
      if (when.get() == When.EXPRESSION) {
        return OnCalendar.parse(expression.get());
      }
      if (!TIME.matcher(time.get()).matches()) {
        return null;
      }
      String day = when.get().name();
      return OnCalendar.parse(
          when.get() == When.DAILY
              ? "*-*-* " + time.get()
              : day.charAt(0) + day.substring(1).toLowerCase(Locale.ROOT) + " *-*-* " + time.get());
    } catch (ProblemException notUnderstood) {
      return null;
    }
  }

  /** Returns the request; folders and compression stay as they are. */
  SchedulePlan.Request request() {
    Path folder = target.get();
    OnCalendar calendar = calendar();
    if (folder == null || calendar == null) {
      throw new IllegalStateException("not everything was said");
    }
    List<Path> keys = new ArrayList<>();
    recipients.stream().filter(one -> one.taken().get()).forEach(one -> keys.add(one.file));
    return new SchedulePlan.Request(
        stack,
        folder,
        second.get(),
        keys,
        older == null ? List.of() : older.plan().folders(),
        older == null ? Compression.ZSTD : older.plan().compression(),
        calendar,
        new Retention(number(last), number(daily), number(weekly), number(monthly)),
        mayStop.get());
  }

  private static int number(StringProperty text) {
    return Integer.parseInt(text.get());
  }
}
