package dev.quayside.ui.environment;

import dev.quayside.common.Feed;
import dev.quayside.common.Messages;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.Secret;
import dev.quayside.engine.EngineSnapshot;
import dev.quayside.stack.LifecycleReceipt;
import dev.quayside.stack.Stack;
import dev.quayside.stack.Stacks;
import dev.quayside.stack.settings.EnvDifference;
import dev.quayside.stack.settings.EnvFiles;
import dev.quayside.stack.settings.EnvHistory;
import dev.quayside.stack.settings.EnvImpact;
import dev.quayside.stack.settings.EnvPlan;
import dev.quayside.stack.settings.EnvReceipt;
import dev.quayside.stack.settings.EnvSets.EnvSet;
import dev.quayside.stack.settings.EnvTarget;
import dev.quayside.stack.settings.EnvVersion;
import dev.quayside.stack.settings.EnvView;
import dev.quayside.stack.settings.StackSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Works on the environment files of the stacks on a real engine, adopted ones among them. */
public final class EngineEnvironmentDesk implements EnvironmentDesk {

  private final Messages messages = Messages.of("env");
  private final Feed<EngineSnapshot> model;
  private final Stacks stacks;
  private final StackSettings settings;

  /** Joins the operations; {@code model} tells what runs. */
  public EngineEnvironmentDesk(Feed<EngineSnapshot> model, Stacks stacks, StackSettings settings) {
    this.model = model;
    this.stacks = stacks;
    this.settings = settings;
  }

  @Override
  public EnvListing list(String stack) throws ProblemException {
    Stack found = find(stack);
    EnvFiles.Found files = settings.files().look(found);
    try {
      List<EnvSet> sets = settings.sets().list(files);
      return new EnvListing(files.all(), sets, null, files.unlisted());
    } catch (ProblemException untold) {
      // Several active files, for example: each can be edited all the same.
      return new EnvListing(files.all(), List.of(), untold.problem(), files.unlisted());
    }
  }

  @Override
  public EnvView view(EnvTarget target) throws ProblemException {
    return settings.editing().view(target);
  }

  @Override
  public boolean secret(EnvTarget target, String name) {
    return settings.editing().secret(target, name);
  }

  @Override
  public @Nullable Secret reveal(EnvTarget target, String name) throws ProblemException {
    return settings.editing().reveal(target, name);
  }

  @Override
  public Outcome<EnvPreview> preview(EnvWish wish) throws ProblemException {
    return planned(wish, plan -> new Outcome.Done<>(EnvPreview.of(plan)));
  }

  @Override
  public EnvImpact impact(EnvWish wish) throws ProblemException {
    Outcome<EnvImpact> told =
        planned(wish, plan -> new Outcome.Done<>(settings.impacts().of(plan)));
    return switch (told) {
      case Outcome.Done<EnvImpact>(EnvImpact impact) -> impact;
      case Outcome.Found<EnvImpact>(EnvImpact impact) -> impact;
      case Outcome.Attention<EnvImpact>(EnvImpact impact, Problem problem) -> impact;
      case Outcome.Failed<EnvImpact>(Problem problem) -> throw new ProblemException(problem);
      case Outcome.Refused<EnvImpact>(Problem problem) -> throw new ProblemException(problem);
    };
  }

  @Override
  public Outcome<EnvReceipt> save(EnvWish wish, EnvPreview shown) throws ProblemException {
    return planned(
        wish,
        plan -> {
          boolean same =
              plan.oldHash().equals(shown.oldHash()) && plan.newHash().equals(shown.newHash());
          return same
              ? settings.editing().save(plan)
              : new Outcome.Refused<>(messages.problem("ENV-CHANGED-SINCE", plan.target().name()));
        });
  }

  /** Uses a plan and wipes it. */
  @FunctionalInterface
  private interface Use<R> {
    Outcome<R> of(EnvPlan plan);
  }

  private <R> Outcome<R> planned(EnvWish wish, Use<R> use) throws ProblemException {
    return switch (plan(wish)) {
      case Outcome.Done<EnvPlan>(EnvPlan plan) -> used(plan, use);
      case Outcome.Found<EnvPlan>(EnvPlan plan) -> used(plan, use);
      case Outcome.Attention<EnvPlan>(EnvPlan plan, Problem problem) -> {
        plan.close();
        yield new Outcome.Refused<>(problem);
      }
      case Outcome.Failed<EnvPlan>(Problem problem) -> new Outcome.Failed<>(problem);
      case Outcome.Refused<EnvPlan>(Problem problem) -> new Outcome.Refused<>(problem);
    };
  }

  private static <R> Outcome<R> used(EnvPlan plan, Use<R> use) {
    try (plan) {
      return use.of(plan);
    }
  }

  private Outcome<EnvPlan> plan(EnvWish wish) throws ProblemException {
    EnvTarget target = fresh(wish.target());
    return switch (wish) {
      case EnvWish.Edits edits ->
          settings.editing().plan(target, edits.openedHash(), edits.changes());
      case EnvWish.Restore restore -> settings.editing().planRestore(target, restore.version());
      case EnvWish.Switch switched -> settings.sets().planSwitch(target.stack(), switched.set());
    };
  }

  /** The services of a stack may have changed since the file was listed. */
  private EnvTarget fresh(EnvTarget target) throws ProblemException {
    return new EnvTarget(
        find(target.stack().name()), target.file(), target.name(), target.role(), target.readers());
  }

  private Stack find(String stack) throws ProblemException {
    return stacks.ofProject(model.latest(), stack);
  }

  @Override
  public EnvImpact impactNow(String stack) throws ProblemException {
    return settings.applying().plan(find(stack));
  }

  @Override
  public Outcome<LifecycleReceipt> apply(String stack, List<String> confirmed, Progress progress)
      throws ProblemException {
    return settings.applying().apply(find(stack), confirmed, progress);
  }

  @Override
  public EnvHistory.Found history(EnvTarget target) throws ProblemException {
    return settings.editing().versions(target);
  }

  @Override
  public List<EnvDifference> diff(EnvTarget target, EnvVersion older) throws ProblemException {
    return settings.editing().diff(target, older, null);
  }
}
