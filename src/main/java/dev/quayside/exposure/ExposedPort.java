package dev.quayside.exposure;

import dev.quayside.engine.PortBinding;

/**
 * Joins a port with who can reach it.
 *
 * @param binding the port as it is declared, bound or, without a bind, listened on; for a
 *     host-network container a listening socket
 * @param exposure who can reach it
 * @param hostNetwork whether it is a listening socket of a container on the host's network
 */
public record ExposedPort(PortBinding binding, Exposure exposure, boolean hostNetwork) {}
