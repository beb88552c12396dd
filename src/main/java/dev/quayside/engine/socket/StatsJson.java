package dev.quayside.engine.socket;

import dev.quayside.engine.RawStats;
import dev.quayside.engine.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Reads counters (Engine API, {@code GET /containers/ID/stats}). */
final class StatsJson {

  private StatsJson() {}

  static RawStats read(Json root) {
    Instant readAt = Moments.read(root.at("read").text());
    Json memory = root.at("memory_stats");
    List<Json> block = root.at("blkio_stats", "io_service_bytes_recursive").items();
    List<Json> networks = List.copyOf(root.at("networks").members().values());
    // A container that does not run has the zero stamp and zeros for counters, which mean nothing.
    boolean runs = readAt != null && memory.at("usage").present();
    return new RawStats(
        readAt == null ? Instant.EPOCH : readAt,
        runs ? root.at("cpu_stats", "cpu_usage", "total_usage").number() : OptionalLong.empty(),
        memory.at("usage").number(),
        first(memory.at("stats", "total_inactive_file"), memory.at("stats", "inactive_file")),
        memory.at("limit").positive(),
        root.at("pids_stats", "current").number(),
        sum(networks.stream().map(network -> network.at("rx_bytes"))),
        sum(networks.stream().map(network -> network.at("tx_bytes"))),
        sum(block.stream().filter(entry -> isKind(entry, "read")).map(entry -> entry.at("value"))),
        sum(
            block.stream()
                .filter(entry -> isKind(entry, "write"))
                .map(entry -> entry.at("value"))));
  }

  private static boolean isKind(Json entry, String kind) {
    return entry.at("op").text().toLowerCase(Locale.ROOT).equals(kind);
  }

  private static OptionalLong first(Json preferred, Json other) {
    return preferred.present() ? preferred.number() : other.number();
  }

  /** Adds what is there; nothing there is unknown, not 0. */
  private static OptionalLong sum(Stream<Json> values) {
    List<Json> known = values.filter(value -> value.number().isPresent()).toList();
    return known.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(known.stream().mapToLong(value -> value.number().orElse(0)).sum());
  }
}
