package dev.quayside.stack;

import dev.quayside.catalogue.KnownService;
import dev.quayside.common.Messages;
import dev.quayside.common.Quantities;
import dev.quayside.telemetry.GpuReading;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Compares what a model takes of its GPUs with what is free there. Says unknown where the GPUs say
 * nothing; never guesses.
 */
final class ModelFit {

  private static final Messages MESSAGES = Messages.of("lifecycle");

  private ModelFit() {}

  /**
   * Returns a line for each GPU of the model on which it does not fit or nothing is known.
   *
   * @param leaving models that still run and are stopped before it starts
   */
  static List<String> warnings(
      String service,
      KnownService.OnDemand model,
      Collection<KnownService.OnDemand> leaving,
      GpuReading reading) {
    List<String> warnings = new ArrayList<>();
    for (int index : model.gpus()) {
      double freed =
          leaving.stream()
              .filter(one -> one.gpus().contains(index))
              .mapToDouble(KnownService.OnDemand::memoryShare)
              .sum();
      String warning = warning(service, model.memoryShare(), freed, index, reading);
      if (!warning.isEmpty()) {
        warnings.add(warning);
      }
    }
    return List.copyOf(warnings);
  }

  private static String warning(
      String service, double share, double freed, int index, GpuReading reading) {
    String gpu = Integer.toString(index);
    if (!(reading instanceof GpuReading.Devices devices)) {
      return MESSAGES.get("fit.unknown", service, gpu, MESSAGES.get("fit.silent"));
    }
    GpuReading.Device device =
        devices.devices().stream().filter(one -> one.index() == index).findFirst().orElse(null);
    if (device == null) {
      return MESSAGES.get("fit.no-gpu", service, gpu);
    }
    if (device.memoryTotal().isEmpty() || device.memoryUsed().isEmpty()) {
      return MESSAGES.get("fit.unknown", service, gpu, MESSAGES.get("fit.untold"));
    }
    long total = device.memoryTotal().getAsLong();
    long free = Math.min(total, total - device.memoryUsed().getAsLong() + (long) (freed * total));
    long needed = (long) (share * total);
    return needed <= free
        ? ""
        : MESSAGES.get(
            "fit.too-large",
            service,
            gpu,
            Quantities.bytes(needed),
            Long.toString(Math.round(share * 100)),
            Quantities.bytes(free),
            Quantities.bytes(total));
  }
}
