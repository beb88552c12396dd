package dev.quayside.stack;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;
import dev.quayside.engine.Container;
import dev.quayside.engine.compose.Compose;
import dev.quayside.journal.Intent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Carries out what goes through Compose, with an eye on data in writable layers. */
record ComposeChange(Compose compose, Recreation recreation, Catalogue catalogue) {

  private static final Messages MESSAGES = Messages.of("stack");
  private static final Messages LIFECYCLE = Messages.of("lifecycle");

  /** Makes, or makes anew, and waits until the services are ready. */
  List<ServiceResult> run(LifecycleWork work, Intent intent) throws ProblemException {
    Stack stack = work.request().stack();
    Recreation.Source source =
        new Recreation.Source(
            stack.name(),
            catalogue.kind(stack.kind(), stack.era()),
            Objects.requireNonNull(stack.invocation()),
            Objects.requireNonNull(work.definition()));
    Set<String> resting;
    try (EnvSecrets secrets =
        EnvSecrets.of(source.invocation(), source.definition(), source.kind(), catalogue)) {
      resting = change(work, intent, source, secrets.values());
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
      LifecycleWork work, Intent intent, Recreation.Source source, List<Secret> masked)
      throws ProblemException {
    Stack stack = work.request().stack();
    List<String> services = work.targets().services();
    if (work.request().action() == LifecycleRequest.Action.RECREATE) {
      return recreation.recreate(work.engine(), intent, source, services, masked, work.progress());
    }
    recreation.settle(work.engine(), intent, source, masked, work.progress());
    List<String> options = new ArrayList<>();
    if (work.request().services().isEmpty()) {
      // All that is meant is named; what is left alone must not come back as a dependency.
      options.add("--no-deps");
    }
    // Compose goes through what they depend on as well.
    Set<String> touched = source.definition().withDependencies(services);
    if (recreation.dataAtRisk(work.engine(), stack, touched) != null
        || !carriedOver(work, intent, source, touched, options, masked)) {
      // Where something would be lost if Compose made a container anew, it may only make and start
      // what is missing.
      work.progress().line(MESSAGES.get("up.norecreate"));
      options.add("--no-recreate");
    }
    recreation.up(intent, source, services, options, masked, work.progress());
    return Set.of();
  }

  /**
   * Makes those containers anew, with their data, that hold some and that Compose would make anew.
   *
   * @return whether Compose would now make none of these anew
   */
  private boolean carriedOver(
      LifecycleWork work,
      Intent intent,
      Recreation.Source source,
      Set<String> touched,
      List<String> options,
      List<Secret> masked)
      throws ProblemException {
    Set<String> keeping = recreation.keeping(work.engine(), source, touched);
    if (keeping.isEmpty()) {
      return true;
    }
    List<String> anew = madeAnew(work, source, keeping, options, masked);
    if (anew.isEmpty()) {
      return true;
    }
    var _ = recreation.recreate(work.engine(), intent, source, anew, masked, work.progress());
    return madeAnew(work, source, keeping, options, masked).isEmpty();
  }

  private List<String> madeAnew(
      LifecycleWork work,
      Recreation.Source source,
      Set<String> keeping,
      List<String> options,
      List<Secret> masked)
      throws ProblemException {
    List<String> services = work.targets().services();
    List<String> arguments = new ArrayList<>(List.of("up", "-d"));
    arguments.addAll(options);
    arguments.addAll(services);
    Set<String> names =
        compose.wouldRecreate(Recreation.withProfiles(source, services), arguments, masked);
    List<String> anew =
        work.engine().list().stream()
            .filter(container -> source.invocation().project().equals(container.project()))
            .filter(container -> names.contains(container.name()))
            .map(Container::service)
            .filter(keeping::contains)
            .distinct()
            .toList();
    return source.definition().inOrder(anew);
  }
}
