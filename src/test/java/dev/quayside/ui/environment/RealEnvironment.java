package dev.quayside.ui.environment;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.common.Feed;
import dev.quayside.common.Home;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.Endpoint;
import dev.quayside.engine.EngineSnapshot;
import dev.quayside.engine.compose.Compose;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.exposure.probe.PlayedEngine;
import dev.quayside.journal.Journal;
import dev.quayside.stack.AdoptedStack;
import dev.quayside.stack.Stacks;
import dev.quayside.stack.settings.EnvParts;
import dev.quayside.stack.settings.StackSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * Works with the real operations on the files of an adopted stack without containers. There is no
 * Compose file: what Compose alone can tell is unknown.
 */
public final class RealEnvironment {

  /** What the stack is called; the demo's status knows one of that name. */
  public static final String STACK = "dream-server";

  private final Path folder;
  private final Path configuration;
  private final EngineEnvironmentDesk desk;

  /** Lays out the stack in {@code folder}, which is empty. */
  public RealEnvironment(Path folder) throws Exception {
    this.folder = Files.createDirectories(folder.resolve("stack")).toRealPath();
    this.configuration = folder.resolve("docker");
    Path home = folder.resolve("home");
    Home own = new Home(home.resolve("config"), home.resolve("state"), home.resolve("cache"));
    own.create();
    Catalogue catalogue = Catalogue.load();
    EnvParts parts =
        new EnvParts(
            () -> PlayedEngine.with("web", "/nonexistent", true),
            compose(configuration),
            Journal.open(own, InstantSource.system()),
            catalogue,
            own,
            InstantSource.system(),
            StepBoundary.none());
    AdoptedStack adopted =
        new AdoptedStack(
            STACK,
            this.folder,
            "generic",
            "",
            new ComposeInvocation(STACK, this.folder, List.of(), List.of(), List.of()),
            Instant.EPOCH);
    this.desk =
        new EngineEnvironmentDesk(
            new Feed<>(EngineSnapshot.nothingYet()),
            new Stacks(catalogue, () -> List.of(adopted)),
            new StackSettings(parts, null));
  }

  /**
   * Returns a Compose that says what the real one says of a folder without a Compose file. Where
   * there is none at all, every question would first look for a package that has one.
   */
  private static Compose compose(Path configuration) throws Exception {
    Path plugin =
        Files.createDirectories(configuration.resolve("cli-plugins")).resolve("docker-compose");
    Files.writeString(
        plugin,
        """
        #!/bin/sh
        case "$*" in
          docker-cli-plugin-metadata)
            echo '{"SchemaVersion":"0.1.0","Vendor":"test","Version":"2.26.1"}' ;;
          *version*) echo 2.26.1 ;;
          *) echo asked >> "$DOCKER_CONFIG/asked"; echo 'no configuration file provided: not found' >&2; exit 14 ;;
        esac
        """);
    Files.setPosixFilePermissions(plugin, PosixFilePermissions.fromString("rwx------"));
    Map<String, String> environment =
        Map.of("PATH", System.getenv("PATH"), "DOCKER_CONFIG", configuration.toString());
    return Compose.on(new Endpoint.Unix(Path.of("/nonexistent/docker.sock")), environment);
  }

  /** Returns how many times Compose was asked. */
  public int asked() throws Exception {
    Path asked = configuration.resolve("asked");
    return Files.exists(asked) ? Files.readAllLines(asked).size() : 0;
  }

  /** Returns the desk. */
  public EngineEnvironmentDesk desk() {
    return desk;
  }

  /** Returns the path of a file of the stack. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  /** Writes a file of the stack. */
  public void write(String name, String content) throws Exception {
    Files.writeString(file(name), content);
  }
}
