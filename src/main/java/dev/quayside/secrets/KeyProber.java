package dev.quayside.secrets;

import dev.quayside.catalogue.KeyProbe;
import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerInspection;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Engine;
import dev.quayside.engine.ExecRequest;
import dev.quayside.engine.ExecResult;
import dev.quayside.journal.Intent;
import dev.quayside.journal.JournaledEngine;
import dev.quayside.secrets.ProbeAnswer.Credential;
import dev.quayside.secrets.ProbeAnswer.Verdict;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks a service whether it accepts a credential, from where its clients stand: a running peer
 * container on one of the service's networks, with a program that the peer's image has. Where no
 * peer can ask, this host asks at the container's bridge address. The answer says which. One prober
 * serves one run; not safe for use by several threads.
 */
final class KeyProber {

  private static final Duration EXEC_PATIENCE = Duration.ofSeconds(20);
  private static final int CONNECT_MILLIS = 5000;
  private static final int ANSWER_MILLIS = 10_000;
  private static final int LONGEST_ANSWER = 4096;
  private static final int PEERS_TRIED = 6;
  private static final int LONGEST_NAME = 80;
  private static final Messages MESSAGES = Messages.of("secrets");

  private final Engine engine;
  private final JournaledEngine control;
  private final String project;
  private final Map<String, Route> routes = new HashMap<>();

  KeyProber(Engine engine, JournaledEngine control, String project) {
    this.engine = engine;
    this.control = control;
    this.project = project;
  }

  /**
   * A way that was seen to get an answer: a peer container by name with a program, or this host
   * where both are null.
   */
  private record Route(@Nullable String peer, ProbeTools.@Nullable ProbeTool tool) {}

  /**
   * Asks once. Never throws for a service that does not answer: that is {@link Verdict#UNCLEAR}.
   */
  ProbeAnswer ask(Intent intent, KeyProbe probe, Credential credential, @Nullable Secret key)
      throws ProblemException {
    List<Container> all = engine.list();
    Container target = running(all, probe.service());
    if (target == null) {
      return answer(probe, credential, MESSAGES.get("from.nowhere"), "", 0);
    }
    byte[] request = request(probe, key);
    try {
      ProbeAnswer answer = viaKnown(intent, all, target, probe, credential, request);
      if (answer == null) {
        answer = viaAnyPeer(intent, all, target, probe, credential, request);
      }
      return answer != null ? answer : viaHost(target, probe, credential, request);
    } finally {
      Arrays.fill(request, (byte) 0);
    }
  }

  /** Asks the way that worked before; null where there is none or its container is gone. */
  private @Nullable ProbeAnswer viaKnown(
      Intent intent,
      List<Container> all,
      Container target,
      KeyProbe probe,
      Credential credential,
      byte[] request)
      throws ProblemException {
    Route known = routes.get(probe.service());
    if (known == null) {
      return null;
    }
    if (known.peer() == null || known.tool() == null) {
      return viaHost(target, probe, credential, request);
    }
    Container peer = byName(all, known.peer());
    if (peer == null) {
      return null;
    }
    int status = viaPeer(intent, peer, known.tool(), probe, request);
    return answer(probe, credential, from(known.peer(), known.tool()), target(probe), status);
  }

  private static String from(String peer, ProbeTools.ProbeTool tool) {
    return MESSAGES.get("from.container", ForeignText.line(peer, LONGEST_NAME), tool.name());
  }

  private static String target(KeyProbe probe) {
    return probe.service() + ":" + probe.port();
  }

