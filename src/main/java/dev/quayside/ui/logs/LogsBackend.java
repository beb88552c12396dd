package dev.quayside.ui.logs;

import dev.quayside.common.Feed;
import dev.quayside.engine.Engine;
import dev.quayside.engine.EngineSnapshot;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds where the page reads from.
 *
 * @param engine gives the connected engine, or null while there is none
 * @param model what runs
 */
public record LogsBackend(Supplier<@Nullable Engine> engine, Feed<EngineSnapshot> model) {}
