package dev.quayside.exposure.probe;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.catalogue.CataloguedSecret;
import dev.quayside.catalogue.KeyProbe;
import dev.quayside.catalogue.PostgresProbe;
import dev.quayside.catalogue.Probe;
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
import dev.quayside.stack.env.EnvFile;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /** Asks, service by service in the order of the catalogue's secrets. */
  public List<ProbeFinding> run(Stack stack) throws ProblemException {
    Map<ProbeTarget, List<String>> targets = targets(stack);
    if (targets.isEmpty()) {
      return List.of();
    }
    Intent intent = journal.begin("probe", stack.name(), Map.of());
    List<ProbeFinding> findings = new ArrayList<>();
    try (Engine engine = engines.connect()) {
      ServiceProbe probe = new ServiceProbe(new KeyProber(engine, control, stack.name()), clock);
      for (Map.Entry<ProbeTarget, List<String>> target : targets.entrySet()) {
        try (Right right = right(stack, target.getValue())) {
          findings.add(probe.run(intent, target.getKey(), right.value()));
        }
      }
    } catch (ProblemException failure) {
      intent.failed(Map.of("problem", failure.problem().code()));
      throw failure;
    }
    Map<String, String> guards = new LinkedHashMap<>();
    findings.forEach(
        finding -> guards.put(finding.service() + ":" + finding.port(), finding.guard().name()));
    intent.done(guards);
    return List.copyOf(findings);
  }

  /** Returns what can be asked of the running services, each with the names of its keys. */
  private Map<ProbeTarget, List<String>> targets(Stack stack) {
    StackKind kind = catalogue.kind(stack.kind(), stack.era());
    Map<ProbeTarget, List<String>> targets = new LinkedHashMap<>();
    for (Probe probe : kind.probes().values()) {
      ProbeTarget target = target(probe);
      if (target != null && runs(stack, probe.service())) {
        targets.put(
            target,
            kind.secrets().stream()
                .filter(secret -> probe.equals(secret.probe()))
                .map(CataloguedSecret::name)
                .toList());
      }
    }
    return targets;
  }

  /** Returns how a probe is carried out; null for one that knows no credential. */
  private static @Nullable ProbeTarget target(Probe probe) {
    return switch (probe) {
      case KeyProbe key -> key.asksForKey() ? new ProbeTarget.Http(key) : null;
      case PostgresProbe postgres ->
          new ProbeTarget.Postgres(
              postgres.service(), postgres.port(), postgres.userFrom(), postgres.databaseFrom());
    };
  }

  private static boolean runs(Stack stack, String service) {
    return stack.services().stream()
        .filter(each -> each.name().equals(service))
        .flatMap(each -> each.containers().stream())
        .map(Container::state)
        .anyMatch(ContainerState.RUNNING::equals);
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
