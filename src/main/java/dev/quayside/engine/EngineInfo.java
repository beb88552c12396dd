package dev.quayside.engine;

/**
 * Describes the engine we are connected to.
 *
 * @param endpoint how it was reached, for people: {@code unix:///var/run/docker.sock}
 * @param version of the engine, for example {@code 28.2.2}
 * @param apiVersion the version both sides speak, for example {@code 1.41}
 * @param os operating system the engine runs on
 * @param name host name of the engine
 * @param cgroupVersion {@code 1}, {@code 2} or empty where the engine does not say
 * @param dataFolder where the engine keeps images, containers and volumes, on its own machine;
 *     empty where it does not say
 * @param rootless whether the engine runs without root
 * @param local whether its containers' processes are visible to us, so that the kernel can be read
 *     directly
 * @param localityEvidence how that was decided, in words for {@code doctor}
 */
public record EngineInfo(
    String endpoint,
    String version,
    String apiVersion,
    String os,
    String name,
    String cgroupVersion,
    String dataFolder,
    boolean rootless,
    boolean local,
    String localityEvidence) {}
