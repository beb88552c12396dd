package dev.quayside.telemetry.host;

import dev.quayside.telemetry.HostSample;
import java.util.ArrayList;
import java.util.List;
import oshi.hardware.HWDiskStore;
import oshi.hardware.HardwareAbstractionLayer;

/**
 * Holds what OSHI tells of the machine once: names that do not change.
 *
 * @param cpuModel the processor's name; empty if not known
 * @param disks the disks that were there when it was asked
 */
record Hardware(String cpuModel, List<HostSample.Disk> disks) {

  /** Stands for a machine of which nothing is known. */
  static final Hardware NONE = new Hardware("", List.of());

  /** Makes the list immutable. */
  Hardware {
    disks = List.copyOf(disks);
  }

  /**
   * Looks at the machine; takes up to a second and starts half a dozen programs (lshw, dmidecode,
   * …), so it belongs on a thread of its own and not into the start of the window.
   */
  static Hardware look() {
    HardwareAbstractionLayer layer = layer();
    return new Hardware(
        layer.getProcessor().getProcessorIdentifier().getName().strip(),
        disks(layer.getDiskStores()));
  }

  /** Returns OSHI's view of this machine: the variant without native code, which needs no JNA. */
  static HardwareAbstractionLayer layer() {
    return new oshi.nativefree.SystemInfo().getHardware();
  }

  private static List<HostSample.Disk> disks(List<HWDiskStore> stores) {
    List<HostSample.Disk> disks = new ArrayList<>();
    for (HWDiskStore store : stores) {
      if (store.getSize() > 0) {
        disks.add(new HostSample.Disk(store.getName(), store.getModel().strip(), store.getSize()));
      }
    }
    return disks;
  }
}
