package dev.quayside.ui.guard;

import dev.quayside.common.Feed;
import dev.quayside.engine.ContainerId;
import dev.quayside.exposure.status.Pace;
import dev.quayside.exposure.status.StatusFeed;
import dev.quayside.exposure.status.StatusSnapshot;
import dev.quayside.telemetry.SampleHistory;
import java.util.Set;

/** Publishes what the test says, when the test says it. */
public final class HandFeed implements StatusFeed {

  private final Feed<StatusSnapshot> feed;
  private final SampleHistory history = new SampleHistory();

  /** Creates a feed that shows {@code first}. */
  public HandFeed(StatusSnapshot first) {
    this.feed = new Feed<>(first);
  }

  /** Shows {@code snapshot} from now on. */
  public void publish(StatusSnapshot snapshot) {
    feed.publish(snapshot);
  }

  @Override
  public Feed<StatusSnapshot> feed() {
    return feed;
  }

  @Override
  public SampleHistory history() {
    return history;
  }

  @Override
  public void pace(Pace pace) {}

  @Override
  public void visible(Set<ContainerId> rows) {}

  @Override
  public void close() {}
}
