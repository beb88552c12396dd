package dev.quayside.stack.logs;

import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides which lines are shown. A search that proves too costly is switched off after a few lines
 * and says so; it never hides a line that it could not judge. Safe for use by several threads.
 */
public final class LogFilter implements Predicate<LogLine> {

  private static final int PATIENCE = 3;

  private final @Nullable Set<String> services;
  private final @Nullable LineSearch search;
  private final boolean errorsOnly;
  private final AtomicInteger givenUp = new AtomicInteger();

  /**
   * Creates a filter.
   *
   * @param services names to show; null for all
   * @param search what a line must contain; null for anything
   * @param errorsOnly whether only lines that claim an error are shown
   */
  public LogFilter(
      @Nullable Set<String> services, @Nullable LineSearch search, boolean errorsOnly) {
    this.services = services == null ? null : Set.copyOf(services);
    this.search = search;
    this.errorsOnly = errorsOnly;
  }

  /** Returns a filter that shows everything. */
  public static LogFilter everything() {
    return new LogFilter(null, null, false);
  }

  @Override
  public boolean test(LogLine line) {
    if (services != null && !services.contains(line.service())) {
      return false;
    }
    if (errorsOnly && line.severity() != Severity.ERROR) {
      return false;
    }
    if (search == null || tooCostly()) {
      return true;
    }
    try {
      return search.found(line.text());
    } catch (LineSearch.TooCostly e) {
      givenUp.incrementAndGet();
      return true;
    }
  }

  /** Returns the search; null where there is none. */
  public @Nullable LineSearch search() {
    return search;
  }

  /** Returns whether the search was switched off because it took too long. */
  public boolean tooCostly() {
    return givenUp.get() >= PATIENCE;
  }

  /** Returns whether it shows everything. */
  public boolean open() {
    return services == null && search == null && !errorsOnly;
  }
}
