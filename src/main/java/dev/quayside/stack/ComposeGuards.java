package dev.quayside.stack;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.compose.Compose;
import dev.quayside.engine.compose.ComposeInvocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Looks before Compose runs: for values that are missing, and for data that would be lost. */
record ComposeGuards(Compose compose, Recreation recreation, Catalogue catalogue) {

  private static final Messages MESSAGES = Messages.of("stack");
  private static final Messages LIFECYCLE = Messages.of("lifecycle");

  /** Returns what speaks against the request, or null; notes what is to be made anew for it. */
  @Nullable Problem refusal(LifecycleWork work) throws ProblemException {
    Stack stack = work.request().stack();
    if (stack.invocation() == null) {
      String subject = stack.name().isEmpty() ? work.targets().services().getFirst() : stack.name();
      return MESSAGES.problem("COMPOSE-FILES-UNKNOWN", subject);
    }
    Problem missing = missingFile(work);
    if (missing == null) {
      missing = missing(work.request(), work.targets(), work.definition());
    }
    if (missing != null) {
      return missing;
    }
    if (work.request().action() != LifecycleRequest.Action.UP) {
      return recreation.dataAtRisk(work.engine(), stack, work.targets().services());
    }
    Recreation.Source source = work.source(catalogue);
    try (EnvSecrets secrets =
        EnvSecrets.of(source.invocation(), source.definition(), source.kind(), catalogue)) {
      work.outdated()
          .addAll(
              new Outdated(compose, work.engine())
                  .of(
                      source,
                      work.touched(),
                      work.targets().services(),
                      work.options(),
                      secrets.values()));
    }
    return recreation.dataAtRisk(work.engine(), stack, work.outdated());
  }

  /**
   * Names an env file that is not there. Compose refuses the whole project for one of any service
   * that is on, also where another service is meant (seen with Compose 2.26).
   */
  private static @Nullable Problem missingFile(LifecycleWork work) {
    StackDefinition definition = work.definition();
    if (definition == null) {
      return null;
    }
    ProfileSet profiles = ProfileSet.of(work.request().stack(), definition);
    Set<String> meant = definition.withDependencies(work.targets().services());
    for (Map.Entry<String, StackDefinition.DefinedService> one : definition.services().entrySet()) {
      if (meant.contains(one.getKey()) || profiles.uses(one.getKey())) {
        for (Path file : new TreeSet<>(one.getValue().needed())) {
          if (Files.notExists(file)) {
            return LIFECYCLE.problem("ENV-FILE-MISSING", one.getKey(), file);
          }
        }
      }
    }
    return null;
  }

  /** Names what has no value and needs one, before Compose says so of the first. */
  private @Nullable Problem missing(
      LifecycleRequest request, LifecycleTargets targets, @Nullable StackDefinition definition)
      throws ProblemException {
    ComposeInvocation invocation = request.stack().invocation();
    if (invocation == null || definition == null) {
      return null;
    }
    MissingValues missing =
        MissingValues.of(
            invocation,
            definition,
            catalogue.kind(request.stack().kind(), request.stack().era()),
            definition.withDependencies(targets.services()));
    if (missing.none()) {
      return null;
    }
    String stack = request.stack().name();
    if (missing.generated().isEmpty()) {
      return LIFECYCLE.problem(
          "VALUES-MISSING", stack, String.join(", ", missing.others()), missing.file());
    }
    List<String> all = new ArrayList<>(missing.generated());
    all.addAll(missing.others());
    String ours = String.join(", ", missing.generated());
    return LIFECYCLE
        .problem("SECRETS-MISSING", stack, String.join(", ", all), missing.file(), ours)
        .withDetail(ours);
  }
}
