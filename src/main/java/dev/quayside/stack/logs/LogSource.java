package dev.quayside.stack.logs;

import dev.quayside.common.Problem;
import dev.quayside.engine.ContainerId;
import org.jspecify.annotations.Nullable;

/**
 * Tells how we stand with the log of one container.
 *
 * @param service the service it belongs to
 * @param container the container
 * @param open whether its stream is open now
 * @param problem why it could not be read; null where it could
 */
public record LogSource(
    String service, ContainerId container, boolean open, @Nullable Problem problem) {}
