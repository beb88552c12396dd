package dev.quayside.stack.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.engine.ContainerId;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FilteredLogTest {

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final FilteredLog log = new FilteredLog(100, 1_000_000, timer);

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  private static LogLine line(String service, String text, Severity severity) {
    return new LogLine(
        0, Instant.EPOCH, service, new ContainerId(service), false, severity, text, 0);
  }

  private void filter(LogFilter filter) {
    log.want(filter);
    log.catchUp();
  }

  private List<String> shown() {
    return log.view().lines().all().stream().map(LogLine::text).toList();
  }

  @Test
  void linesAreFilteredAsTheyComeAndAgainWhenTheFilterChanges() {
    log.add(List.of(line("db", "one", Severity.ERROR), line("db", "two", Severity.UNKNOWN)));
    assertThat(shown()).containsExactly("one", "two");
    long before = log.view().generation();

    filter(new LogFilter(null, null, true));
    assertThat(log.view().generation()).isGreaterThan(before);
    assertThat(shown()).containsExactly("one");
    log.add(List.of(line("db", "three", Severity.UNKNOWN), line("db", "four", Severity.ERROR)));
    assertThat(shown()).containsExactly("one", "four");

    filter(LogFilter.everything());
    assertThat(shown()).containsExactly("one", "two", "three", "four");
  }

  @Test
  void rareLinesOutliveTheFloodAroundThemOnlyWhileTheirFilterIsOn() {
    filter(new LogFilter(null, null, true));
    log.add(List.of(line("db", "rare", Severity.ERROR)));
    log.add(IntStream.range(0, 500).mapToObj(i -> line("web", "flood", Severity.UNKNOWN)).toList());
    assertThat(shown()).containsExactly("rare");
    filter(LogFilter.everything());
    assertThat(shown()).hasSize(100).doesNotContain("rare");
  }

  @Test
  void newsTellsWhatThereIsAndWhoWrote() throws Exception {
    BlockingQueue<FilteredLog.News> heard = new LinkedBlockingQueue<>();
    log.news().observe(heard::add);
    heard.clear();
    log.add(List.of(line("db", "a", Severity.UNKNOWN), line("web", "b", Severity.UNKNOWN)));
    FilteredLog.News news = heard.poll(20, TimeUnit.SECONDS);
    assertThat(news.services()).containsExactly("db", "web");
    assertThat(news.shown()).isEqualTo(2);
    assertThat(news.kept().kept()).isEqualTo(2);
  }

  @Test
  void linesAreNumberedOnce() {
    log.add(List.of(line("db", "a", Severity.UNKNOWN), line("db", "b", Severity.ERROR)));
    filter(new LogFilter(null, null, true));
    assertThat(log.view().lines().all()).extracting(LogLine::number).containsExactly(2L);
  }

  @Test
  void aFilterThatWasOvertakenByANewerOneIsNeverPutOn() {
    log.add(List.of(line("db", "a", Severity.UNKNOWN), line("db", "b", Severity.ERROR)));
    log.want(LogFilter.everything());
    log.want(new LogFilter(null, null, true));
    log.catchUp();
    log.catchUp();
    assertThat(shown()).containsExactly("b");
  }
}
