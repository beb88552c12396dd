package dev.quayside.telemetry.gpu;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Looks whether the kernel has put every NVIDIA GPU to sleep, as laptops with two GPUs do. Asking
 * the driver would wake it and keep it awake. Reading these files does not (kernel documentation,
 * "Runtime Power Management").
 */
final class SleepingGpu {

  private static final String NVIDIA = "0x10de";
  private static final String DISPLAY_CLASS = "0x03";

  private SleepingGpu() {}

  /** Returns whether there is at least one NVIDIA GPU and all of them sleep. */
  static boolean all(Path root) {
    boolean any = false;
    try (DirectoryStream<Path> devices =
        Files.newDirectoryStream(root.resolve("sys/bus/pci/devices"))) {
      for (Path device : devices) {
        if (read(device.resolve("vendor")).equals(NVIDIA)
            && read(device.resolve("class")).startsWith(DISPLAY_CLASS)) {
          any = true;
          if (!read(device.resolve("power/runtime_status")).equals("suspended")) {
            return false;
          }
        }
      }
    } catch (IOException | DirectoryIteratorException noPci) {
      return false;
    }
    return any;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.US_ASCII).strip();
    } catch (IOException absent) {
      return "";
    }
  }
}
