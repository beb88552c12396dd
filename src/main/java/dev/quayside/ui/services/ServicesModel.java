package dev.quayside.ui.services;

import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerInspection;
import dev.quayside.engine.ContainerState;
import dev.quayside.stack.LifecycleReceipt;
import dev.quayside.stack.LifecycleRequest.Action;
import dev.quayside.stack.ProfileSet;
import dev.quayside.stack.ServiceResult;
import dev.quayside.ui.dialog.Confirmation;
import dev.quayside.ui.dialog.Dialogs;
import dev.quayside.ui.dialog.Notice;
import dev.quayside.ui.fx.Background;
import dev.quayside.ui.fx.JobRequest;
import dev.quayside.ui.fx.Jobs;
import dev.quayside.ui.services.ServicesBackend.Extras;
import dev.quayside.ui.table.ServiceRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/**
 * Knows what is filtered and inspected on the Services page, and carries out what is asked of
 * services.
 */
final class ServicesModel {

  private static final int LONGEST = 60;
  private static final int LISTED = 8;

  private final Messages messages = Messages.of("services");
  private final ServicesBackend backend;
  private final Dialogs dialogs;
  private final Jobs jobs;
  private final Background.Newest inspecting;
  private final Background.Newest readingProfiles;
  private final ObjectProperty<ServiceFilter> filter =
      new SimpleObjectProperty<>(ServiceFilter.EVERYTHING);
  private final ReadOnlyObjectWrapper<@Nullable ContainerInspection> inspection =
      new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<@Nullable Problem> inspectionProblem =
      new ReadOnlyObjectWrapper<>();

  ServicesModel(ServicesBackend backend, Dialogs dialogs, Jobs jobs, Background background) {
    this.backend = backend;
    this.dialogs = dialogs;
    this.jobs = jobs;
    this.inspecting = background.newest();
    this.readingProfiles = background.newest();
  }

  /** Returns which services are listed; may be set. */
  ObjectProperty<ServiceFilter> filter() {
    return filter;
  }

  /** Returns the details of the service last asked for; null while they are not known. */
  ReadOnlyObjectProperty<@Nullable ContainerInspection> inspection() {
    return inspection.getReadOnlyProperty();
  }

  /** Returns why the details are not known; null if they are, or are being read. */
  ReadOnlyObjectProperty<@Nullable Problem> inspectionProblem() {
    return inspectionProblem.getReadOnlyProperty();
  }

  /**
   * Reads the details of {@code id}; what was read before stays until then if it is of the same
   * container.
   */
  void inspect(ContainerId id) {
    ContainerInspection before = inspection.get();
    if (before != null && !before.container().id().equals(id)) {
      inspection.set(null);
    }
    inspectionProblem.set(null);
    inspecting.run(
        () -> backend.inspect(id),
        found -> {
          inspection.set(found);
          inspectionProblem.set(null);
        },
        inspectionProblem::set);
  }

  /** Forgets the details. */
  void inspectNothing() {
    inspecting.forget();
    inspection.set(null);
    inspectionProblem.set(null);
  }

  /** Opens {@code url} in the browser. */
  void browse(String url) {
    backend.browse(url);
  }

  /**
   * Does {@code action} to {@code rows}. Starting, restarting and stopping a few is done at once,
   * stopping with an offer to undo it; recreating, and stopping many, is asked first. What does not
   * run is not stopped, and so the offer starts only what ran.
   */
  void change(Action action, List<ServiceRow> rows) {
    Map<String, List<String>> byStack = byStack(concerned(action, rows));
    if (byStack.isEmpty()) {
      dialogs.notice(new Notice(Notice.Tone.INFO, messages.get("stop.nothing-runs"), null, null));
      return;
    }
    int count = byStack.values().stream().mapToInt(List::size).sum();
    switch (action) {
      case START, UP -> run(action, byStack, false);
      case RESTART -> askIf(count > 1, action, byStack, count);
      case STOP -> askIf(count > 3, action, byStack, count);
      case RECREATE -> askIf(true, action, byStack, count);
    }
  }

