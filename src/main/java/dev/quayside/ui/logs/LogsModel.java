package dev.quayside.ui.logs;

import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.stack.logs.BoundedLog;
import dev.quayside.stack.logs.FilteredLog;
import dev.quayside.stack.logs.LineSearch;
import dev.quayside.stack.logs.LogFilter;
import dev.quayside.stack.logs.LogLine;
import dev.quayside.stack.logs.LogSource;
import dev.quayside.stack.logs.Severity;
import dev.quayside.ui.fx.Background;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** Decides what the Logs page shows. Belongs to the FX thread. */
final class LogsModel {

  /** How many lines are kept and drawn at most. */
  static final int MOST_LINES = 50_000;

  /** About how much memory the kept lines take at most. */
  static final long MOST_BYTES = 24L << 20;

  private final LogList lines = new LogList(MOST_LINES);
  private final ObservableList<ServiceChoice> services = FXCollections.observableArrayList();
  // Held here: listeners of a read-only view die with it.
  private final ObservableList<ServiceChoice> servicesView =
      FXCollections.unmodifiableObservableList(services);
  private final Map<String, ServiceChoice> byName = new HashMap<>();
  private final StringProperty expression = new SimpleStringProperty("");
  private final BooleanProperty errorsOnly = new SimpleBooleanProperty();
  private final BooleanProperty following = new SimpleBooleanProperty(true);
  private final BooleanProperty wrap = new SimpleBooleanProperty();
  private final BooleanProperty times = new SimpleBooleanProperty(true);
  private final ReadOnlyStringWrapper mistake = new ReadOnlyStringWrapper("");
  private final ReadOnlyLongWrapper waiting = new ReadOnlyLongWrapper();
  private final ReadOnlyObjectWrapper<BoundedLog.Fill> fill =
      new ReadOnlyObjectWrapper<>(new BoundedLog.Fill(0, 0, 0, 0));
  private final ObservableList<LogSource> unreadable = FXCollections.observableArrayList();
  private final ObservableList<LogSource> unreadableView =
      FXCollections.unmodifiableObservableList(unreadable);
  private final Background.Newest filtering;
  private @Nullable FilteredLog log;
  private @Nullable LineSearch search;
  private @Nullable String only;
  private final ReadOnlyLongWrapper generation = new ReadOnlyLongWrapper(-1);
  private long position;

  LogsModel(Background background) {
    this.filtering = background.newest();
    expression.addListener((source, before, now) -> expressionChanged());
    errorsOnly.addListener((source, before, now) -> filterChanged());
    following.addListener((source, before, now) -> pull());
  }

  /** Shows {@code chosen} from now on; the choice of services begins anew. */
  void show(FilteredLog chosen) {
    log = chosen;
    only = null;
    generation.set(-1);
    services.clear();
    byName.clear();
    unreadable.clear();
    lines.replace(List.of());
    filterChanged();
    pull();
  }

  LogList lines() {
    return lines;
  }

  ObservableList<ServiceChoice> services() {
    return servicesView;
  }

  @Nullable ServiceChoice service(String name) {
    return byName.get(name);
  }

  /** Returns how many characters the longest name has. */
  int longestName() {
    return services.stream().mapToInt(one -> one.name().length()).max().orElse(0);
  }

  /** What a line has to contain: a regular expression; empty for anything. */
  StringProperty expression() {
    return expression;
  }

  BooleanProperty errorsOnly() {
    return errorsOnly;
  }

  /** Whether new lines are shown as they come; while not, the list stands still. */
  BooleanProperty following() {
    return following;
  }

  BooleanProperty wrap() {
    return wrap;
  }

  BooleanProperty times() {
    return times;
  }

  /** Returns what is wrong with the expression, for people; empty if nothing. */
  ReadOnlyStringProperty mistake() {
    return mistake.getReadOnlyProperty();
  }

  /** Returns how many lines have come since following was paused. */
  ReadOnlyLongProperty waiting() {
    return waiting.getReadOnlyProperty();
  }

  /** Returns how much is kept, filter aside. */
  ReadOnlyObjectProperty<BoundedLog.Fill> fill() {
    return fill.getReadOnlyProperty();
  }

  /** Returns the containers whose log cannot be read. */
  ObservableList<LogSource> unreadable() {
    return unreadableView;
  }

  /** Returns a number that changes when all lines have to be drawn anew. */
  ReadOnlyLongProperty generation() {
    return generation.getReadOnlyProperty();
  }

  /** Returns the search that is on; null for none. */
  @Nullable LineSearch search() {
    return search;
  }

