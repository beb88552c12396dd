package dev.quayside.stack;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;
import dev.quayside.engine.compose.Compose;
import dev.quayside.journal.Intent;
import dev.quayside.stack.layer.ProjectHold;
import dev.quayside.stack.layer.Settlement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Carries out what goes through Compose, with an eye on data in writable layers. */
record ComposeChange(Compose compose, Recreation recreation, Catalogue catalogue) {

  private static final Messages LIFECYCLE = Messages.of("lifecycle");

  /** Makes, or makes anew, and waits until the services are ready; gives the hold back before. */
  List<ServiceResult> run(LifecycleWork work, Intent intent) throws ProblemException {
    Recreation.Source source = work.source(catalogue);
    Set<String> resting;
    try (EnvSecrets secrets =
            EnvSecrets.of(source.invocation(), source.definition(), source.kind(), catalogue);
        ProjectHold hold = Objects.requireNonNull(work.hold())) {
      resting = change(work, intent, hold, source, secrets.values());
    }
    List<String> awaited = new ArrayList<>(work.targets().services());
    awaited.removeAll(resting);
    List<ServiceResult> results = new ArrayList<>(work.ready(recreation, awaited));
    for (String service : resting) {
      String text = LIFECYCLE.get("layer.rests");
      results.add(new ServiceResult(service, ServiceResult.Reached.STOPPED, text, Duration.ZERO));
    }
    return results;
  }

  /** Returns the services that are made and not started, as they did not run before. */
  private Set<String> change(
      LifecycleWork work,
      Intent intent,
      ProjectHold hold,
      Recreation.Source source,
      List<Secret> masked)
      throws ProblemException {
    Settlement settled =
        recreation.settle(work.engine(), intent, hold, source, masked, work.progress());
    work.left().addAll(settled.left());
    List<String> services = work.targets().services();
    if (work.request().action() == LifecycleRequest.Action.RECREATE) {
      return recreation.recreate(
          work.engine(), intent, hold, source, services, masked, work.progress());
    }
    List<String> outdated = work.outdated();
    if (settled.any()) {
      // What was found before it was brought to an end says nothing any more.
      outdated =
          new Outdated(compose, work.engine())
              .of(source, work.touched(), services, work.options(), masked);
      Problem atRisk = recreation.dataAtRisk(work.engine(), work.request().stack(), outdated);
      if (atRisk != null) {
        throw new ProblemException(atRisk);
      }
    }
    if (!outdated.isEmpty()) {
      // What does not run is made anew and then started by the next command.
      var _ =
          recreation.recreate(
              work.engine(), intent, hold, source, outdated, masked, work.progress());
    }
    recreation.up(
        work.engine(), intent, hold, source, services, work.options(), masked, work.progress());
    return Set.of();
  }
}