  private @Nullable Container running(List<Container> all, String service) {
    return all.stream()
        .filter(
            container -> project.equals(container.project()) && service.equals(container.service()))
        .filter(container -> container.state() == ContainerState.RUNNING)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Container byName(List<Container> all, String name) {
    return all.stream()
        .filter(container ->
            container.name().equals(name) && container.state() == ContainerState.RUNNING)
        .findFirst()
        .orElse(null);
  }

  private @Nullable ProbeAnswer viaAnyPeer(
      Intent intent,
      List<Container> all,
      Container target,
      KeyProbe probe,
      Credential credential,
      byte[] request)
      throws ProblemException {
    List<Container> peers =
        all.stream()
            .filter(container -> project.equals(container.project()))
            .filter(container -> container.state() == ContainerState.RUNNING)
            .filter(container -> !container.service().equals(probe.service()))
            .filter(
                container -> container.networks().stream().anyMatch(target.networks()::contains))
            .sorted(Comparator.comparing(Container::name))
            .limit(PEERS_TRIED)
            .toList();
    for (Container peer : peers) {
      for (ProbeTools.ProbeTool tool : ProbeTools.ALL) {
        int status = viaPeer(intent, peer, tool, probe, request);
        if (status > 0) {
          routes.put(probe.service(), new Route(peer.name(), tool));
          return answer(probe, credential, from(peer.name(), tool), target(probe), status);
        }
      }
    }
    return null;
  }

  /** Returns the status, or 0 where this peer got none with this program. */
  private int viaPeer(
      Intent intent, Container peer, ProbeTools.ProbeTool tool, KeyProbe probe, byte[] request)
      throws ProblemException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ExecRequest exec =
        new ExecRequest(
            peer.id(),
            tool.to(probe.service(), probe.port()),
            Map.of(),
            null,
            new ByteArrayInputStream(request),
            output,
            EXEC_PATIENCE);
    try {
      ExecResult result = control.exec(intent, exec);
      return result.exitCode() == 126 || result.exitCode() == 127
          ? 0
          : status(output.toByteArray());
    } catch (ProblemException cannotRun) {
      if (Thread.currentThread().isInterrupted()) {
        throw cannotRun;
      }
      return 0;
    }
  }

  private ProbeAnswer viaHost(
      Container target, KeyProbe probe, Credential credential, byte[] request)
      throws ProblemException {
    if (!engine.info().local()) {
      // On this side of the wire the same address belongs to a stranger, who would be sent the key.
      return answer(probe, credential, MESSAGES.get("from.remote"), "", 0);
    }
    String from = MESSAGES.get("from.host");
    List<String> addresses = new ArrayList<>();
    for (ContainerInspection.Attachment attachment : engine.inspect(target.id()).attachments()) {
      if (!attachment.ipv4().isEmpty()) {
        addresses.add(attachment.ipv4());
      }
    }
    for (String address : addresses) {
      int status = exchange(address, probe.port(), request);
      if (status > 0) {
        routes.put(probe.service(), new Route(null, null));
        return answer(probe, credential, from, address + ":" + probe.port(), status);
      }
    }
    String tried = addresses.isEmpty() ? "" : addresses.getFirst() + ":" + probe.port();
    return answer(probe, credential, from, tried, 0);
  }

  private static int exchange(String address, int port, byte[] request) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
      socket.setSoTimeout(ANSWER_MILLIS);
      socket.getOutputStream().write(request);
      socket.getOutputStream().flush();
      return status(firstLine(socket.getInputStream()));
    } catch (IOException unreachable) {
      return 0;
    }
  }

  private static byte[] firstLine(InputStream stream) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = stream.read();
    while (next >= 0 && next != '\n' && line.size() < LONGEST_ANSWER) {
      line.write(next);
      next = stream.read();
    }
    return line.toByteArray();
  }

  /** Reads the code of an HTTP status line; 0 where the bytes are no HTTP answer. */
  static int status(byte[] answer) {
    String head = new String(answer, 0, Math.min(answer.length, 64), StandardCharsets.ISO_8859_1);
    if (head.length() < 12 || !head.startsWith("HTTP/1.") || head.charAt(8) != ' ') {
      return 0;
    }
    String code = head.substring(9, 12);
    return code.chars().allMatch(c -> c >= '0' && c <= '9') ? Integer.parseInt(code) : 0;
  }

  private static byte[] request(KeyProbe probe, @Nullable Secret key) {
    byte[] head =
        ("GET "
                + probe.path()
                + " HTTP/1.1\r\nHost: "
                + target(probe)
                + "\r\nAccept: */*\r\nConnection: close\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] end = "\r\n".getBytes(StandardCharsets.US_ASCII);
    if (key == null) {
      return joined(head, end);
    }
    byte[] name = (probe.header() + ": " + probe.prefix()).getBytes(StandardCharsets.US_ASCII);
    return key.withUtf8(value -> joined(head, name, value, end, end));
  }

  private static byte[] joined(byte[]... parts) {
    byte[] all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
    int position = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, position, part.length);
      position += part.length;
    }
    return all;
  }

  private static ProbeAnswer answer(
      KeyProbe probe, Credential credential, String from, String target, int status) {
    Verdict verdict =
        probe.accepted().contains(status)
            ? Verdict.ACCEPTED
            : probe.refused().contains(status) ? Verdict.REFUSED : Verdict.UNCLEAR;
    return new ProbeAnswer(
        credential, probe.service(), "GET " + probe.path(), from, target, status, verdict);
  }
}
