package dev.quayside.secrets;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.catalogue.CataloguedSecret;
import dev.quayside.catalogue.StackKind;
import dev.quayside.common.Messages;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.Engine;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.stack.MissingValues;
import dev.quayside.stack.Stack;
import dev.quayside.stack.StackDefinition;
import dev.quayside.stack.env.EnvFile;
import dev.quayside.stack.settings.EnvChange;
import dev.quayside.stack.settings.EnvEditing;
import dev.quayside.stack.settings.EnvFiles;
import dev.quayside.stack.settings.EnvParts;
import dev.quayside.stack.settings.EnvPlan;
import dev.quayside.stack.settings.EnvReceipt;
import dev.quayside.stack.settings.EnvTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes values for those secrets of a stack that have none, and for no other: a value that is there
 * stays. The file is saved as an edit of it is, and the content before is kept. Safe for use by
 * several threads.
 */
public final class Generation {

  private static final Messages MESSAGES = Messages.of("lifecycle");

  private final RotationParts parts;
  private final EnvParts editor;

  /** Creates the operation. */
  public Generation(RotationParts parts) {
    this.parts = parts;
    this.editor = parts.editor();
  }

  /**
   * Makes what is missing for all services of {@code stack}, blocking its caller. Refuses where a
   * value would be a new one for what already goes by an older.
   */
  public Outcome<GenerationReceipt> run(Stack stack) {
    return run(stack, List.of());
  }

  /** Makes what is missing for {@code services} and those they need; for none named, for all. */
  public Outcome<GenerationReceipt> run(Stack stack, List<String> services) {
    try {
      ComposeInvocation invocation = stack.invocation();
      if (invocation == null) {
        throw new ProblemException(Messages.of("secrets").problem("NO-INVOCATION", stack.name()));
      }
      StackDefinition definition = StackDefinition.read(parts.compose(), invocation);
      return planned(stack, invocation, definition, services);
    } catch (ProblemException | IOException failure) {
      return new Outcome.Failed<>(RotationRun.problem(failure));
    }
  }

  private Outcome<GenerationReceipt> planned(
      Stack stack, ComposeInvocation invocation, StackDefinition definition, List<String> wanted)
      throws ProblemException, IOException {
    Catalogue catalogue = parts.catalogue();
    StackKind kind = catalogue.kind(stack.kind(), stack.era());
    Set<String> services =
        wanted.isEmpty() ? definition.services().keySet() : definition.withDependencies(wanted);
    Path file = MissingValues.of(invocation, definition, kind, services).file();
    Path real = EnvFiles.real(file);
    // Taken first: what somebody writes from here on is found by the plan or by the save.
    String seen = hash(real);
    MissingValues missing = MissingValues.of(invocation, definition, kind, services);
    if (missing.makeable().isEmpty()) {
      return new Outcome.Done<>(receipt(stack, missing, List.of()));
    }
    Problem older = parted(stack, invocation, definition, kind, missing);
    return older == null ? written(stack, kind, missing, real, seen) : new Outcome.Refused<>(older);
  }

  private static String hash(Path file) throws ProblemException {
    if (!Files.exists(file)) {
      return EnvFile.hash(new byte[0]);
    }
    try (EnvFile now = EnvFile.read(file)) {
      return now.hash();
    }
  }

  /** Says for which missing values there was an older one; null where all may be made. */
  private @Nullable Problem parted(
      Stack stack,
      ComposeInvocation invocation,
      StackDefinition definition,
      StackKind kind,
      MissingValues missing)
      throws ProblemException {
    OldValues old;
    try (Engine engine = parts.engines().connect()) {
      String project = invocation.project();
      old =
          new OldValues(
              kind,
              definition,
              OldValues.rootOf(kind, invocation.directory()),
              engine.list().stream()
                  .filter(container -> project.equals(container.project()))
                  .toList(),
              engine.volumes(project));
    }
    Set<String> names = new TreeSet<>();
    Set<String> traces = new TreeSet<>();
    for (String name : missing.generated()) {
      Set<String> of = old.of(Objects.requireNonNull(kind.secret(name)));
      if (!of.isEmpty()) {
        names.add(name);
        traces.addAll(of);
      }
    }
    return names.isEmpty()
        ? null
        : MESSAGES.problem(
            "GENERATE-OLD-VALUE",
            stack.name(),
            String.join(", ", names),
            String.join(", ", traces),
            missing.file());
  }

  private Outcome<GenerationReceipt> written(
      Stack stack, StackKind kind, MissingValues missing, Path file, String seen)
      throws ProblemException {
    EnvEditing editing = new EnvEditing(editor);
    EnvTarget target = new EnvFiles(editor).find(stack, file.toString());
    return switch (planned(editing, target, seen, kind, missing.makeable())) {
      case Outcome.Done<EnvPlan>(EnvPlan plan) -> saved(editing, plan, stack, missing);
      case Outcome.Found<EnvPlan>(EnvPlan plan) -> saved(editing, plan, stack, missing);
      case Outcome.Attention<EnvPlan>(EnvPlan plan, Problem problem) -> {
        plan.close();
        yield new Outcome.Refused<>(problem);
      }
      case Outcome.Failed<EnvPlan>(Problem problem) -> new Outcome.Failed<>(problem);
      case Outcome.Refused<EnvPlan>(Problem problem) -> new Outcome.Refused<>(problem);
    };
  }

  private static Outcome<EnvPlan> planned(
      EnvEditing editing, EnvTarget target, String seen, StackKind kind, List<String> names) {
    ValueGenerator generator = new ValueGenerator(new SecureRandom());
    List<EnvChange.Put> changes = new ArrayList<>();
    try {
      for (String name : names) {
        CataloguedSecret secret = Objects.requireNonNull(kind.secret(name));
        changes.add(
            new EnvChange.Put(
                name, generator.generate(Objects.requireNonNull(secret.generator()))));
      }
      return editing.plan(target, seen, List.copyOf(changes));
    } finally {
      changes.forEach(change -> change.value().close());
    }
  }

  private Outcome<GenerationReceipt> saved(
      EnvEditing editing, EnvPlan plan, Stack stack, MissingValues missing)
      throws ProblemException {
    Outcome<EnvReceipt> outcome;
    try (plan) {
      outcome = editing.save(plan);
    }
    List<String> made = missing.makeable();
    return switch (outcome) {
      case Outcome.Done<EnvReceipt> done -> new Outcome.Done<>(receipt(stack, missing, made));
      case Outcome.Found<EnvReceipt> found -> new Outcome.Found<>(receipt(stack, missing, made));
      case Outcome.Attention<EnvReceipt>(EnvReceipt saved, Problem problem) ->
          new Outcome.Attention<>(
              receipt(stack, missing, saved.written() ? made : List.of()), problem);
      case Outcome.Failed<EnvReceipt>(Problem problem) -> new Outcome.Failed<>(problem);
      case Outcome.Refused<EnvReceipt>(Problem problem) -> new Outcome.Refused<>(problem);
    };
  }

  private GenerationReceipt receipt(Stack stack, MissingValues missing, List<String> made)
      throws ProblemException {
    return new GenerationReceipt(
        stack.name(), missing.file(), made, missing.others(), parts.journal().head());
  }
}