  /** Returns whether something hides lines. */
  boolean filtered() {
    return search != null
        || errorsOnly.get()
        || only != null
        || services.stream().anyMatch(one -> !one.shown().get());
  }

  /**
   * Shows the lines of the service {@code name} alone, also of one that has not written any yet,
   * until the operator chooses another.
   */
  void only(String name) {
    learn(List.of(name));
    only = name;
    services.forEach(one -> one.shown().set(one.name().equals(name)));
    filterChanged();
  }

  /** Shows everything again. */
  void clearFilter() {
    only = null;
    services.forEach(one -> one.shown().set(true));
    errorsOnly.set(false);
    expression.set("");
  }

  /** Forgets the lines shown so far. */
  void clear() {
    if (log != null) {
      log.clear();
      pull();
    }
  }

  /** Takes over what is new, or counts it while paused. */
  void pull() {
    if (log == null) {
      return;
    }
    FilteredLog.News news = log.news().latest();
    fill.set(news.kept());
    learn(news.services());
    // Read last: what was learnt may have changed the filter.
    FilteredLog.View view = log.view();
    if (view.generation() != generation.get()) {
      BoundedLog.Batch all = view.lines().after(0, MOST_LINES);
      position = all.next();
      lines.replace(all.lines());
      waiting.set(0);
      generation.set(view.generation());
    } else if (following.get()) {
      BoundedLog.Batch fresh = view.lines().after(position, MOST_LINES);
      position = fresh.next();
      lines.append(fresh.lines());
      waiting.set(0);
    } else {
      waiting.set(view.lines().fill().taken() - position);
    }
    if (view.filter().tooCostly()) {
      mistake.set(LogsText.of("search.costly"));
    }
  }

  /** Takes over which containers are read. */
  void sources(List<LogSource> sources) {
    unreadable.setAll(sources.stream().filter(source -> source.problem() != null).toList());
  }

  private void learn(List<String> names) {
    boolean some = false;
    for (String name : names) {
      if (!byName.containsKey(name)) {
        ServiceChoice added = new ServiceChoice(name, services.size());
        added.shown().set(only == null);
        byName.put(name, added);
        services.add(added);
        added.shown().addListener((source, before, now) -> chosen(name, now));
        some = true;
      }
    }
    if (some && chosenServices() != null) {
      filterChanged();
    }
  }

  private void chosen(String name, boolean shown) {
    if (shown && !name.equals(only)) {
      only = null;
    }
    filterChanged();
  }

  private void expressionChanged() {
    if (readExpression()) {
      applyFilter();
    }
  }

  private void filterChanged() {
    // A faulty expression is told, and the last good one stays.
    readExpression();
    applyFilter();
  }

  private void applyFilter() {
    FilteredLog chosen = log;
    if (chosen == null) {
      return;
    }
    LogFilter filter = new LogFilter(chosenServices(), search, errorsOnly.get());
    chosen.want(filter);
    filtering.run(
        () -> {
          chosen.catchUp();
          return chosen;
        },
        done -> pull(),
        problem -> mistake.set(problem.title()));
  }

  private boolean readExpression() {
    mistake.set("");
    String typed = expression.get();
    if (typed.isEmpty()) {
      search = null;
      return true;
    }
    try {
      search = LineSearch.of(typed, false);
      return true;
    } catch (ProblemException e) {
      Problem problem = e.problem();
      mistake.set(problem.title());
      return false;
    }
  }

  private @Nullable Set<String> chosenServices() {
    if (only == null && services.stream().allMatch(one -> one.shown().get())) {
      return null;
    }
    return services.stream()
        .filter(one -> one.shown().get())
        .map(ServiceChoice::name)
        .collect(Collectors.toSet());
  }

  /**
   * Returns the index of the next line that claims an error, or -1.
   *
   * @param from the index to begin behind
   * @param step 1 for later lines, -1 for earlier ones
   */
  int nextError(int from, int step) {
    for (int i = from + step; i >= 0 && i < lines.size(); i += step) {
      if (lines.get(i).severity() == Severity.ERROR) {
        return i;
      }
    }
    return -1;
  }

  /** Returns {@code line} as it is copied and saved. */
  static String written(LogLine line) {
    String cut = line.cut() == 0 ? "" : " " + LogsText.of("line.cut", line.cut());
    return line.at()
        + " "
        + LogsText.name(line.service())
        + (line.standardError() ? " ! " : " | ")
        + line.text()
        + cut;
  }
}
