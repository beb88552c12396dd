package dev.quayside.exposure.probe;

import dev.quayside.catalogue.KeyProbe;
import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerInspection;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Engine;
import dev.quayside.exposure.probe.Carrier.Carried;
import dev.quayside.exposure.probe.ProbeAnswer.Credential;
import dev.quayside.exposure.probe.ProbeAnswer.Verdict;
import dev.quayside.exposure.probe.Wire.Conversation;
import dev.quayside.exposure.probe.Wire.Reply;
import dev.quayside.journal.Intent;
import dev.quayside.journal.JournaledEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks a service whether it accepts a credential, from where its clients stand: a running peer
 * container on one of the service's networks, with a program that the peer's image has. Where no
 * peer can ask, this host asks at the container's bridge address. The answer says which. A
 * credential reaches the service at most twice in one question. One prober serves one run; not safe
 * for use by several threads.
 */
public final class KeyProber {

  private static final int PEERS_TRIED = 6;
  private static final int SHOWN_AT_MOST = 2;
  private static final int LONGEST_NAME = 80;
  private static final String HOST_NETWORK = "host";
  private static final Messages MESSAGES = Messages.of("probes");

  private final Engine engine;
  private final Carrier carrier;
  private final String project;
  private final Map<ContainerId, Route> routes = new HashMap<>();

  /** Programs that a container was seen to lack. */
  private final Map<ContainerId, Set<String>> lacking = new HashMap<>();

  /** Creates a prober for the services of {@code project}. */
  public KeyProber(Engine engine, JournaledEngine control, String project) {
    this(engine, control, project, Carrier.ATTEMPT);
  }

  /** Creates one whose attempts last no longer than {@code attempt}. */
  KeyProber(Engine engine, JournaledEngine control, String project, Duration attempt) {
    this.engine = engine;
    this.carrier = new Carrier(control, attempt);
    this.project = project;
  }

  /**
   * A way that was seen to get an answer: a peer container by name with a program, or this host
   * where both are null.
   */
  private record Route(@Nullable String peer, ProbeTools.@Nullable ProbeTool tool) {}

  /** Label that is {@code True} on containers of {@code docker compose run}. */
  private static final String ONE_OFF = "com.docker.compose.oneoff";

  /** Counts how often the credential of one question may have reached the service. */
  private static final class Shown {
    private int times;
    private @Nullable ProbeAnswer last;

    boolean enough() {
      return times >= SHOWN_AT_MOST;
    }
  }

  /** Asks by HTTP once; see {@link #ask(Intent, ProbeTarget, Credential, Secret)}. */
  public ProbeAnswer ask(Intent intent, KeyProbe probe, Credential credential, @Nullable Secret key)
      throws ProblemException {
    return ask(intent, new ProbeTarget.Http(probe), credential, key);
  }

  /**
   * Asks once. Never throws for a service that does not answer: that is {@link Verdict#UNCLEAR}.
   *
   * @param key the credential; null for none
   */
  public ProbeAnswer ask(
      Intent intent, ProbeTarget target, Credential credential, @Nullable Secret key)
      throws ProblemException {
    return ask(intent, target, null, credential, key);
  }

  /**
   * Asks one container once.
   *
   * @param only which; null for any of the service that runs
   */
  ProbeAnswer ask(
      Intent intent,
      ProbeTarget target,
      @Nullable ContainerId only,
      Credential credential,
      @Nullable Secret key)
      throws ProblemException {
    List<Container> all = engine.list();
    Container asked = running(all, target.service(), only);
    if (asked == null) {
      return silent(target, credential, MESSAGES.get("from.nowhere"), "");
    }
    Question question =
        new Question(target, asked, credential, words(target, asked, key), addresses(asked));
    Shown shown = new Shown();
    ProbeAnswer answer = viaKnown(intent, all, asked, question, shown);
    if (answer == null && !shown.enough()) {
      answer = viaAnyPeer(intent, all, asked, question, shown);
    }
    if (answer == null && !shown.enough()) {
      answer = viaHost(question, shown);
    }
    if (answer != null) {
      return answer;
    }
    return shown.last != null
        ? shown.last
        : silent(target, credential, MESSAGES.get("from.host"), "");
  }

