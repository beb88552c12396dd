package dev.quayside.ui.services;

import dev.quayside.common.Messages;
import dev.quayside.common.Quantities;
import dev.quayside.exposure.status.ServiceStatus;
import dev.quayside.telemetry.ContainerSample;
import dev.quayside.telemetry.SampleHistory;
import dev.quayside.ui.control.Sparkline;
import dev.quayside.ui.control.UnknownText;
import dev.quayside.ui.shell.Workbench;
import dev.quayside.ui.theme.Look;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Shows what a service uses now, and the last five minutes of processor and memory as lines. */
final class DetailFigures extends VBox {

  private final Messages messages = Messages.of("services");
  private final Workbench workbench;
  private final Sparkline cpuLine;
  private final Sparkline memoryLine;
  private final UnknownText cpu = new UnknownText();
  private final UnknownText memory = new UnknownText();
  private final UnknownText network = new UnknownText();
  private final UnknownText block = new UnknownText();
  private final UnknownText gpu = new UnknownText();
  private final UnknownText processes = new UnknownText();

  DetailFigures(Workbench workbench) {
    this.workbench = workbench;
    this.cpuLine = new Sparkline(workbench.colours());
    this.memoryLine = new Sparkline(workbench.colours());
    getStyleClass().add("detail-figures");
    cpuLine.getStyleClass().add("detail-line");
    memoryLine.getStyleClass().add("detail-line");
    getChildren()
        .addAll(
            row("figure.cpu", cpu),
            cpuLine,
            row("figure.memory", memory),
            memoryLine,
            row("figure.gpu", gpu),
            row("figure.network", network),
            row("figure.block", block),
            row("figure.processes", processes));
  }

  private HBox row(String key, UnknownText value) {
    Label name = new Label(messages.get(key));
    name.getStyleClass().add(Look.MUTED);
    name.setLabelFor(value);
    Region spring = new Region();
    HBox.setHgrow(spring, Priority.ALWAYS);
    return new HBox(name, spring, value);
  }

  void show(ServiceStatus status) {
    ContainerSample sample = status.sample();
    String reason =
        messages.get(status.container().live() ? "unknown.unmeasured" : "unknown.stopped");
    cpu.show(cpuText(sample), reason);
    memory.show(memoryText(sample), reason);
    gpu.show(bytes(status.gpuMemory()), messages.get("unknown.gpu"));
    network.show(
        sample == null
            ? null
            : pair("figure.network.pair", sample.receivedPerSecond(), sample.sentPerSecond()),
        reason);
    block.show(
        sample == null
            ? null
            : pair("figure.block.pair", sample.readPerSecond(), sample.writtenPerSecond()),
        reason);
    processes.show(
        sample == null || sample.processes().isEmpty()
            ? null
            : Long.toString(sample.processes().getAsLong()),
        reason);
    float[] points = new float[SampleHistory.POINTS];
    workbench.history().cpuCores(status.container().id(), points);
    cpuLine.show(points, top(points, 0.1f));
    float[] bytes = new float[SampleHistory.POINTS];
    workbench.history().memoryBytes(status.container().id(), bytes);
    memoryLine.show(bytes, top(bytes, 1));
  }

  private @Nullable String cpuText(@Nullable ContainerSample sample) {
    if (sample == null || sample.cpuCores().isEmpty()) {
      return null;
    }
    String core = Quantities.percent(sample.cpuCores().getAsDouble());
    return sample.cpuShareOfLimit().isEmpty()
        ? messages.get("figure.cpu.core", core)
        : messages.get(
            "figure.cpu.both", core, Quantities.percent(sample.cpuShareOfLimit().getAsDouble()));
  }

  private @Nullable String memoryText(@Nullable ContainerSample sample) {
    if (sample == null || sample.memoryBytes().isEmpty()) {
      return null;
    }
    String used = Quantities.bytes(sample.memoryBytes().getAsLong());
    return sample.memoryLimitBytes().isEmpty()
        ? used
        : messages.get(
            "figure.memory.both", used, Quantities.bytes(sample.memoryLimitBytes().getAsLong()));
  }

  private @Nullable String pair(String key, OptionalDouble in, OptionalDouble out) {
    return in.isEmpty() || out.isEmpty()
        ? null
        : messages.get(key, Quantities.rate(in.getAsDouble()), Quantities.rate(out.getAsDouble()));
  }

  private static @Nullable String bytes(OptionalLong bytes) {
    return bytes.isEmpty() ? null : Quantities.bytes(bytes.getAsLong());
  }

  private static float top(float[] points, float least) {
    float highest = least;
    for (float point : points) {
      if (point > highest) {
        highest = point;
      }
    }
    return highest * 1.1f;
  }
}