  private static List<ServiceRow> concerned(Action action, List<ServiceRow> rows) {
    return action == Action.STOP
        ? rows.stream().filter(row -> mayRun(row.status().container().state())).toList()
        : rows;
  }

  /** Returns whether there may be something to stop; a state without a name may be any. */
  private static boolean mayRun(ContainerState state) {
    return state.live() || state == ContainerState.UNKNOWN;
  }

  private static Map<String, List<String>> byStack(List<ServiceRow> rows) {
    return rows.stream()
        .collect(
            Collectors.groupingBy(
                ServiceRow::stack,
                TreeMap::new,
                Collectors.mapping(
                    ServiceRow::name,
                    Collectors.collectingAndThen(
                        Collectors.toCollection(TreeSet::new), List::copyOf))));
  }

  private void askIf(boolean ask, Action action, Map<String, List<String>> byStack, int count) {
    if (!ask) {
      run(action, byStack, action == Action.STOP);
      return;
    }
    String key = "ask." + action.name().toLowerCase(Locale.ROOT);
    dialogs.confirm(
        Confirmation.recoverable(
            messages.get(key + ".title", count, where(byStack)),
            messages.get(key + ".text"),
            named(byStack),
            messages.get(key + ".confirm", count)),
        () -> run(action, byStack, action == Action.STOP));
  }

  private static String where(Map<String, List<String>> byStack) {
    return byStack.keySet().stream()
        .map(name -> ForeignText.line(name, LONGEST))
        .collect(Collectors.joining(", "));
  }

  private List<String> named(Map<String, List<String>> byStack) {
    List<String> all = byStack.values().stream().flatMap(List::stream).toList();
    if (all.size() <= LISTED) {
      return all;
    }
    List<String> some = new ArrayList<>(all.subList(0, LISTED));
    some.add(messages.get("ask.more", all.size() - LISTED));
    return some;
  }

  private void run(Action action, Map<String, List<String>> byStack, boolean offerUndo) {
    byStack.forEach((stack, services) -> start(action, stack, services, offerUndo));
  }

  /** Makes and starts what is missing of {@code stack}; what it keeps stopped is left alone. */
  void startStack(String stack) {
    start(Action.UP, stack, List.of(), false);
  }

  /** Reads the profiles of {@code stack} and hands them on; a failure is told in a corner. */
  void profiles(String stack, Consumer<List<ProfileSet.Profile>> found) {
    readingProfiles.run(
        () -> backend.profiles(stack),
        found,
        problem -> {
          if (problem != null) {
            explainLater(Notice.Tone.BAD, problem);
          }
        });
  }

  /** Starts the services of {@code profile} after asking. */
  void startProfile(String stack, ProfileSet.Profile profile) {
    ask("profile-start", stack, profile.name(), profile.services(), Action.UP);
  }

  /** Stops the services of {@code profile} that run, after asking. */
  void stopProfile(String stack, ProfileSet.Profile profile) {
    ask("profile-stop", stack, profile.name(), profile.running(), Action.STOP);
  }

  private void ask(String key, String stack, String profile, List<String> services, Action action) {
    String name = ForeignText.line(profile, LONGEST);
    dialogs.confirm(
        Confirmation.recoverable(
            messages.get("ask." + key + ".title", name, ForeignText.line(stack, LONGEST)),
            messages.get("ask." + key + ".text"),
            named(Map.of(stack, services)),
            messages.get("ask." + key + ".confirm", services.size())),
        () -> start(action, stack, services, false));
  }

  private void start(Action action, String stack, List<String> services, boolean offerUndo) {
    start(action, stack, services, Extras.NONE, offerUndo);
  }

