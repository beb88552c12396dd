package dev.quayside.exposure.probe;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.catalogue.CataloguedSecret;
import dev.quayside.catalogue.KeyProbe;
import dev.quayside.catalogue.KnownService;
import dev.quayside.catalogue.KnownService.Authentication;
import dev.quayside.catalogue.PostgresProbe;
import dev.quayside.catalogue.Probe;
import dev.quayside.catalogue.RedisProbe;
import dev.quayside.catalogue.RotationClass;
import dev.quayside.catalogue.StackKind;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Engine;
import dev.quayside.engine.EngineSource;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.journal.Intent;
import dev.quayside.journal.Journal;
import dev.quayside.journal.JournaledEngine;
import dev.quayside.stack.Stack;
import dev.quayside.stack.StackService;
import dev.quayside.stack.env.EnvFile;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Asks every running service of a stack of which the catalogue knows how. The right credentials
 * come from the stack's environment files and are wiped after each service. Announced in the
 * journal, because programs are run in containers for it.
 */
public final class StackProbes {

  private final EngineSource engines;
  private final JournaledEngine control;
  private final Journal journal;
  private final Catalogue catalogue;
  private final InstantSource clock;

  /** Creates the operation. */
  public StackProbes(
      EngineSource engines,
      JournaledEngine control,
      Journal journal,
      Catalogue catalogue,
      InstantSource clock) {
    this.engines = engines;
    this.control = control;
    this.journal = journal;
    this.catalogue = catalogue;
    this.clock = clock;
  }

  /**
   * Asks, service by service in the order of the catalogue's probes, each of its containers; then
   * names the ports of the stack that nobody was asked at.
   */
  public List<ProbeFinding> run(Stack stack) throws ProblemException {
    StackKind kind = catalogue.kind(stack.kind(), stack.era());
    List<ProbeFinding> findings = new ArrayList<>();
    List<Probe> probes =
        kind.probes().values().stream()
            .filter(probe -> !containers(stack, probe.service()).isEmpty())
            .toList();
    if (!probes.isEmpty()) {
      Intent intent = journal.begin("probe", stack.name(), Map.of());
      try {
        ask(stack, kind, probes, intent, findings);
      } catch (ProblemException failure) {
        intent.failed(Map.of("problem", failure.problem().code()));
        throw failure;
      }
      Map<String, String> guards = new LinkedHashMap<>();
      findings.forEach(finding ->
          guards.put(finding.container() + ":" + finding.port(), finding.guard().name()));
      intent.done(guards);
    }
    addUnasked(stack, kind, findings);
    return List.copyOf(findings);
  }

  private void ask(
      Stack stack, StackKind kind, List<Probe> probes, Intent intent, List<ProbeFinding> findings)
      throws ProblemException {
    try (Engine engine = engines.connect()) {
      ServiceProbe service =
          new ServiceProbe(new KeyProber(engine, control, project(stack)), clock);
      for (Probe probe : probes) {
        try (Right right = right(stack, keys(kind, probe))) {
          for (Container container : containers(stack, probe.service())) {
            Authentication expects = expects(kind, probe.service(), probe.port());
            findings.add(
                service.run(
                    intent,
                    new ServiceProbe.Asked(target(probe), container, expects),
                    right.value()));
          }
        }
      }
    }
  }

  private static String project(Stack stack) {
    ComposeInvocation invocation = stack.invocation();
    return invocation == null ? stack.name() : invocation.project();
  }

  /** Returns the names of the keys that it asks for; one that nothing reads is none. */
  private static List<String> keys(StackKind kind, Probe probe) {
    return kind.secrets().stream()
        .filter(secret -> probe.equals(secret.probe()))
        .filter(secret -> secret.governing() != RotationClass.R0)
        .map(CataloguedSecret::name)
        .toList();
  }

  /** Adds each TCP port of a live container of which nothing was found out. */
  private void addUnasked(Stack stack, StackKind kind, List<ProbeFinding> findings) {
    record Port(String container, int port) {}
    Set<Port> asked = new HashSet<>();
    findings.forEach(finding -> asked.add(new Port(finding.container(), finding.port())));
    for (StackService service : stack.services()) {
      for (Container container : service.containers()) {
        for (int port : container.live() ? ports(kind, container) : Set.<Integer>of()) {
          if (!asked.contains(new Port(container.name(), port))) {
            Authentication expects = expects(kind, service.name(), port);
            findings.add(
                new ProbeFinding(
                    service.name(),
                    container.name(),
                    port,
                    expects,
                    Guard.NOT_ASKED,
                    List.of(),
                    clock.instant()));
          }
        }
      }
    }
  }

  private static Set<Integer> ports(StackKind kind, Container container) {
    Set<Integer> ports = new TreeSet<>();
    KnownService known = kind.services().get(container.service());
    if (known != null) {
      known.ports().stream()
          .filter(port -> port.protocol().equals("tcp"))
          .forEach(port -> ports.add(port.container()));
    }
    container.ports().stream()
        .filter(port -> port.protocol().equals("tcp") && port.hostAddress() != null)
        .forEach(port -> ports.add(port.containerPort()));
    return ports;
  }

  private static @Nullable Authentication expects(StackKind kind, String service, int port) {
    KnownService known = kind.services().get(service);
    return known == null
        ? null
        : known.ports().stream()
            .filter(one -> one.container() == port && one.protocol().equals("tcp"))
            .map(KnownService.KnownPort::authentication)
            .findFirst()
            .orElse(null);
  }

  /** Returns how a probe is carried out. */
  private static ProbeTarget target(Probe probe) {
    return switch (probe) {
      case KeyProbe key -> new ProbeTarget.Http(key);
      case PostgresProbe postgres ->
          new ProbeTarget.Postgres(
              postgres.service(), postgres.port(), postgres.userFrom(), postgres.databaseFrom());
      case RedisProbe redis -> new ProbeTarget.Redis(redis.service(), redis.port());
    };
  }

  private static List<Container> containers(Stack stack, String service) {
    return stack.services().stream()
        .filter(each -> each.name().equals(service))
        .flatMap(each -> each.containers().stream())
        .filter(container -> container.state() == ContainerState.RUNNING)
        .toList();
  }

  /** Holds a credential, or none. */
  private record Right(@Nullable Secret value) implements AutoCloseable {
    @Override
    public void close() {
      if (value != null) {
        value.close();
      }
    }
  }

  /** Reads the first of {@code names} that has a value; none where no file can be read. */
  private static Right right(Stack stack, List<String> names) {
    ComposeInvocation invocation = stack.invocation();
    if (invocation == null) {
      return new Right(null);
    }
    List<Path> files =
        invocation.envFiles().isEmpty()
            ? List.of(invocation.directory().resolve(".env"))
            : invocation.envFiles();
    for (Path path : files.reversed()) {
      try (EnvFile file = EnvFile.read(path)) {
        for (String name : names) {
          Secret value = file.value(name);
          if (value != null && value.length() > 0) {
            return new Right(value);
          }
        }
      } catch (ProblemException unreadable) {
        // Then the right key is not known, and the finding says that it was not tried.
      }
    }
    return new Right(null);
  }
}
