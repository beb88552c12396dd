package dev.quayside.ui.shell;

import atlantafx.base.theme.Styles;
import dev.quayside.common.Messages;
import dev.quayside.common.Quantities;
import dev.quayside.exposure.status.StatusSnapshot;
import dev.quayside.telemetry.HostSample;
import dev.quayside.telemetry.SampleHistory;
import dev.quayside.ui.action.Action;
import dev.quayside.ui.action.ActionNodes;
import dev.quayside.ui.control.Meter;
import dev.quayside.ui.control.Sparkline;
import dev.quayside.ui.control.TonePill;
import dev.quayside.ui.control.UnknownText;
import dev.quayside.ui.theme.CanvasColours;
import java.util.Arrays;
import java.util.Comparator;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/** Shows at the top of every page: which stack, how it is, and what the host has left. */
final class HostStrip extends HBox {

  private static final int POINTS = 60;

  private final Messages messages;
  private final SampleHistory history;
  private final TonePill summary = new TonePill();
  private final Sparkline cpuLine;
  private final Meter memoryMeter = new Meter(true);
  private final Meter diskMeter = new Meter(true);
  private final HostTile cpu;
  private final HostTile memory;
  private final HostTile disk;
  private final GpuTiles gpus;
  private final StackSummary words;
  private float[] points = new float[POINTS];

  HostStrip(
      Messages messages,
      Workbench workbench,
      Node switcher,
      Action palette,
      CanvasColours colours) {
    this.messages = messages;
    this.history = workbench.history();
    this.words = new StackSummary(messages);
    this.cpuLine = new Sparkline(colours);
    this.cpu = new HostTile("host-cpu", messages.get("host.cpu"), cpuLine);
    this.memory = new HostTile("host-memory", messages.get("host.memory"), memoryMeter);
    this.disk = new HostTile("host-disk", messages.get("host.disk"), diskMeter);
    this.gpus = new GpuTiles(messages);
    setId("host-strip");
    getStyleClass().add("host-strip");
    setAlignment(Pos.CENTER_LEFT);
    summary.setId("stack-summary");
    Region spring = new Region();
    HBox.setHgrow(spring, Priority.ALWAYS);
    getChildren().addAll(switcher, summary, spring, cpu, memory, disk, gpus);
    if (workbench.demo()) {
      TonePill demo = new TonePill(TonePill.Tone.WARN, messages.get("demo.label"));
      demo.setId("demo-label");
      getChildren().add(2, demo);
    }
    getChildren().add(paletteButton(palette));
  }

  private static Button paletteButton(Action palette) {
    Button button = ActionNodes.iconButton(palette);
    button.getStyleClass().add(Styles.BUTTON_OUTLINED);
    return button;
  }

  void show(StatusSnapshot snapshot, StackChoice stacks) {
    words.show(summary, stacks.services(snapshot), snapshot.complete());
    HostSample host = snapshot.host();
    showCpu(host);
    showMemory(host);
    showDisk(host);
    gpus.show(snapshot.gpus(), snapshot.at());
  }

  private void showCpu(@Nullable HostSample host) {
    OptionalDouble share = host == null ? OptionalDouble.empty() : host.cpuShare();
    String text = share.isEmpty() ? UnknownText.DASH : Quantities.percent(share.getAsDouble());
    String hint =
        host == null
            ? messages.get("unknown.first")
            : messages.get(
                "host.cpu.hint",
                host.cpuModel().isEmpty() ? messages.get("host.cpu") : host.cpuModel(),
                host.cores(),
                host.loadOneMinute().isEmpty()
                    ? UnknownText.DASH
                    : "%.2f".formatted(host.loadOneMinute().getAsDouble()));
    cpu.show(text, hint);
    float[] newest = new float[POINTS];
    history.hostCpuShare(newest);
    if (!Arrays.equals(newest, points)) {
      points = newest;
      cpuLine.show(points, 1);
    }
  }

  private void showMemory(@Nullable HostSample host) {
    OptionalLong used = host == null ? OptionalLong.empty() : host.memoryUsed();
    OptionalLong total = host == null ? OptionalLong.empty() : host.memoryTotal();
    if (host == null || used.isEmpty() || total.isEmpty()) {
      memory.show(UnknownText.DASH, messages.get("unknown.first"));
      memoryMeter.show(OptionalDouble.empty(), messages.get("unknown.first"));
      return;
    }
    String text = ofTotal(used.getAsLong(), total.getAsLong());
    String swap =
        host.swapTotal().isEmpty() || host.swapUsed().isEmpty()
            ? UnknownText.DASH
            : ofTotal(host.swapUsed().getAsLong(), host.swapTotal().getAsLong());
    memory.show(text, messages.get("host.memory.hint", text, swap));
    double share = (double) used.getAsLong() / Math.max(1, total.getAsLong());
    memoryMeter.show(OptionalDouble.of(share), text);
  }

  private void showDisk(@Nullable HostSample host) {
    HostSample.MountSpace fullest =
        host == null
            ? null
            : host.mounts().stream().max(Comparator.comparingDouble(HostStrip::used)).orElse(null);
    if (host == null || fullest == null) {
      disk.show(UnknownText.DASH, messages.get("unknown.first"));
      diskMeter.show(OptionalDouble.empty(), messages.get("unknown.first"));
      return;
    }
    String text = Quantities.percent(used(fullest));
    disk.show(
        text,
        host.mounts().stream()
            .map(mount ->
                messages.get(
                    "host.disk.line",
                    mount.path(),
                    Quantities.bytes(mount.freeBytes()),
                    Quantities.bytes(mount.totalBytes())))
            .collect(Collectors.joining("\n")));
    diskMeter.show(OptionalDouble.of(used(fullest)), text);
  }

  private static double used(HostSample.MountSpace mount) {
    return mount.totalBytes() <= 0
        ? 0
        : 1 - (double) mount.freeBytes() / (double) mount.totalBytes();
  }

  /** Writes {@code 18.2/64 GiB}: the unit once where both have the same. */
  static String ofTotal(long used, long total) {
    String left = Quantities.bytes(used);
    String right = Quantities.bytes(total);
    String unit = right.substring(right.indexOf(' '));
    return (left.endsWith(unit) ? left.substring(0, left.indexOf(' ')) : left) + "/" + right;
  }
}
