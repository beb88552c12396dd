package dev.quayside.telemetry.gpu;

import dev.quayside.common.Messages;
import dev.quayside.telemetry.GpuReading.Device;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the state of the GPUs each second from one long-running process. Lines come on the reader's
 * own thread.
 */
final class DeviceReader implements AutoCloseable {

  static final Duration INTERVAL = Duration.ofSeconds(1);

  /** A GPU that the tool leaves out for this long, while it tells of others, is no longer there. */
  private static final long FORGOTTEN_NANOS = Duration.ofSeconds(5).toNanos();

  private record Seen(Device device, long nanos) {}

  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Messages messages;
  private final SmiLoop loop;
  private final Map<Integer, Seen> devices = new TreeMap<>();
  private DeviceFields fields = DeviceFields.all();
  private DeviceRow row;
  private long newest;
  private @Nullable Instant newestAt;

  DeviceReader(
      String program,
      Map<String, String> environment,
      Messages messages,
      InstantSource clock,
      LongSupplier nanoTime) {
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.messages = messages;
    this.row = new DeviceRow(fields, messages);
    this.loop =
        new SmiLoop(
            "devices", () -> command(program), environment, INTERVAL, this::accept, nanoTime);
  }

  /** Starts, watches and mends the process; called each second. */
  void tick() {
    SmiLoop.End end = loop.end();
    if (end != null && end.exitCode() == 2) {
      ask(fieldsAfter(end.text()));
    }
    loop.tick();
  }

  SmiLoop.State state() {
    return loop.state();
  }

  SmiLoop.@Nullable End end() {
    return loop.end();
  }

  /** Returns the GPUs as last told; empty before the first row. */
  synchronized List<Device> devices() {
    List<Device> told = new ArrayList<>(devices.size());
    for (Seen seen : devices.values()) {
      if (newest - seen.nanos <= FORGOTTEN_NANOS) {
        told.add(seen.device);
      }
    }
    return told;
  }

  /** Returns when the newest row came; null before the first. */
  synchronized @Nullable Instant newestAt() {
    return newestAt;
  }

  @Override
  public void close() {
    loop.close();
  }

  private synchronized List<String> command(String program) {
    return List.of(
        program,
        fields.query(),
        "--format=csv,noheader,nounits",
        "-lms",
        String.valueOf(INTERVAL.toMillis()));
  }

  private synchronized @Nullable DeviceFields fieldsAfter(String answer) {
    return fields.without(answer);
  }

  private void ask(@Nullable DeviceFields fewer) {
    if (fewer == null) {
      return;
    }
    synchronized (this) {
      fields = fewer;
      row = new DeviceRow(fewer, messages);
    }
    loop.retryAtOnce();
  }

  private synchronized boolean accept(String line) {
    Device device = row.read(line);
    if (device == null) {
      return false;
    }
    newest = nanoTime.getAsLong();
    newestAt = clock.instant();
    devices.put(device.index(), new Seen(device, newest));
    return true;
  }
}
