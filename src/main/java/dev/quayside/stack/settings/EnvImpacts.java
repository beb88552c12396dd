package dev.quayside.stack.settings;

import dev.quayside.catalogue.StackKind;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;
import dev.quayside.engine.Container;
import dev.quayside.engine.Engine;
import dev.quayside.engine.compose.Compose;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.stack.EnvSecrets;
import dev.quayside.stack.NetworkSharers;
import dev.quayside.stack.ProfileSet;
import dev.quayside.stack.Stack;
import dev.quayside.stack.StackDefinition;
import dev.quayside.stack.StackService;
import dev.quayside.stack.env.EnvFile;
import dev.quayside.stack.env.EnvFileWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Works out which services would have to be made anew: Compose itself says by what hash it would
 * know their containers, and the containers say by what hash they were made. Changes nothing.
 */
public final class EnvImpacts {

  private static final Messages MESSAGES = Messages.of("env");

  private final EnvParts parts;

  /** Creates it. */
  public EnvImpacts(EnvParts parts) {
    this.parts = parts;
  }

  /** Returns what saving {@code plan} and then applying it would concern. */
  public EnvImpact of(EnvPlan plan) {
    Stack stack = plan.target().stack();
    try (Candidate candidate = candidate(stack.invocation(), plan)) {
      return found(stack, plan, candidate);
    } catch (ProblemException failure) {
      return EnvImpact.unknown(failure.problem());
    } catch (IOException failure) {
      return EnvImpact.unknown(
          MESSAGES.problem("ENV-NO-IMPACT", String.valueOf(failure.getMessage())));
    }
  }

  /** Lays the new content down only where Compose is to read it. */
  private @Nullable Candidate candidate(@Nullable ComposeInvocation called, EnvPlan plan)
      throws IOException {
    return called != null && Candidate.concerns(called, plan.target().file())
        ? Candidate.of(parts.home(), plan.after())
        : null;
  }

  /** Returns what applying the files as they are now would concern. */
  public EnvImpact now(Stack stack) {
    try {
      return found(stack, null, null);
    } catch (ProblemException failure) {
      return EnvImpact.unknown(failure.problem());
    } catch (IOException failure) {
      return EnvImpact.unknown(
          MESSAGES.problem("ENV-NO-IMPACT", String.valueOf(failure.getMessage())));
    }
  }

  private EnvImpact found(Stack stack, @Nullable EnvPlan plan, @Nullable Candidate candidate)
      throws ProblemException, IOException {
    ComposeInvocation called = stack.invocation();
    if (called == null) {
      return EnvImpact.unknown(MESSAGES.problem("ENV-NO-INVOCATION", stack.name()));
    }
    StackDefinition definition = StackDefinition.read(parts.compose(), called);
    List<String> present = stack.services().stream().map(StackService::name).toList();
    ComposeInvocation invocation = ProfileSet.of(stack, definition).complete(called, present);
    Map<String, String> now = hashes(stack, definition, invocation, plan);
    Map<String, String> then = now;
    Set<String> given = new HashSet<>();
    if (plan != null) {
      ComposeInvocation replaced =
          candidate == null ? null : candidate.in(invocation, plan.target().file());
      then = replaced == null ? now : hashes(stack, definition, replaced, plan);
      if (plan.diff().stream().anyMatch(EnvImpacts::matters)) {
        given.addAll(wholly(definition, plan.target().file()));
      }
    }
    return sorted(stack, definition, now, then, given, plan);
  }

  /**
   * Returns the hashes. Compose may quote any value that it reads, of whatever file: those of
   * secrets are kept out of its message.
   */
  private Map<String, String> hashes(
      Stack stack, StackDefinition definition, ComposeInvocation invocation, @Nullable EnvPlan plan)
      throws ProblemException {
    StackKind kind = parts.catalogue().kind(stack.kind(), stack.era());
    List<Secret> planned = new ArrayList<>();
    try (EnvSecrets present = EnvSecrets.of(invocation, definition, kind, parts.catalogue())) {
      if (plan != null) {
        planned.addAll(secrets(plan.target(), plan.before()));
        planned.addAll(secrets(plan.target(), plan.after()));
      }
      List<Secret> masked = new ArrayList<>(present.values());
      masked.addAll(planned);
      return parts.compose().hashes(invocation, masked);
    } finally {
      planned.forEach(Secret::close);
    }
  }

