package dev.quayside.engine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Holds the details of one container for its detail panel. Values of environment variables are
 * deliberately not here.
 *
 * @param container the container with its facts
 * @param command entry point and arguments; secrets in arguments are masked
 * @param user as configured; empty means the image's default
 * @param restartPolicy for example {@code unless-stopped}
 * @param readOnlyRoot whether its root file system is read-only
 * @param privileged whether it is privileged
 * @param environmentNames names of its environment variables, in order
 * @param mounts what is mounted
 * @param attachments networks with addresses
 * @param healthLog the last results of the health check, oldest first
 * @param removedAtEnd whether the engine removes it, with what it wrote, as soon as it ends
 * @param pidMode whose processes it sees, as the engine says it; empty for its own
 */
public record ContainerInspection(
    Container container,
    List<String> command,
    String user,
    String restartPolicy,
    boolean readOnlyRoot,
    boolean privileged,
    List<String> environmentNames,
    List<Mount> mounts,
    List<Attachment> attachments,
    List<HealthResult> healthLog,
    boolean removedAtEnd,
    String pidMode) {

  private static final String JOINED = "container:";

  /** Describes a container that stays when it ends and shares no processes. */
  public ContainerInspection(
      Container container,
      List<String> command,
      String user,
      String restartPolicy,
      boolean readOnlyRoot,
      boolean privileged,
      List<String> environmentNames,
      List<Mount> mounts,
      List<Attachment> attachments,
      List<HealthResult> healthLog) {
    this(
        container,
        command,
        user,
        restartPolicy,
        readOnlyRoot,
        privileged,
        environmentNames,
        mounts,
        attachments,
        healthLog,
        false,
        "");
  }

  /** Makes the lists immutable. */
  public ContainerInspection {
    command = List.copyOf(command);
    environmentNames = List.copyOf(environmentNames);
    mounts = List.copyOf(mounts);
    attachments = List.copyOf(attachments);
    healthLog = List.copyOf(healthLog);
  }

  /**
   * Returns among whose processes its own live, which end with those: the kernel ends all of a PID
   * namespace with its first process (pid_namespaces(7)). Empty for none.
   */
  public Optional<ContainerId> processOwner() {
    return pidMode.startsWith(JOINED)
        ? Optional.of(new ContainerId(pidMode.substring(JOINED.length())))
        : Optional.empty();
  }

  /**
   * Describes a mount.
   *
   * @param type {@code bind}, {@code volume} or {@code tmpfs}
   * @param source folder on the host or name of the volume; empty for tmpfs
   * @param target path inside the container
   * @param writable whether it can be written
   * @param subpath folder in the volume that is mounted instead of all of it; empty for all of it
   */
  public record Mount(String type, String source, String target, boolean writable, String subpath) {

    /** Describes a mount of all of a folder or volume. */
    public Mount(String type, String source, String target, boolean writable) {
      this(type, source, target, writable, "");
    }
  }

  /**
   * Describes an attachment to a network.
   *
   * @param network its name
   * @param ipv4 the address, or empty
   * @param ipv6 the address, or empty
   * @param aliases names under which peers find the container
   */
  public record Attachment(String network, String ipv4, String ipv6, List<String> aliases) {
    /** Makes the list immutable. */
    public Attachment {
      aliases = List.copyOf(aliases);
    }
  }

  /**
   * Holds one result of the health check.
   *
   * @param at when it ended; null if the engine did not say
   * @param exitCode 0 is healthy; empty if the engine did not say
   * @param output foreign text, cut to 4 KiB
   */
  public record HealthResult(@Nullable Instant at, OptionalInt exitCode, String output) {}
}
