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
 * @param services by which its containers are recognised: all of them must be there
 * @param without services that must not be there
 * @param keptStopped services whose containers the stack itself starts and stops
 * @param healthNeverPasses services whose health check cannot pass, with the reason for people
 * @param layerData paths in a container's writable layer that may be lost, by service; {@code *}
 *     for every service
 * @param layerKept paths in a container's writable layer that are copied out and back when it is
 *     made anew, by service; {@code *} for every service
 * @param onDemand services that are started when somebody wants their model, by name
 * @param signsOut services whose users are signed out when they are made anew
 * @param secrets in the order of the table
 * @param publicValues SHA-256, in hexadecimal, of values that anybody can know
 */
public record StackKind(
    String id,
    String era,
    String title,
    Set<String> services,
    Set<String> without,
    Set<String> keptStopped,
    Map<String, String> healthNeverPasses,
    Map<String, List<String>> layerData,
    Map<String, List<String>> layerKept,
    Map<String, KnownService.OnDemand> onDemand,
    Set<String> signsOut,
    List<CataloguedSecret> secrets,
    Set<String> publicValues) {

  /** The kind of every stack that is no other. */
  public static final String GENERIC = "generic";

  /** Makes the collections immutable. */
  public StackKind {
    services = Set.copyOf(services);
    without = Set.copyOf(without);
    keptStopped = Set.copyOf(keptStopped);
    healthNeverPasses = Map.copyOf(healthNeverPasses);
    layerData = Map.copyOf(layerData);
    layerKept = Map.copyOf(layerKept);
    onDemand = Map.copyOf(onDemand);
    signsOut = Set.copyOf(signsOut);
    secrets = List.copyOf(secrets);
    publicValues = Set.copyOf(publicValues);
  }

  /** Returns what is known of the model that {@code service} serves on demand, or null. */
  public KnownService.@Nullable OnDemand onDemand(String service) {
    return onDemand.get(service);
  }

  /** Returns what is known of the secret {@code name}, or null. */
  public @Nullable CataloguedSecret secret(String name) {
    return secrets.stream().filter(secret -> secret.name().equals(name)).findFirst().orElse(null);
  }
}
