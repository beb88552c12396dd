package dev.quayside.stack.logs;

import dev.quayside.engine.Container;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says whose logs are read and from when.
 *
 * @param stack the Compose project; empty for the containers that Compose did not make; null for
 *     all containers, whose services are then named with their stack
 * @param services names of services; null for all of the stack
 * @param tail how many old lines of each container are read; {@link #ALL} for all
 * @param since nothing older than this is read; null for no limit
 * @param follow whether new lines are awaited, those of recreated containers included
 */
public record LogQuery(
    @Nullable String stack,
    @Nullable Set<String> services,
    int tail,
    @Nullable Instant since,
    boolean follow) {

  /** Stands for all old lines. */
  public static final int ALL = -1;

  /** Makes the set immutable. */
  public LogQuery {
    services = services == null ? null : Set.copyOf(services);
  }

  /** Returns whether the logs of {@code container} are asked for. */
  public boolean wants(Container container) {
    String project = container.project();
    boolean ours = stack == null || stack.equals(project == null ? "" : project);
    return ours && (services == null || services.contains(nameOf(container)));
  }

  /** Returns under which name the lines of {@code container} are shown. */
  public String nameOf(Container container) {
    String project = container.project();
    return stack != null || project == null
        ? container.service()
        : project + "/" + container.service();
  }
}
