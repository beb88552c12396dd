package dev.quayside.engine.socket;

import dev.quayside.engine.Network;
import dev.quayside.engine.json.Json;

/** Reads networks from the engine's list (Engine API 1.41 to 1.52, {@code GET /networks}). */
final class NetworkJson {

  private static final String MODE = "com.docker.network.bridge.gateway_mode_ipv";

  private NetworkJson() {}

  static Network read(Json entry) {
    String driver = entry.at("Driver").text();
    return new Network(
        entry.at("Id").text(),
        entry.at("Name").text(),
        driver,
        mode(entry, 4),
        mode(entry, 6),
        (driver.equals("macvlan") || driver.equals("ipvlan")) && separate(entry));
  }

  private static String mode(Json entry, int family) {
    // Engines before 28 do not tell of IPv4: there it is always on.
    Json enabled = entry.at("EnableIPv" + family);
    return enabled.present() && !enabled.flag() ? "" : entry.at("Options", MODE + family).text();
  }

  // A network made from a configuration may have its parent there.
  private static boolean separate(Json entry) {
    return entry.at("Options", "parent").text().isEmpty()
        && entry.at("ConfigFrom", "Network").text().isEmpty();
  }
}