  /** Holds one question to one container, with where it can be reached. */
  private record Question(
      ProbeTarget target,
      Container asked,
      Credential credential,
      Words words,
      List<ContainerInspection.Attachment> attachments) {}

  /** Holds a question in the words of its protocol. */
  private record Words(String request, Conversation conversation) {}

  private Words words(ProbeTarget target, Container asked, @Nullable Secret key)
      throws ProblemException {
    return switch (target) {
      case ProbeTarget.Http(KeyProbe probe) ->
          new Words("GET " + probe.path(), wire -> HttpQuestion.ask(wire, probe, key));
      case ProbeTarget.Redis redis ->
          new Words(key == null ? "PING" : "AUTH", wire -> RedisQuestion.ask(wire, key));
      case ProbeTarget.Postgres postgres -> {
        Map<String, String> names =
            engine.environment(asked.id(), Set.of(postgres.userFrom(), postgres.databaseFrom()));
        String user = orElse(names.get(postgres.userFrom()), "postgres");
        String database = orElse(names.get(postgres.databaseFrom()), user);
        yield new Words(
            MESSAGES.get("request.login", ForeignText.line(user, LONGEST_NAME)),
            wire -> PostgresQuestion.ask(wire, user, database, key));
      }
    };
  }

  // A name with a NUL would be two fields of the message that carries it.
  private static String orElse(@Nullable String name, String otherwise) {
    return name == null || name.isEmpty() || name.indexOf('\0') >= 0 ? otherwise : name;
  }

  /** Asks the way that worked before; null where there is none or its container is gone. */
  private @Nullable ProbeAnswer viaKnown(
      Intent intent, List<Container> all, Container asked, Question question, Shown shown)
      throws ProblemException {
    Route known = routes.get(asked.id());
    if (known == null) {
      return null;
    }
    if (known.peer() == null || known.tool() == null) {
      return viaHost(question, shown);
    }
    Container peer = byName(all, known.peer());
    return peer == null ? null : viaPeer(intent, peer, known.tool(), question, shown);
  }

  private static String from(String peer, ProbeTools.ProbeTool tool) {
    return MESSAGES.get("from.container", ForeignText.line(peer, LONGEST_NAME), tool.name());
  }

  private @Nullable Container running(
      List<Container> all, String service, @Nullable ContainerId only) {
    return all.stream()
        .filter(
            container -> project.equals(container.project()) && service.equals(container.service()))
        .filter(container -> only == null || container.id().equals(only))
        .filter(container -> !"True".equalsIgnoreCase(container.labels().get(ONE_OFF)))
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
      Intent intent, List<Container> all, Container asked, Question question, Shown shown)
      throws ProblemException {
    for (Container peer : peers(all, asked)) {
      for (ProbeTools.ProbeTool tool : ProbeTools.ALL) {
        if (lacking.getOrDefault(peer.id(), Set.of()).contains(tool.name())) {
          continue;
        }
        ProbeAnswer answer = viaPeer(intent, peer, tool, question, shown);
        if (answer != null || shown.enough()) {
          return answer;
        }
        if (!lacking.getOrDefault(peer.id(), Set.of()).contains(tool.name())) {
          // It ran and reached nothing; another program there would not either.
          break;
        }
      }
    }
    return null;
  }

  // Those that have asked before come first: they are known to be able to.
  private List<Container> peers(List<Container> all, Container asked) {
    Set<String> proven = new HashSet<>();
    routes.values().stream().map(Route::peer).forEach(proven::add);
    List<String> shared = new ArrayList<>(asked.networks());
    // There is no name of a service there.
    shared.remove(HOST_NETWORK);
    return all.stream()
        .filter(container -> project.equals(container.project()))
        .filter(container -> container.state() == ContainerState.RUNNING)
        .filter(container -> !container.service().equals(asked.service()))
        .filter(container -> container.networks().stream().anyMatch(shared::contains))
        .sorted(
            Comparator.comparing((Container container) -> !proven.contains(container.name()))
                .thenComparing(Container::name))
        .limit(PEERS_TRIED)
        .toList();
  }

