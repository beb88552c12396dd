package dev.quayside.ui.shell;

import dev.quayside.common.Messages;
import dev.quayside.common.Quantities;
import dev.quayside.telemetry.GpuReading;
import dev.quayside.telemetry.GpuReading.Device;
import dev.quayside.ui.control.AgeText;
import dev.quayside.ui.control.RelativeAge;
import dev.quayside.ui.control.UnknownText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import javafx.css.PseudoClass;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;

/** Shows one tile for each GPU, or one that says why there is none to show. */
final class GpuTiles extends HBox {

  private static final PseudoClass STALE = PseudoClass.getPseudoClass("stale");

  private final Messages messages;
  private final List<HostTile> tiles = new ArrayList<>();

  GpuTiles(Messages messages) {
    this.messages = messages;
    getStyleClass().add("gpu-tiles");
  }

  void show(GpuReading reading, Instant now) {
    switch (reading) {
      case GpuReading.NotYet() ->
          single(messages.get("gpu.notyet"), messages.get("gpu.notyet.hint"));
      case GpuReading.NoTool(String reason) -> single(messages.get("gpu.none"), reason);
      case GpuReading.Failed(var problem, var since, var last) ->
          old(last, now, messages.get("gpu.failed"), problem.title() + "\n" + problem.nextStep());
      case GpuReading.Silent(Instant since, var last) ->
          old(
              last,
              now,
              messages.get("gpu.silent"),
              messages.get("gpu.silent.hint", RelativeAge.exact(since)));
      case GpuReading.Devices(Instant at, List<Device> devices, var processes) ->
          devices(devices, processes != null);
    }
  }

  private void single(String text, String hint) {
    fitNames(List.of(messages.get("gpu.name")));
    tiles.getFirst().pseudoClassStateChanged(STALE, false);
    tiles.getFirst().show(text, hint);
  }

  /** Says on each tile why there is nothing newer, and of when the figures in its hint are. */
  private void old(GpuReading.@Nullable Devices last, Instant now, String text, String hint) {
    if (last == null || last.devices().isEmpty()) {
      single(text, hint);
      return;
    }
    String age = AgeText.of(messages, last.at(), now);
    fit(last.devices());
    for (int i = 0; i < last.devices().size(); i++) {
      Device device = last.devices().get(i);
      tiles.get(i).pseudoClassStateChanged(STALE, true);
      tiles
          .get(i)
          .show(
              messages.get("gpu.old", text, age),
              hint
                  + "\n"
                  + messages.get("gpu.old.hint", age, brief(device, false))
                  + "\n"
                  + full(device, true));
    }
  }

  private void devices(List<Device> devices, boolean processesKnown) {
    if (devices.isEmpty()) {
      single(messages.get("gpu.empty"), messages.get("gpu.empty.hint"));
      return;
    }
    fit(devices);
    for (int i = 0; i < devices.size(); i++) {
      HostTile tile = tiles.get(i);
      tile.pseudoClassStateChanged(STALE, false);
      Device device = devices.get(i);
      tile.show(brief(device, devices.size() > 2), full(device, processesKnown));
    }
  }

  private String brief(Device device, boolean compact) {
    String busy = percent(device.utilisation());
    String memory = memory(device.memoryUsed(), device.memoryTotal());
    if (compact || device.temperature().isEmpty()) {
      return messages.get("gpu.compact", busy, memory);
    }
    return messages.get(
        "gpu.brief", busy, memory, Integer.toString(device.temperature().getAsInt()));
  }

  private String full(Device device, boolean processesKnown) {
    List<String> lines = new ArrayList<>();
    lines.add(device.name());
    lines.add(messages.get("gpu.utilisation", percent(device.utilisation())));
    if (device.multiInstance()) {
      lines.add(messages.get("gpu.mig"));
    }
    lines.add(messages.get("gpu.power", watts(device.powerDraw()), watts(device.powerLimit())));
    if (device.graphicsClock().isPresent()) {
      lines.add(messages.get("gpu.clock", Integer.toString(device.graphicsClock().getAsInt())));
    }
    List<String> throttle = device.throttle();
    if (throttle != null && !throttle.isEmpty()) {
      lines.add(messages.get("gpu.throttle", String.join(", ", throttle)));
    }
    if (!processesKnown) {
      lines.add(messages.get("gpu.processes.unknown"));
    }
    return String.join("\n", lines);
  }

  private static String memory(OptionalLong used, OptionalLong total) {
    if (used.isEmpty() || total.isEmpty()) {
      return UnknownText.DASH;
    }
    return HostStrip.ofTotal(used.getAsLong(), total.getAsLong());
  }

  private static String percent(OptionalDouble share) {
    return share.isEmpty() ? UnknownText.DASH : Quantities.percent(share.getAsDouble());
  }

  private static String watts(OptionalDouble watts) {
    return watts.isEmpty() ? UnknownText.DASH : Math.round(watts.getAsDouble()) + " W";
  }

  private void fit(List<Device> devices) {
    fitNames(devices.stream().map(device -> messages.get("gpu.numbered", device.index())).toList());
  }

  private void fitNames(List<String> names) {
    if (tiles.size() == names.size() && !tiles.isEmpty() && names.size() == getChildren().size()) {
      return;
    }
    tiles.clear();
    for (int i = 0; i < names.size(); i++) {
      tiles.add(new HostTile("gpu-" + i, names.get(i), null));
    }
    getChildren().setAll(tiles);
  }
}
