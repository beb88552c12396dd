package dev.quayside.engine;

/**
 * Describes a network of the engine, as far as it decides who reaches the containers on it.
 *
 * @param id its identity
 * @param name by which containers name it; an engine may have two of one name
 * @param driver for example {@code bridge}, {@code macvlan}, {@code ipvlan}, {@code overlay},
 *     {@code host}, {@code null} (that of {@code none}), or the name of a plugin
 * @param ipv4Mode for {@code bridge} the option {@code com.docker.network.bridge.gateway_mode_ipv4}
 *     (Engine 27 and later); empty where it is not set or the network has no IPv4
 * @param ipv6Mode the same of IPv6
 * @param separate whether it is a {@code macvlan} or {@code ipvlan} without a parent interface: the
 *     engine then puts it on an interface of its own that leads nowhere
 */
public record Network(
    String id, String name, String driver, String ipv4Mode, String ipv6Mode, boolean separate) {}