  /** Returns null where this peer got no answer with this program. */
  private @Nullable ProbeAnswer viaPeer(
      Intent intent, Container peer, ProbeTools.ProbeTool tool, Question question, Shown shown)
      throws ProblemException {
    int port = question.target().port();
    String from = from(peer.name(), tool);
    // Never by its name, which may be another's too on a network that stacks share.
    String host = addressFor(peer, question);
    if (host.isEmpty()) {
      return null;
    }
    String address = at(host, port);
    Carried carried =
        carrier.throughPeer(intent, peer, tool, host, port, question.words().conversation());
    if (carried instanceof Carried.NoProgram) {
      lacking.computeIfAbsent(peer.id(), _ -> new HashSet<>()).add(tool.name());
    }
    return taken(carried, question, from, address, new Route(peer.name(), tool), shown);
  }

  /** Returns the address of the asked container on a network of the peer; empty for none. */
  private static String addressFor(Container peer, Question question) {
    return question.attachments().stream()
        .filter(attachment -> peer.networks().contains(attachment.network()))
        .map(attachment -> attachment.ipv4().isEmpty() ? attachment.ipv6() : attachment.ipv4())
        .filter(address -> !address.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static String at(String host, int port) {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  private @Nullable ProbeAnswer taken(
      Carried carried, Question question, String from, String address, Route route, Shown shown) {
    return switch (carried) {
      case Carried.Answered(Reply reply) -> {
        shown.times++;
        routes.put(question.asked().id(), route);
        yield answer(question, from, address, reply);
      }
      case Carried.Silent _ -> {
        shown.times++;
        shown.last = silent(question.target(), question.credential(), from, address);
        yield null;
      }
      case Carried.NoConnection _ -> {
        if (shown.last == null) {
          shown.last = silent(question.target(), question.credential(), from, address);
        }
        yield null;
      }
      case Carried.NoProgram _ -> null;
    };
  }

  private @Nullable ProbeAnswer viaHost(Question question, Shown shown) throws ProblemException {
    ProbeTarget target = question.target();
    if (!engine.info().local()) {
      // On this side of the wire the same address belongs to a stranger, who would be sent the key.
      return silent(target, question.credential(), MESSAGES.get("from.remote"), "");
    }
    List<String> hosts =
        question.attachments().stream()
            .map(ContainerInspection.Attachment::ipv4)
            .filter(address -> !address.isEmpty())
            .toList();
    for (String host : hosts) {
      Carried carried = carrier.fromHost(host, target.port(), question.words().conversation());
      ProbeAnswer answer =
          taken(
              carried,
              question,
              MESSAGES.get("from.host"),
              host + ":" + target.port(),
              new Route(null, null),
              shown);
      if (answer != null || shown.enough()) {
        return answer;
      }
    }
    return null;
  }

  private List<ContainerInspection.Attachment> addresses(Container asked) throws ProblemException {
    ContainerInspection inspection = engine.inspect(asked.id());
    return inspection.container().onHostNetwork()
        ? List.of(new ContainerInspection.Attachment(HOST_NETWORK, "127.0.0.1", "", List.of()))
        : inspection.attachments();
  }

  private static ProbeAnswer silent(
      ProbeTarget target, Credential credential, String from, String address) {
    String request =
        target instanceof ProbeTarget.Http(KeyProbe probe) ? "GET " + probe.path() : "";
    return new ProbeAnswer(
        credential, target.service(), request, from, address, 0, Verdict.UNCLEAR, "");
  }

  private static ProbeAnswer answer(Question question, String from, String address, Reply reply) {
    boolean right =
        question.credential() != Credential.NONE && question.credential() != Credential.WRONG;
    // Whoever is not let in from here at all was not told that the password is wrong.
    boolean elsewhere = reply.code().equals("28000") || reply.code().equals("-DENIED");
    Verdict verdict = right && elsewhere ? Verdict.UNCLEAR : reply.verdict();
    return new ProbeAnswer(
        question.credential(),
        question.target().service(),
        question.words().request(),
        from,
        address,
        reply.status(),
        verdict,
        reply.code());
  }
}
