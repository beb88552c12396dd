package dev.quayside.engine.demo;

import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerInspection.Mount;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Health;
import dev.quayside.engine.PortBinding;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/**
 * Scripts one service of the demo.
 *
 * @param stack the Compose project
 * @param service the Compose service
 * @param container the container's name
 * @param image the image reference
 * @param state at the start of the demo
 * @param health at the start of the demo and after each start; NONE without a health check
 * @param age how long it has been up when the demo starts
 * @param restarts how often the engine restarted it
 * @param ports all exposed and published ports
 * @param networks names of its networks
 * @param mounts what is mounted
 * @param environmentNames names of its variables
 * @param cpuLimit in cores, 0 for none
 * @param memoryLimit in bytes, 0 for none
 * @param gpu number of the GPU it uses, -1 for none
 * @param gpuMemory bytes of GPU memory it holds
 * @param cpu processor use in cores
 * @param memory memory in bytes
 * @param traffic network bytes out per second; a third of it comes in
 * @param disk block device bytes written per second
 */
record DemoService(
    String stack,
    String service,
    String container,
    String image,
    ContainerState state,
    Health health,
    Duration age,
    int restarts,
    List<PortBinding> ports,
    List<String> networks,
    List<Mount> mounts,
    List<String> environmentNames,
    double cpuLimit,
    long memoryLimit,
    int gpu,
    long gpuMemory,
    DemoCurve cpu,
    DemoCurve memory,
    DemoCurve traffic,
    DemoCurve disk) {

  /** Returns an identity that is the same in every run. */
  ContainerId id() {
    return new ContainerId(digest("container " + stack + "/" + service));
  }

  /** Returns the digest of the image. */
  String imageId() {
    return "sha256:" + digest("image " + image);
  }

  /** Returns what it uses at {@code moment} while it runs. */
  DemoLoad load(Instant moment) {
    double second = moment.getEpochSecond() % 86_400 + moment.getNano() / 1e9;
    double out = traffic.at(second);
    double written = disk.at(second);
    return new DemoLoad(
        cpu.at(second),
        Math.round(memory.at(second)),
        out / 3,
        out,
        written / 8,
        written,
        processes(),
        gpuMemory);
  }

  private long processes() {
    return 4 + (long) Math.floorMod(service.hashCode(), 37);
  }

  private static String digest(String text) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