  private void start(
      Action action, String stack, List<String> services, Extras extras, boolean offerUndo) {
    String key = "job." + action.name().toLowerCase(Locale.ROOT);
    String what =
        services.isEmpty()
            ? ForeignText.line(stack, LONGEST)
            : services.size() == 1
                ? ForeignText.line(services.getFirst(), LONGEST)
                : messages.get("job.several", services.size(), ForeignText.line(stack, LONGEST));
    jobs.start(
        new JobRequest<LifecycleReceipt>(
            messages.get(key, what),
            true,
            progress -> backend.change(action, stack, services, extras, progress),
            this::summary,
            outcome -> {
              if (!offerMore(outcome, action, stack, services, extras)) {
                tell(outcome, stack, services, offerUndo);
              }
            }));
  }

  /**
   * Where a refusal names what would help, asks whether to do that as well: to make missing
   * secrets, or to stop the model that holds the GPU.
   */
  private boolean offerMore(
      Outcome<LifecycleReceipt> outcome,
      Action action,
      String stack,
      List<String> services,
      Extras extras) {
    if (!(outcome instanceof Outcome.Refused<LifecycleReceipt>(Problem problem))) {
      return false;
    }
    List<String> names = List.of(problem.detail().split(", ", -1));
    boolean missing = problem.code().equals("SECRETS-MISSING") && !extras.generate();
    boolean taken = problem.code().equals("GPU-TAKEN") && !extras.swap();
    if (!missing && !taken) {
      return false;
    }
    String confirm =
        missing
            ? messages.get("ask.generate.confirm", names.size())
            : messages.get(
                "ask.swap.confirm", told(names), services.isEmpty() ? stack : told(services));
    Extras more = new Extras(extras.swap() || taken, extras.generate() || missing);
    dialogs.confirm(
        Confirmation.recoverable(
            problem.title(),
            problem.happened()
                + " "
                + messages.get(missing ? "ask.generate.text" : "ask.swap.text"),
            names,
            confirm),
        () -> start(action, stack, services, more, false));
    return true;
  }

  private String summary(LifecycleReceipt receipt) {
    String notes = String.join(" ", receipt.notes());
    String states = states(receipt);
    return notes.isEmpty() ? states : states + ". " + notes;
  }

  private String states(LifecycleReceipt receipt) {
    return receipt.services().stream()
        .map(result ->
            messages.get(
                "job.result", ForeignText.line(result.service(), LONGEST), reached(result.state())))
        .collect(Collectors.joining(", "));
  }

  private String reached(ServiceResult.Reached state) {
    return messages.get("reached." + state.name().toLowerCase(Locale.ROOT));
  }

  private void tell(
      Outcome<LifecycleReceipt> outcome, String stack, List<String> services, boolean offerUndo) {
    switch (outcome) {
      case Outcome.Done<LifecycleReceipt>(LifecycleReceipt receipt) -> {
        if (offerUndo) {
          dialogs.notice(
              new Notice(
                  Notice.Tone.GOOD,
                  messages.get("stopped", told(services)),
                  messages.get("stopped.undo"),
                  () -> start(Action.START, stack, services, false)));
        } else if (!receipt.notes().isEmpty()) {
          dialogs.notice(
              new Notice(Notice.Tone.WARN, String.join(" ", receipt.notes()), null, null));
        }
      }
      case Outcome.Found<LifecycleReceipt>(LifecycleReceipt receipt) ->
          dialogs.notice(new Notice(Notice.Tone.WARN, summary(receipt), null, null));
      case Outcome.Attention<LifecycleReceipt>(LifecycleReceipt receipt, Problem problem) ->
          explainLater(Notice.Tone.WARN, problem);
      case Outcome.Failed<LifecycleReceipt>(Problem problem) ->
          explainLater(Notice.Tone.BAD, problem);
      case Outcome.Refused<LifecycleReceipt>(Problem problem) ->
          explainLater(Notice.Tone.BAD, problem);
    }
  }

  private String told(List<String> services) {
    return named(Map.of("", services)).stream()
        .map(name -> ForeignText.line(name, LONGEST))
        .collect(Collectors.joining(", "));
  }

  /** Tells in a corner, because the operator may be doing something else by now. */
  private void explainLater(Notice.Tone tone, Problem problem) {
    dialogs.notice(
        new Notice(tone, problem.title(), messages.get("explain"), () -> dialogs.problem(problem)));
  }
}
