package dev.quayside.engine;

import dev.quayside.common.ProblemException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Reads the addresses of engines as {@code DOCKER_HOST} takes them. */
final class Addresses {

  private static final String UNIX = "unix://";
  private static final int PLAIN_PORT = 2375;
  private static final int SECURE_PORT = 2376;

  private Addresses() {}

  /**
   * Reads an address.
   *
   * @param where it stands, for the message
   * @param certificates folder of certificates to use with TCP; null for no encryption
   */
  static Endpoint read(String where, String text, @Nullable Path certificates)
      throws ProblemException {
    Endpoint endpoint =
        text.startsWith(UNIX) ? unix(text.substring(UNIX.length())) : network(text, certificates);
    if (endpoint == null) {
      throw new ProblemException(
          EngineFault.ENGINE_ADDRESS_INVALID.problem("", where, withoutPassword(text)));
    }
    return endpoint;
  }

  // An address with a password in it is refused, and must not be repeated.
  private static String withoutPassword(String text) {
    return text.replaceAll("(//[^/@:]*):[^/]*@", "$1:••••@");
  }

  private static @Nullable Endpoint unix(String path) {
    try {
      return path.startsWith("/") ? new Endpoint.Unix(Path.of(path)) : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private static @Nullable Endpoint network(String text, @Nullable Path certificates) {
    URI address;
    try {
      address = new URI(text);
    } catch (URISyntaxException e) {
      return null;
    }
    String host = host(address);
    String scheme = address.getScheme();
    // A host that begins with a hyphen would be an option of ssh.
    if (host == null || scheme == null || host.startsWith("-") || address.getPort() > 65_535) {
      return null;
    }
    return switch (scheme) {
      case "tcp", "http" -> new Endpoint.Tcp(host, port(address, certificates), certificates);
      // Who wrote "https" asked for encryption, which is impossible without certificates.
      case "https" ->
          certificates == null
              ? null
              : new Endpoint.Tcp(host, port(address, certificates), certificates);
      case "ssh" -> ssh(address, host);
      default -> null;
    };
  }

  private static @Nullable Endpoint ssh(URI address, String host) {
    String user = address.getUserInfo();
    if (user != null && (user.startsWith("-") || user.contains(":"))) {
      return null;
    }
    return new Endpoint.Ssh(
        host,
        user,
        address.getPort() < 0 ? OptionalInt.empty() : OptionalInt.of(address.getPort()));
  }

  private static @Nullable String host(URI address) {
    String host = address.getHost();
    return host != null && host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static int port(URI address, @Nullable Path certificates) {
    if (address.getPort() > 0) {
      return address.getPort();
    }
    return certificates == null ? PLAIN_PORT : SECURE_PORT;
  }
}
