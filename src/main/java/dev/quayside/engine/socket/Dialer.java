package dev.quayside.engine.socket;

import dev.quayside.common.ChildProcess;
import dev.quayside.engine.Endpoint;
import dev.quayside.engine.socket.Deadlines.Deadline;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import jdk.net.ExtendedSocketOptions;

/** Opens wires to one endpoint. */
final class Dialer {

  // A machine that went away without a word is noticed after about a minute, not after two hours.
  private static final int KEEP_IDLE_SECONDS = 30;
  private static final int KEEP_INTERVAL_SECONDS = 10;
  private static final int KEEP_PROBES = 3;

  private final Endpoint endpoint;
  private final Map<String, String> environment;
  private final String sshProgram;

  /**
   * Creates a dialer.
   *
   * @param environment of the process; ssh gets from it what it needs to find keys and agent
   */
  Dialer(Endpoint endpoint, Map<String, String> environment) {
    this(endpoint, environment, "ssh");
  }

  Dialer(Endpoint endpoint, Map<String, String> environment, String sshProgram) {
    this.endpoint = endpoint;
    this.environment = Map.copyOf(environment);
    this.sshProgram = sshProgram;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /** Connects; the deadline closes whatever is half open. */
  Wire dial(Deadline deadline) throws IOException {
    try {
      return switch (endpoint) {
        case Endpoint.Unix unix -> dialUnix(unix, deadline);
        case Endpoint.Tcp tcp -> dialTcp(tcp, deadline);
        case Endpoint.Ssh ssh -> dialSsh(ssh);
      };
    } catch (IOException e) {
      throw deadline.explain(e);
    }
  }

  private static Wire dialUnix(Endpoint.Unix unix, Deadline deadline) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    deadline.watch(channel);
    try {
      channel.connect(UnixDomainSocketAddress.of(unix.path()));
      return new UnixWire(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static Wire dialTcp(Endpoint.Tcp tcp, Deadline deadline) throws IOException {
    InetSocketAddress address = new InetSocketAddress(tcp.host(), tcp.port());
    if (address.isUnresolved()) {
      throw new UnknownHostException(tcp.host());
    }
    Socket socket = new Socket();
    deadline.watch(socket);
    try {
      socket.setTcpNoDelay(true);
      keepAlive(socket);
      socket.connect(address);
      Path certificates = tcp.certificates();
      return certificates == null
          ? new TcpWire(socket, socket)
          : new TcpWire(encrypt(socket, tcp, TlsMaterial.read(certificates).factory()), socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  static void keepAlive(Socket socket) throws IOException {
    socket.setKeepAlive(true);
    if (socket.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
      socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, KEEP_IDLE_SECONDS);
      socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEP_INTERVAL_SECONDS);
      socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, KEEP_PROBES);
    }
  }

  private static SSLSocket encrypt(Socket socket, Endpoint.Tcp tcp, SSLSocketFactory factory)
      throws IOException {
    SSLSocket secure = (SSLSocket) factory.createSocket(socket, tcp.host(), tcp.port(), true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secure.setSSLParameters(parameters);
    secure.startHandshake();
    return secure;
  }

  private Wire dialSsh(Endpoint.Ssh ssh) throws IOException {
    Map<String, String> variables =
        ChildProcess.pick(
            environment,
            "PATH",
            "HOME",
            "USER",
            "LOGNAME",
            "LANG",
            "SSH_AUTH_SOCK",
            "XDG_RUNTIME_DIR");
    return new SshWire(ChildProcess.start(ChildProcess.Command.of(sshArguments(ssh), variables)));
  }

  /** Returns the command that carries the bytes; it never asks a question. */
  List<String> sshArguments(Endpoint.Ssh ssh) {
    List<String> arguments =
        new ArrayList<>(
            List.of(sshProgram, "-T", "-o", "BatchMode=yes", "-o", "ConnectTimeout=10"));
    if (ssh.user() != null) {
      arguments.addAll(List.of("-l", ssh.user()));
    }
    if (ssh.port().isPresent()) {
      arguments.addAll(List.of("-p", Integer.toString(ssh.port().getAsInt())));
    }
    // "--" keeps a host name from being read as an option.
    arguments.addAll(List.of("--", ssh.host(), "docker", "system", "dial-stdio"));
    return arguments;
  }
}
