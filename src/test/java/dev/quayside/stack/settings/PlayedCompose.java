package dev.quayside.stack.settings;

import dev.quayside.engine.Endpoint;
import dev.quayside.engine.compose.Compose;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** Plays a Compose that answers as a script says. */
final class PlayedCompose {

  private PlayedCompose() {}

  /**
   * Plays it.
   *
   * @param folder where its program is laid down
   * @param cases lines of a {@code case} of the shell over all arguments
   */
  static Compose with(Path folder, String cases) throws Exception {
    Path plugin = Files.createDirectories(folder.resolve("cli-plugins")).resolve("docker-compose");
    Files.writeString(
        plugin,
        """
        #!/bin/sh
        case "$*" in
          docker-cli-plugin-metadata)
            echo '{"SchemaVersion":"0.1.0","Vendor":"test","Version":"2.26.1"}' ;;
          *version*) echo 2.26.1 ;;
        %s
        esac
        """
            .formatted(cases));
    Files.setPosixFilePermissions(plugin, PosixFilePermissions.fromString("rwx------"));
    return Compose.on(
        new Endpoint.Unix(Path.of("/nonexistent/docker.sock")),
        Map.of("PATH", System.getenv("PATH"), "DOCKER_CONFIG", folder.toString()));
  }
}