  /** Returns the values of a content that must not be shown; the caller closes them. */
  List<Secret> secrets(EnvTarget target, byte[] content) {
    EnvJudge judge = parts.judge(target);
    List<Secret> secrets = new ArrayList<>();
    try (EnvFile file = EnvFile.parse(target.file(), content)) {
      for (String name : file.names()) {
        Secret value = judge.secret(name) ? file.value(name) : null;
        if (value != null) {
          secrets.add(value);
        }
      }
    }
    return secrets;
  }

  private static boolean matters(EnvDifference difference) {
    return switch (difference.kind()) {
      case ADDED, REMOVED, CHANGED, REWRITTEN -> true;
      case REPEATED, MOVED, OTHER_LINES -> false;
    };
  }

  /** Returns the services whose environment is the whole file. */
  private static Set<String> wholly(StackDefinition definition, Path file) throws IOException {
    Set<String> services = new HashSet<>();
    for (Map.Entry<String, StackDefinition.DefinedService> one : definition.services().entrySet()) {
      for (Path path : one.getValue().envFiles()) {
        if (EnvFiles.real(path).equals(file)) {
          services.add(one.getKey());
        }
      }
    }
    return services;
  }

  private EnvImpact sorted(
      Stack stack,
      StackDefinition definition,
      Map<String, String> now,
      Map<String, String> then,
      Set<String> given,
      @Nullable EnvPlan plan)
      throws ProblemException, IOException {
    List<String> recreated = new ArrayList<>();
    List<String> before = new ArrayList<>();
    List<String> stopped = new ArrayList<>();
    List<String> untouched = new ArrayList<>();
    List<String> mounting = new ArrayList<>();
    try (Engine engine = parts.engines().connect()) {
      List<Container> all = engine.list();
      for (StackService service : stack.services()) {
        List<Container> containers =
            all.stream()
                .filter(container -> stack.name().equals(container.project()))
                .filter(container -> container.service().equals(service.name()))
                .filter(container -> !"True".equals(container.labels().get(ONE_OFF)))
                .toList();
        boolean live = containers.stream().anyMatch(Container::live);
        boolean old = differs(containers, now.get(service.name()));
        boolean dated =
            given.contains(service.name()) || differs(containers, then.get(service.name()));
        if (plan != null && mounts(engine, containers, plan.target().file())) {
          mounting.add(service.name());
        }
        if (dated && live) {
          recreated.add(service.name());
          if (old) {
            before.add(service.name());
          }
        } else if (dated) {
          stopped.add(service.name());
        } else if (live) {
          untouched.add(service.name());
        }
      }
      if (!recreated.isEmpty()) {
        // Whoever shares the network of one that is made anew is made anew with it.
        recreated = new ArrayList<>(NetworkSharers.with(recreated, stack, engine));
        stopped.removeAll(recreated);
        untouched.removeAll(recreated);
      }
    }
    return new EnvImpact(
        definition.inOrder(recreated),
        definition.inOrder(before),
        stopped,
        mounting,
        untouched,
        null);
  }

  private static final String ONE_OFF = "com.docker.compose.oneoff";

  private static boolean differs(List<Container> containers, @Nullable String hash) {
    return hash != null
        && containers.stream()
            .anyMatch(container -> !hash.equals(container.labels().get(Compose.CONFIG_HASH)));
  }

  private static boolean mounts(Engine engine, List<Container> containers, Path file)
      throws ProblemException, IOException {
    for (Container container : containers) {
      if (EnvFileWriter.mountedInto(engine, container, file)) {
        return true;
      }
    }
    return false;
  }
}
