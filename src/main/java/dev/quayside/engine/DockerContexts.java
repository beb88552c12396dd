package dev.quayside.engine;

import dev.quayside.common.ProblemException;
import dev.quayside.engine.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Reads the contexts of the {@code docker} command: {@code config.json} names the current one,
 * {@code contexts/meta} and {@code contexts/tls} hold one folder each, named after the SHA-256 of
 * the context's name (docker/cli, cli/context/store).
 */
final class DockerContexts {

  /** The context that is none. */
  static final String DEFAULT = "default";

  private static final long LARGEST_FILE = 1024 * 1024;

  private final Path configuration;

  DockerContexts(Path configuration) {
    this.configuration = configuration;
  }

  /** Returns the name of the current context; {@link #DEFAULT} where none is chosen. */
  String current() throws ProblemException {
    Path file = configuration.resolve("config.json");
    if (Files.notExists(file)) {
      return DEFAULT;
    }
    String name = read(file).at("currentContext").text();
    return name.isBlank() ? DEFAULT : name;
  }

  /** Returns where the engine of a context is. */
  Endpoint endpoint(String name) throws ProblemException {
    String folder = sha256(name);
    Path file = configuration.resolve("contexts/meta").resolve(folder).resolve("meta.json");
    if (Files.notExists(file)) {
      throw new ProblemException(EngineFault.ENGINE_CONTEXT_UNKNOWN.problem("", name));
    }
    String host = read(file).at("Endpoints", "docker", "Host").text();
    return Addresses.read("the context " + name, host, certificates(folder));
  }

  private @Nullable Path certificates(String folder) {
    Path certificates = configuration.resolve("contexts/tls").resolve(folder).resolve("docker");
    return Files.isDirectory(certificates) ? certificates : null;
  }

  private static Json read(Path file) throws ProblemException {
    try {
      if (Files.size(file) > LARGEST_FILE) {
        throw new IOException("larger than any such file");
      }
      return Json.parse(Files.readAllBytes(file));
    } catch (IOException e) {
      throw EngineFault.ENGINE_CONFIGURATION_UNREADABLE.exception(
          e, file, String.valueOf(e.getMessage()));
    }
  }

  private static String sha256(String name) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
