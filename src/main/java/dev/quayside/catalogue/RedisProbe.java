package dev.quayside.catalogue;

/**
 * Says how to ask Redis whether it accepts a password. Its words are those of the server itself.
 *
 * @param service that is asked
 * @param port inside its container
 * @param source where the words come from
 * @param proven whether they were seen from the real server
 */
public record RedisProbe(String service, int port, String source, boolean proven)
    implements Probe {}
