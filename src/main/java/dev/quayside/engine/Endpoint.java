package dev.quayside.engine;

import dev.quayside.common.ProblemException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Says where an engine listens. */
public sealed interface Endpoint {

  /**
   * Reads {@code address} as {@code DOCKER_HOST} takes it, without certificates.
   *
   * @param where it stands, for the message
   * @throws ProblemException if it is no address of an engine
   */
  static Endpoint read(String where, String address) throws ProblemException {
    return Addresses.read(where, address, null);
  }

  /** Returns the address as {@code DOCKER_HOST} takes it, for people and for child processes. */
  String address();

  /** Returns the variables that lead the {@code docker} command to this engine. */
  default Map<String, String> environment() {
    return Map.of("DOCKER_HOST", address());
  }

  /**
   * A socket in the file system.
   *
   * @param path absolute
   */
  record Unix(Path path) implements Endpoint {
    @Override
    public String address() {
      return "unix://" + path;
    }
  }

  /**
   * A TCP port, encrypted or not.
   *
   * @param host name or literal address, without brackets
   * @param port 1 to 65535
   * @param certificates folder with {@code ca.pem}, {@code cert.pem} and {@code key.pem}; null for
   *     no encryption
   */
  record Tcp(String host, int port, @Nullable Path certificates) implements Endpoint {
    @Override
    public String address() {
      return "tcp://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    @Override
    public Map<String, String> environment() {
      Map<String, String> variables = new TreeMap<>();
      variables.put("DOCKER_HOST", address());
      if (certificates != null) {
        variables.put("DOCKER_TLS_VERIFY", "1");
        variables.put("DOCKER_CERT_PATH", certificates.toString());
      }
      return Map.copyOf(variables);
    }
  }

  /**
   * An engine behind an SSH login; carried by {@code ssh … docker system dial-stdio}.
   *
   * @param host name, address or alias of the SSH configuration
   * @param user login name; null for what the SSH configuration says
   * @param port empty for what the SSH configuration says
   */
  record Ssh(String host, @Nullable String user, OptionalInt port) implements Endpoint {
    @Override
    public String address() {
      return "ssh://"
          + (user == null ? "" : user + "@")
          + (host.contains(":") ? "[" + host + "]" : host)
          + (port.isPresent() ? ":" + port.getAsInt() : "");
    }
  }
}
