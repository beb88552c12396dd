package dev.quayside.ui.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.engine.ContainerId;
import dev.quayside.stack.logs.FilteredLog;
import dev.quayside.stack.logs.LogLine;
import dev.quayside.stack.logs.Severity;
import dev.quayside.ui.fx.Background;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javafx.collections.ListChangeListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogsModelTest {

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final FilteredLog log =
      new FilteredLog(LogsModel.MOST_LINES, LogsModel.MOST_BYTES, timer);
  private final LogsModel model = new LogsModel(new Background(Runnable::run, Runnable::run));

  @BeforeEach
  void show() {
    model.show(log);
  }

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  private static LogLine line(String service, String text, Severity severity) {
    return new LogLine(
        0, Instant.EPOCH, service, new ContainerId(service), false, severity, text, 0);
  }

  /** Adds lines and waits until the news of them is out, as the page would be told. */
  private void comes(LogLine... lines) throws InterruptedException {
    BlockingQueue<FilteredLog.News> heard = new LinkedBlockingQueue<>();
    long before = log.news().latest().kept().taken();
    try (var subscription = log.news().observe(heard::add)) {
      log.add(List.of(lines));
      FilteredLog.News news = heard.poll(20, TimeUnit.SECONDS);
      while (news != null && news.kept().taken() == before) {
        news = heard.poll(20, TimeUnit.SECONDS);
      }
      assertThat(news).isNotNull();
    }
    model.pull();
  }

  private List<String> shown() {
    return model.lines().stream().map(LogLine::text).toList();
  }

  @Test
  void newLinesAreShownWhileFollowingAndCountedWhilePaused() throws Exception {
    comes(line("db", "one", Severity.UNKNOWN));
    assertThat(shown()).containsExactly("one");
    model.following().set(false);
    comes(line("db", "two", Severity.UNKNOWN), line("db", "three", Severity.UNKNOWN));
    assertThat(shown()).containsExactly("one");
    assertThat(model.waiting().get()).isEqualTo(2);
    model.following().set(true);
    assertThat(shown()).containsExactly("one", "two", "three");
    assertThat(model.waiting().get()).isZero();
  }

  @Test
  void aPersonsExpressionFiltersAndAMistakeIsToldAndChangesNothing() throws Exception {
    comes(line("db", "disk full", Severity.ERROR), line("db", "ready", Severity.UNKNOWN));
    model.expression().set("di[sz]k");
    assertThat(shown()).containsExactly("disk full");
    model.expression().set("di[sz");
    assertThat(model.mistake().get()).contains("Unclosed character class");
    assertThat(shown()).containsExactly("disk full");
    model.expression().set("");
    assertThat(model.mistake().get()).isEmpty();
    assertThat(shown()).hasSize(2);
  }

  @Test
  void servicesAreLearntInTheOrderTheyWriteAndCanBeHidden() throws Exception {
    comes(line("web", "a", Severity.UNKNOWN), line("db", "b", Severity.UNKNOWN));
    assertThat(model.services()).extracting(ServiceChoice::name).containsExactly("web", "db");
    model.services().getFirst().shown().set(false);
    assertThat(shown()).containsExactly("b");
    assertThat(model.filtered()).isTrue();
    model.clearFilter();
    assertThat(shown()).containsExactly("a", "b");
    assertThat(model.filtered()).isFalse();
  }

  @Test
  void oneServiceAloneIsShownFromItsFirstLineOnAndAlsoBeforeIt() throws Exception {
    model.only("db");
    comes(line("web", "a", Severity.UNKNOWN), line("db", "b", Severity.UNKNOWN));
    comes(line("cache", "c", Severity.UNKNOWN), line("db", "d", Severity.UNKNOWN));
    assertThat(shown()).containsExactly("b", "d");
    assertThat(model.filtered()).isTrue();
    assertThat(model.service("cache").shown().get()).isFalse();

    model.service("web").shown().set(true);
    comes(line("mail", "e", Severity.UNKNOWN));
    assertThat(shown()).containsExactly("a", "b", "d", "e");
    model.only("db");
    model.clearFilter();
    assertThat(shown()).containsExactly("a", "b", "c", "d", "e");
  }

  @Test
  void aNewServiceIsShownWhileAnotherIsHidden() throws Exception {
    comes(line("web", "a", Severity.UNKNOWN), line("db", "b", Severity.UNKNOWN));
    model.service("web").shown().set(false);
    comes(line("cache", "c", Severity.UNKNOWN));
    assertThat(model.service("cache").shown().get()).isTrue();
    assertThat(shown()).containsExactly("b", "c");
  }

  @Test
  void errorsOnlyWorksAlsoWhileTheExpressionIsFaulty() throws Exception {
    comes(
        line("db", "disk full", Severity.ERROR),
        line("db", "disk fine", Severity.UNKNOWN),
        line("db", "no net", Severity.ERROR));
    model.expression().set("disk");
    model.expression().set("disk(");
    model.errorsOnly().set(true);
    assertThat(shown()).containsExactly("disk full");
    assertThat(model.mistake().get()).contains("Unclosed group");
  }

  @Test
  void errorsOnlyShowsErrorsAndJumpsGoFromOneToTheNext() throws Exception {
    comes(
        line("db", "fine", Severity.UNKNOWN),
        line("db", "bad", Severity.ERROR),
        line("db", "fine too", Severity.INFORMATION),
        line("db", "worse", Severity.ERROR));
    assertThat(model.nextError(-1, 1)).isEqualTo(1);
    assertThat(model.nextError(1, 1)).isEqualTo(3);
    assertThat(model.nextError(3, 1)).isEqualTo(-1);
    assertThat(model.nextError(3, -1)).isEqualTo(1);
    model.errorsOnly().set(true);
    assertThat(shown()).containsExactly("bad", "worse");
  }

  @Test
  void aCostlyExpressionIsSwitchedOffAndSaysSo() throws Exception {
    LogLine slow = line("db", "a".repeat(8_000) + "!", Severity.UNKNOWN);
    comes(slow, slow, slow);
    model.expression().set("(a+)+$");
    assertThat(model.mistake().get()).contains("too long");
    assertThat(shown()).hasSize(3);
  }

  @Test
  void theListGrowsAndShrinksInOneChangeAndKeepsItsBound() {
    LogList list = new LogList(5);
    List<String> changes = new ArrayList<>();
    list.addListener(
        (ListChangeListener<LogLine>)
            change -> {
              int parts = 0;
              while (change.next()) {
                parts++;
              }
              changes.add(list.size() + " in " + parts);
            });
    for (int i = 0; i < 4; i++) {
      int from = i * 3;
      list.append(
          IntStream.range(from, from + 3)
              .mapToObj(n -> line("s", "" + n, Severity.UNKNOWN))
              .toList());
    }
    assertThat(list.stream().map(LogLine::text)).containsExactly("7", "8", "9", "10", "11");
    assertThat(changes).hasSize(4);
    list.append(
        IntStream.range(0, 12).mapToObj(n -> line("s", "x" + n, Severity.UNKNOWN)).toList());
    assertThat(list.stream().map(LogLine::text)).containsExactly("x7", "x8", "x9", "x10", "x11");
    list.replace(List.of());
    assertThat(list).isEmpty();
  }

  @Test
  void aMillionLinesStayWithinTheBoundAndReachTheListInFewChanges() throws Exception {
    int[] changes = {0};
    model.lines().addListener((ListChangeListener<LogLine>) change -> changes[0]++);
    List<LogLine> batch =
        IntStream.range(0, 500).mapToObj(i -> line("web", "line " + i, Severity.UNKNOWN)).toList();
    for (int i = 0; i < 1_999; i++) {
      log.add(batch);
      if (i % 200 == 0) {
        model.pull();
      }
    }
    comes(batch.toArray(LogLine[]::new));
    assertThat(model.fill().get().taken()).isEqualTo(1_000_000);
    assertThat(model.lines()).hasSize(LogsModel.MOST_LINES);
    assertThat(model.fill().get().evicted()).isEqualTo(950_000);
    assertThat(changes[0]).isLessThan(30);
  }
}
