package dev.quayside.ui.logs;

import dev.quayside.common.AtomicFiles;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Subscription;
import dev.quayside.stack.logs.FilteredLog;
import dev.quayside.stack.logs.LogLine;
import dev.quayside.stack.logs.LogQuery;
import dev.quayside.stack.logs.LogSource;
import dev.quayside.stack.logs.MergedLog;
import dev.quayside.ui.dialog.FileQuestion;
import dev.quayside.ui.dialog.Notice;
import dev.quayside.ui.fx.FxFeed;
import dev.quayside.ui.shell.Page;
import dev.quayside.ui.shell.PageSpec;
import dev.quayside.ui.shell.StackChoice;
import dev.quayside.ui.shell.Workbench;
import dev.quayside.ui.theme.Icon;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import javafx.beans.value.ChangeListener;
import javafx.scene.Node;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;
import org.jspecify.annotations.Nullable;

/**
 * Is the Logs page. It begins to read when it is first seen, goes on while other pages are shown,
 * so that nothing is missed, and begins anew when another stack is chosen.
 */
public final class LogsPage implements Page {

  private static final int TAIL = 500;

  private final Workbench workbench;
  private final LogsBackend backend;
  private final LogsModel model;
  private final LogsView view;
  private final ScheduledExecutorService timer;
  private final Subscription actions;
  private final ChangeListener<String> stackChosen = (source, before, now) -> restart();
  private @Nullable String reading;
  private @Nullable MergedLog merged;
  private @Nullable FilteredLog log;
  private @Nullable Subscription news;
  private @Nullable Subscription sources;
  private boolean seen;

  /** Builds the page; nothing is read before it is seen. */
  public LogsPage(Workbench workbench, LogsBackend backend) {
    this.workbench = workbench;
    this.backend = backend;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("log-news").factory());
    this.model = new LogsModel(workbench.background());
    LogsActions all = makeActions();
    this.view = new LogsView(model, all, this::explain);
    this.actions = workbench.actions().register(all.all());
    workbench.stacks().chosen().addListener(stackChosen);
  }

  private LogsActions makeActions() {
    return new LogsActions(
        model,
        LogsActions.action(
            "follow", Icon.FOLLOW, () -> model.following().set(!model.following().get())),
        LogsActions.action("newest", Icon.FOLLOW, () -> model.following().set(true)),
        LogsActions.action("next-error", Icon.NEXT, () -> jump(1)).withKeys("Alt+Down"),
        LogsActions.action("previous-error", Icon.PREVIOUS, () -> jump(-1)).withKeys("Alt+Up"),
        LogsActions.action("copy", Icon.COPY, this::copy),
        LogsActions.action("save", Icon.SAVE, this::save),
        LogsActions.action("clear", Icon.REMOVE, model::clear));
  }

  /** Describes the page for the rail. */
  public static PageSpec spec(LogsBackend backend) {
    return new PageSpec(
        "logs", LogsText.of("title"), Icon.LOGS, workbench -> new LogsPage(workbench, backend));
  }

  @Override
  public Node view() {
    return view;
  }

  @Override
  public void shown() {
    seen = true;
    if (merged == null) {
      restart();
    } else {
      watch();
    }
  }

  @Override
  public void hidden() {
    seen = false;
    unwatch();
  }

  /** Shows the lines of one service alone: {@code stack/service}, or the name of a container. */
  @Override
  public void open(String subject) {
    if (reading != null && !subject.startsWith(reading + "/")) {
      workbench.stacks().choose(StackChoice.ALL);
    }
    model.only(reading == null ? subject : subject.substring(reading.length() + 1));
  }

  @Override
  public void refresh() {
    // What was read so far stays: it may be more than the engine would give again.
    model.pull();
  }

  @Override
  public void find() {
    view.find();
  }

  @Override
  public void close() {
    workbench.stacks().chosen().removeListener(stackChosen);
    stop();
    actions.close();
    timer.shutdownNow();
  }

  private void restart() {
    stop();
    String chosen = workbench.stacks().chosen().get();
    reading = chosen.equals(StackChoice.ALL) ? null : chosen;
    view.subtitle(
        reading == null ? LogsText.of("subtitle.all") : LogsText.of("subtitle.stack", reading));
    FilteredLog fresh = new FilteredLog(LogsModel.MOST_LINES, LogsModel.MOST_BYTES, timer);
    log = fresh;
    model.show(fresh);
    merged =
        MergedLog.open(
            backend.engine(),
            backend.model(),
            new LogQuery(reading, null, TAIL, null, true),
            workbench.clock(),
            System::nanoTime,
            fresh::add);
    if (seen) {
      watch();
    }
  }

  private void watch() {
    unwatch();
    if (log != null && merged != null) {
      news = FxFeed.observe(log.news(), changed -> model.pull());
      sources = FxFeed.observe(merged.sources(), model::sources);
    }
  }

  private void unwatch() {
    if (news != null) {
      news.close();
      news = null;
    }
    if (sources != null) {
      sources.close();
      sources = null;
    }
  }

  private void stop() {
    unwatch();
    if (merged != null) {
      merged.close();
      merged = null;
    }
  }

  private void explain(LogSource source) {
    if (source.problem() != null) {
      workbench.dialogs().problem(source.problem());
    }
  }

  private void jump(int step) {
    int from = view.list().getSelectionModel().getSelectedIndex();
    int found = model.nextError(from < 0 && step < 0 ? model.lines().size() : from, step);
    if (found >= 0) {
      model.following().set(false);
      view.list().getSelectionModel().clearAndSelect(found);
      view.list().scrollTo(Math.max(0, found - 3));
    }
  }

  private void copy() {
    List<LogLine> chosen = view.list().getSelectionModel().getSelectedItems();
    if (!chosen.isEmpty()) {
      String text = chosen.stream().map(LogsModel::written).collect(Collectors.joining("\n"));
      Clipboard.getSystemClipboard().setContent(Map.of(DataFormat.PLAIN_TEXT, text));
      workbench.dialogs().notice(Notice.info(LogsText.of("copied", chosen.size())));
    }
  }

  private void save() {
    List<LogLine> shown = List.copyOf(model.lines());
    String name = (reading == null ? "containers" : reading) + ".log";
    workbench
        .dialogs()
        .choose(
            new FileQuestion(
                LogsText.of("save.title"),
                FileQuestion.Kind.SAVE,
                null,
                name,
                LogsText.of("save.filter"),
                List.of("*.log", "*.txt")),
            file -> save(file, shown));
  }

  private void save(Path file, List<LogLine> shown) {
    workbench
        .background()
        .run(
            () -> {
              write(file, shown);
              return shown.size();
            },
            count ->
                workbench
                    .dialogs()
                    .notice(
                        new Notice(Notice.Tone.GOOD, LogsText.of("save.done", count), null, null)),
            workbench.dialogs()::problem);
  }

  /**
   * Logs hold what nobody else should read: the file is for its owner only, also where it replaces
   * another.
   */
  private static void write(Path file, List<LogLine> shown) throws ProblemException {
    String text =
        shown.stream().map(LogsModel::written).collect(Collectors.joining("\n", "", "\n"));
    try {
      if (Files.exists(file)) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      }
      AtomicFiles.replace(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new ProblemException(
          new Problem(
              "LOGS-NOT-SAVED",
              LogsText.of("save.failed.title"),
              LogsText.of("save.failed.happened", file),
              LogsText.of("save.failed.unchanged"),
              LogsText.of("save.failed.next"),
              null,
              String.valueOf(e.getMessage())),
          e);
    }
  }
}
