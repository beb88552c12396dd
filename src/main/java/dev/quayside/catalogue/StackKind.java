package dev.quayside.catalogue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds what is known of one kind of stack in one era.
 *
 * @param id for example {@code dream-server}
 * @param era for example {@code v1}; empty where a kind has only one
 * @param title for people
 * @param recognition how it is recognised
 * @param layout how its owner's tool calls Compose
 * @param services that belong to it, by name
 * @param hostProcesses programs of the stack that run on the host beside Docker, by name
 * @param life what is special about starting, stopping and making anew
 * @param layer what the writable layers hold
 * @param inert settings without effect
 * @param envFiles environment files of which it is known who reads them
 * @param dataFolders with data
 * @param probes by name
 * @param secrets in the order of the table
 * @param publicValues SHA-256, in hexadecimal, of values that anybody can know
 */
public record StackKind(
    String id,
    String era,
    String title,
    Recognition recognition,
    KindLayout layout,
    Map<String, KnownService> services,
    Map<String, KnownService> hostProcesses,
    LifeRules life,
    LayerRules layer,
    List<InertSetting> inert,
    List<KnownEnvFile> envFiles,
    List<DataFolder> dataFolders,
    Map<String, Probe> probes,
    List<CataloguedSecret> secrets,
    Set<String> publicValues) {

  /** The kind of every stack that is no other. */
  public static final String GENERIC = "generic";

  /** Makes the collections immutable. */
  public StackKind {
    services = Map.copyOf(services);
    hostProcesses = Map.copyOf(hostProcesses);
    inert = List.copyOf(inert);
    envFiles = List.copyOf(envFiles);
    dataFolders = List.copyOf(dataFolders);
    probes = Map.copyOf(probes);
    secrets = List.copyOf(secrets);
    publicValues = Set.copyOf(publicValues);
  }

  /** Returns what is known of the secret {@code name}, or null. */
  public @Nullable CataloguedSecret secret(String name) {
    return secrets.stream().filter(secret -> secret.name().equals(name)).findFirst().orElse(null);
  }

  /** Returns what is known of the model that {@code service} serves on demand, or null. */
  public KnownService.@Nullable OnDemand onDemand(String service) {
    KnownService known = services.get(service);
    return known == null ? null : known.onDemand();
  }

  /** Returns the key of the reason why the setting {@code name} has no effect; null if it may. */
  public @Nullable String inert(String name) {
    InertSetting setting = inertSetting(name);
    return setting == null ? null : setting.reason();
  }

  /** Returns what is known of the setting {@code name} where it has no effect; else null. */
  public @Nullable InertSetting inertSetting(String name) {
    return inert.stream().filter(setting -> setting.covers(name)).findFirst().orElse(null);
  }

  /** Returns who reads the environment file {@code relativePath} of the stack. */
  public Set<EnvReader> readers(String relativePath) {
    String path = relativePath.startsWith("./") ? relativePath.substring(2) : relativePath;
    return envFiles.stream()
        .filter(file -> file.path().equals(path))
        .map(KnownEnvFile::readers)
        .findFirst()
        .orElse(KnownEnvFile.USUAL);
  }

  /** Returns the services whose containers the stack itself starts and stops. */
  public Set<String> keptStopped() {
    return life.keptStopped();
  }

  /** Returns the services whose health check cannot pass, with the reason for people. */
  public Map<String, String> healthNeverPasses() {
    return life.healthNeverPasses();
  }

  /** Returns the services whose users are signed out when they are made anew. */
  public Set<String> signsOut() {
    return life.signsOut();
  }
}
